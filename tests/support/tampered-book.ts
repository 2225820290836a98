// A book with something of everything in it, for whoever tampers with it.

import { JACARANDAS, label, MILPA, openScene, type Scene } from './scene.ts';
import { answeredAt, vouchedByStaff } from './telephones.ts';

export type TamperedBook = {
  readonly scene: Scene;
  /** The group that is tampered with, and the other one. */
  readonly group: string;
  readonly other: string;
  /** The entries of the first, by number. */
  readonly entries: Record<string, { id: string; kind: string }>;
  readonly last: number;
  /** The payment of each entry, and an entry of one that still stands. */
  readonly payments: Record<number, string>;
  readonly standingAt: number;
};

/** A meeting, a list that is taken back, two signatures, a message to many, an election; and what no dialogue brings so soon. */
export const bringBook = async (): Promise<TamperedBook> => {
  const [head = '', ...rest] = JACARANDAS.trim().split('\n');
  const scene = await openScene({
    header: [head, ...rest.slice(0, 6), ...MILPA.trim().split('\n'), ...rest.slice(6)].join('\n'),
  });
  for (const text of [
    'empezar la reunión',
    'Ana 100, Petra 150 préstamo, Consuelo 50',
    'sí',
    'Consuelo 70',
    'sí',
  ])
    await scene.say('Rosa', text);
  await scene.say('Rosa', 'deshacer');
  await scene.say('Rosa', 'sí');
  // What the group began with: Rosa signs it after she said no, Guadalupe says no.
  for (const [name, state] of [
    ['Rosa', 'refused'],
    ['Rosa', 'signed'],
    ['Guadalupe', 'refused'],
  ] as const)
    await scene.world.store.pool.query(
      `update opening_signature set state = $2, decided_at = now() where member_id = $1`,
      [scene.world.person(name).id, state],
    );
  for (const text of ['mandar un mensaje', 'El sábado hay taller.', 'líderes', 'enviar 1'])
    await scene.say('Marta', text);
  await elect(scene);
  await recover(scene);
  const { pool } = scene.world.store;
  const groups = await pool.query<{ id: string; seq: string }>(
    'select id, seq::text from savings_group order by seq desc',
  );
  const group = groups.rows[0]!.id;
  const other = groups.rows[1]!.id;
  const found = await pool.query<{ id: string; seq: string; kind: string }>(
    'select id, seq::text, kind from journal_entry where group_id = $1',
    [group],
  );
  const entries = Object.fromEntries(found.rows.map(({ seq, ...row }) => [seq, row]));
  const paid = await pool.query<{ seq: string; id: string; state: string }>(
    'select e.seq::text, p.id, p.state from payment p join journal_entry e on e.id = p.entry_id order by e.seq',
  );
  const payments = Object.fromEntries(paid.rows.map(({ seq, id }) => [Number(seq), id]));
  const standingAt = Number(paid.rows.find(({ state }) => state === 'confirmed')?.seq);
  await bringRows(scene, group);
  return { scene, group, other, entries, last: found.rows.length, payments, standingAt };
};

/** Consuelo is elected treasurer in Guadalupe's place. */
const elect = async (scene: Scene): Promise<void> => {
  await scene.say('Ana', 'la nueva tesorera es Consuelo');
  await scene.say('Ana', 'sí');
  for (const name of ['Rosa', 'Petra', 'Guadalupe', 'Consuelo'])
    await scene.press(name, label(name === 'Guadalupe' ? 'loan-vote.no' : 'loan-vote.yes'));
  await scene.press('Consuelo', label('office.take'));
};

/** The new treasurer loses her telephone: the leader vouches for another one, and somebody of the staff. */
const recover = async (scene: Scene): Promise<void> => {
  const code = await vouchedByStaff(scene, { officer: 'Rosa', staff: 'Marta', whose: 'Consuelo' });
  await answeredAt(scene, 'a-new-telephone', `UNIRME ${code}`);
};

/** By the tables' own guards: a fine, a vote, a share of a cover, a meeting that was closed. */
const bringRows = async (scene: Scene, group: string): Promise<void> => {
  const { pool } = scene.world.store;
  const [rosa, ana] = ['Rosa', 'Ana'].map((name) => scene.world.person(name).id);
  await pool.query(
    `insert into member_fine (group_id, id, member_id, meeting_on, reason, amount_minor, set_by) values ('${group}', gen_random_uuid(), '${ana}', '2026-11-24', 'late', 1000, '${rosa}')`,
  );
  await pool.query(
    `insert into vote (group_id, subject_id, member_id, yes) values ('${group}', gen_random_uuid(), '${ana}', true)`,
  );
  const cover = 'c0000000-0000-7000-8000-000000000001';
  await pool.query(
    `insert into cover (group_id, id, debtor_id, gap_minor, kind, proposed_by) values ('${group}', '${cover}', '${ana}', 500, 'equal', '${rosa}')`,
  );
  await pool.query(
    `insert into cover_share (group_id, cover_id, n, member_id, amount_minor) values ('${group}', '${cover}', 0, '${rosa}', 500)`,
  );
  await pool.query(
    `insert into meeting (group_id, id, meeting_on, state, opened_by, expected_minor, counted_minor, head, seq, closed_at)
     select g.id, gen_random_uuid(), '2026-11-17', 'closed', '${rosa}', 0, 0, e.hash, e.seq, now() from savings_group g join journal_entry e on e.group_id = g.id and e.seq = 1 where g.id = '${group}'`,
  );
};
