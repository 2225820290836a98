// "mis datos": what was decided and changed about her, beside her money, stands in her file in words of its own.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPapers } from '../../src/app/paper/papers.ts';
import { createContent } from '../../src/content/render.ts';
import { type PersonFacts, withoutPrivate } from '../../src/conversation/person-facts.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { personFacts } from '../../src/store/person-facts.ts';
import { curriculum } from '../support/curriculum.ts';
import { readPdf } from '../support/pdf-text.ts';
import { locales, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let facts: PersonFacts;
let before: PersonFacts;

const DAY = '2026-11-20T18:00:00Z';
/** One row of each kind about her, without what leads to it: rules of the tables are tried elsewhere. */
const ROWS = `
  insert into attendance_correction values ($1, $2, '2026-11-17', true, $3, '${DAY}', $3, '${DAY}');
  insert into cover (group_id, id, debtor_id, gap_minor, kind, state, proposed_by, created_at)
    values ($1, new_id(), $2, 12300, 'equal', 'refused', $3, '${DAY}'), ($1, $4, $3, 9900, 'equal', 'proposed', $3, '${DAY}');
  insert into cover_share values ($1, $4, 1, $2, 3300);
  insert into loan_request (group_id, id, member_id, amount_minor, purpose, instalments, state, asked_by, created_at)
    values ($1, new_id(), $2, 77700, 'school', 4, 'refused', $3, '${DAY}');
  insert into tanda_order (group_id, id, cycle_id, kind, other_id, state, proposed_by, created_at)
    select $1, new_id(), c.id, 'swap', o.other, o.state, o.by, '${DAY}' from (select id from cycle where group_id = $1 limit 1) c,
      (values ($3, $2, 'refused'), ($2, $3, 'proposed')) o(other, by, state);
  insert into tanda_order (group_id, id, cycle_id, kind, turns, state, proposed_by, witness_id, created_at, moved_at, owed_before)
    select $1, new_id(), id, 'opening', '[1, 3, 2]', 'agreed', $3, $4, '${DAY}', '${DAY}', '[{"number": 3, "round": 2, "minor": "4400"}]' from cycle where group_id = $1 limit 1;
  insert into second_word (group_id, id, kind, state, proposed_by, member_id, amount_minor, created_at)
    values ($1, new_id(), 'fine-off', 'lapsed', $3, $2, 2500, '${DAY}'), ($1, new_id(), 'suspend', 'lapsed', $3, $2, null, '${DAY}'),
           ($1, new_id(), 'pin-reset', 'proposed', $3, $2, null, '${DAY}');
  insert into recovery (group_id, id, member_id, address_id, vouched_by, witness_id, state, at, ended_at)
    values ($1, new_id(), $2, new_id(), $3, $4, 'denied', '${DAY}', '${DAY}');
  insert into election (group_id, id, office, candidate_id, proposed_by, state, at, created_at)
    values ($1, new_id(), 'treasurer', $2, $3, 'refused', '${DAY}', '${DAY}'), ($1, new_id(), 'secretary', $3, $2, 'done', '${DAY}', '${DAY}');
  insert into office_change (group_id, n, member_id, was, role, at) values ($1, 900, $2, 'member', 'secretary', '${DAY}');
  insert into media (hash, mime, bytes) select sha256(b), 'audio/ogg', b from (select decode(repeat('00', 3000), 'hex') as b) x;
  insert into talk (id, programme_id, group_id, member_id, opened_at) select $4, programme_id, $1, $2, '${DAY}' from savings_group where id = $1;
  insert into talk_line (talk_id, id, group_id, file, at) select $4, new_id(), $1, hash, '${DAY}' from media;
  update journal_entry set witness_id = $2 where group_id = $1 and seq = 1;
  update address set stopped_at = '${DAY}' where id in (select address_id from member_address where member_id = $2)`;

beforeAll(async () => {
  scene = await openScene({ running: false });
  const { pool } = scene.world.store;
  const { id, groupId = '' } = scene.world.person('Ana');
  before = await factsOf();
  await inTransaction(pool, async (session) => {
    // Each row stands for itself: no other row has to lead to it.
    await session.query('set local session_replication_role = replica');
    const values: Record<string, string> = {
      $1: groupId,
      $2: id,
      $3: scene.world.person('Rosa').id,
      $4: crypto.randomUUID(),
    };
    for (const statement of ROWS.split(';\n')) {
      await session.query(statement.replaceAll(/\$\d/gu, (name) => `'${values[name]}'::uuid`));
    }
  });
  facts = await factsOf();
});
afterAll(() => scene.close());

const factsOf = async (): Promise<PersonFacts> => {
  const { id, groupId = '' } = scene.world.person('Ana');
  const found = await personFacts(scene.world.store, { groupId, memberId: id });
  if (!found) throw new Error('Ana has no data');
  return found;
};

const linesOf = async (shown: PersonFacts, isWhole: boolean): Promise<string> => {
  const papers = createPapers(createContent(locales.texts));
  const of = { facts: shown, catalogue: curriculum.lessons, isWhole, now: scene.world.now };
  return readPdf(await papers.personPdf(of, 'es'))
    .pages.flatMap(({ texts }) => texts)
    .join('\n')
    .replaceAll(/\s+/gu, '');
};

const LINES = [
  'Reunión del 17 nov 2026: antes decía que vine. Se cambió el 20 nov 2026.',
  'me faltaron $123.00 y el grupo vio cómo cubrirlos. No se hizo.',
  'me tocaron $33.00 para cubrir a una compañera. Falta que se decida.',
  'una oficial pidió por mí $777.00 para escuela.',
  'pedí cambiar mi turno. No se hizo.',
  'me pidieron cambiar mi turno. Falta que se decida.',
  'mi lugar en los turnos: 2. Se hizo.',
  'Ronda 2, antes de este libro: me faltaban $44.00.',
  'quitarme una multa, $25.00. No se hizo.',
  'ponerme en pausa. No se hizo.',
  'llegó un teléfono nuevo a mi nombre. No se hizo.',
  'me propusieron para el cargo de tesorera. No se hizo.',
  'propuse a una compañera para el cargo de secretaria. Se hizo.',
  'mi cargo pasó de socia a secretaria.',
  'escribí BAJA.',
];
const PRIVATE = [
  'darme otro NIP. Falta que se decida.',
  'mandé: una voz, 3 KB',
  'te llegan aparte, después de este archivo.',
];

test('each stands in her file, and did not before', async () => {
  const [earlier, now] = [await linesOf(before, true), await linesOf(facts, true)];
  for (const line of [...LINES, ...PRIVATE]) {
    const bare = line.replaceAll(/\s+/gu, '');
    expect(now, line).toContain(bare);
    expect(earlier, line).not.toContain(bare);
  }
  expect(now).toContain('Loqueanotéofirmé');
});

test('what an officer asked for her is not said to be asked by herself', async () => {
  expect(facts.loanRequests).toEqual(before.loanRequests);
  expect(await linesOf(facts, true)).not.toContain('pedí$777.00');
});

test('without what is private neither a PIN nor a voice of hers is in it', async () => {
  const shown = withoutPrivate(facts, () => true);
  const text = await linesOf(shown, false);
  for (const line of PRIVATE) expect(text, line).not.toContain(line.replaceAll(/\s+/gu, ''));
  expect(text).toContain('ponermeenpausa');
});

test('nobody else is in it: no id and no name', async () => {
  const found = `${JSON.stringify(facts, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))}${await linesOf(facts, true)}`;
  const { id, name } = scene.world.person('Rosa');
  expect(found).not.toContain(id);
  expect(found).not.toContain(name.split(' ')[0]);
});
