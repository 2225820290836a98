// Nobody has an office but by the votes of a quorum and her own yes; and who had it before can do nothing of an officer's.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drawing } from '../support/drawing.ts';
import { entryCount, faults, label, openScene, type Scene } from '../support/scene.ts';

/** Five women: four of them are a quorum of 67 of a hundred, and three are more than half. */
const HEADER = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00
5 Consuelo Vargas, ahorro 100.00
equipo Marta Ruiz
reloj 2026-11-24 19:00 America/Tijuana`;

const NAMES = ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo'] as const;
const YES = label('loan-vote.yes');
const NO = label('loan-vote.no');
const TAKE = label('office.take');

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: HEADER });
});
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const pool = () => scene.world.store.pool;
const id = (name: string): string => scene.world.person(name).id;
const roles = async (): Promise<Record<string, string>> => {
  const { rows } = await pool().query<{ id: string; role: string }>('select id, role from member');
  return Object.fromEntries(NAMES.map((name) => [name, rows.find((row) => row.id === id(name))?.role ?? '']));
};
const holder = async (office: string): Promise<string[]> =>
  Object.entries(await roles()).flatMap(([name, role]) => (role === office ? [name] : []));
const electionId = async (): Promise<string> => {
  const { rows } = await pool().query<{ id: string }>(
    'select id from election order by created_at desc, id desc limit 1',
  );
  return rows[0]?.id ?? '';
};
const press = (name: string, payload: string, how?: Parameters<Scene['post']>[2]) =>
  scene.post(name, { type: 'button', payload }, how);
const propose = async (by: string, words: string): Promise<string> => {
  await scene.say(by, words);
  await scene.say(by, 'sí');
  return electionId();
};
/** Consuelo is elected treasurer in Guadalupe's place, and has not said yes. */
const elected = async (): Promise<string> => {
  const election = await propose('Ana', 'la nueva tesorera es Consuelo');
  for (const name of ['Rosa', 'Petra', 'Consuelo']) await scene.press(name, YES);
  return election;
};

describe('nobody becomes an officer without a quorum and her yes', () => {
  const seed = Number(process.env['COMADRE_SEED'] ?? 20_261_124);

  test('whatever is pressed by whom, in whichever order', { timeout: 300_000 }, async () => {
    process.stdout.write(`COMADRE_SEED=${seed}\n`);
    const draw = drawing(seed);
    const pick = <One>(of: readonly One[]): One => of[draw(of.length)]!;
    const expected = await roles();
    let taken = 0;
    for (let round = 0; round < 8; round += 1) {
      const candidate = pick(['Ana', 'Petra', 'Consuelo'] as const);
      const office = pick(['tesorera', 'presidenta', 'secretaria'] as const);
      const role = { tesorera: 'treasurer', presidenta: 'leader', secretaria: 'secretary' }[office];
      if (expected[candidate] === role) continue;
      const by = pick(NAMES);
      const before = await electionId();
      const election = await propose(by, `la nueva ${office} es ${candidate}`);
      if (election === before) {
        // She waits a week after one of hers was refused.
        scene.world.now = scene.world.now.add({ hours: 24 * 8 });
        continue;
      }
      const votes = new Map<string, boolean>([[by, true]]);
      let state = 'open';
      for (let n = 0; n < 24 && (state === 'open' || state === 'accepted'); n += 1) {
        const what = pick([
          'yes',
          'yes',
          'yes',
          'yes',
          'no',
          'take',
          'take',
          'decline',
          'hands',
          'second',
        ] as const);
        const who = what === 'take' && draw(2) === 0 ? candidate : pick(NAMES);
        if (what === 'yes' || what === 'no') {
          await press(who, `vote:${what}:${election}:office`);
          if (state === 'open' && !votes.has(who)) votes.set(who, what === 'yes');
        } else if (what === 'hands') await press(who, `hands:office:${election}`);
        else if (what === 'second') await press(who, `second:yes:${election}`);
        else {
          await press(who, `office:${what}:${election}`);
          if (state === 'accepted' && who === candidate) state = what === 'take' ? 'done' : 'declined';
        }
        await scene.say(who, 'cancelar');
        const yes = [...votes.values()].filter(Boolean).length;
        const no = votes.size - yes;
        if (state === 'open' && no >= 3) state = 'refused';
        if (state === 'open' && votes.size >= 4 && yes >= 3) state = 'accepted';
        if (state === 'done') {
          taken += 1;
          for (const name of NAMES) if (expected[name] === role) expected[name] = 'member';
          expected[candidate] = role;
        }
        expect(await roles(), `${round}.${n} ${who} ${what}`).toEqual(expected);
        const { rows } = await pool().query<{ state: string }>('select state from election where id = $1', [
          election,
        ]);
        expect(rows[0]?.state, `${round}.${n} ${who} ${what}`).toBe(state);
      }
      // Those that are open still end by the clock.
      scene.world.now = scene.world.now.add({ hours: 24 * 15 });
      await scene.app.tick();
      await scene.app.settle();
      expect(await roles()).toEqual(expected);
    }
    expect(taken, 'a walk on which nobody takes an office proves little').toBeGreaterThan(0);
  });

  test('three yes of five are no quorum, and her own yes before the group’s is none', async () => {
    const election = await propose('Ana', 'la nueva tesorera es Consuelo');
    await scene.press('Rosa', YES);
    await press('Consuelo', `office:take:${election}`);
    await scene.press('Consuelo', YES);
    await press('Consuelo', `office:take:${election}`);
    expect(await holder('treasurer')).toEqual(['Guadalupe']);
    await scene.press('Guadalupe', NO);
    expect(await holder('treasurer')).toEqual(['Guadalupe']);
    for (const name of ['Rosa', 'Guadalupe', 'Ana', 'Petra']) await press(name, `office:take:${election}`);
    expect(await holder('treasurer')).toEqual(['Guadalupe']);
    await scene.press('Consuelo', TAKE);
    expect(await holder('treasurer')).toEqual(['Consuelo']);
  });

  test('the database refuses it where no election was decided', async () => {
    await expect(
      pool().query(`update member set role = 'treasurer' where id = $1`, [id('Petra')]),
    ).rejects.toThrow('an office changes hands by an election');
    const session = await pool().connect();
    try {
      for (const tried of [
        `update member set role = 'treasurer' where id = '${id('Petra')}'`,
        `select change_role(group_id, id, 'treasurer', null, now()) from member where id = '${id('Petra')}'`,
        `insert into office_change select group_id, 1, id, 'member', 'treasurer', null, now() from member where id = '${id('Petra')}'`,
        `insert into election select group_id, id, 'treasurer', id, id, 'done', now() from member where id = '${id('Petra')}'`,
      ]) {
        await session.query('begin');
        await session.query(`select become_app(group_id) from member where id = '${id('Petra')}'`);
        await expect(session.query(tried), tried).rejects.toThrow();
        await session.query('rollback');
      }
    } finally {
      session.release();
    }
    expect(await holder('treasurer')).toEqual(['Guadalupe']);
  });
});

describe('who had the office', () => {
  test('does nothing of an officer’s any more: what was open, what waited, what she kept of buttons', async () => {
    // Waiting for another officer: a receipt that she takes back, and for herself a list she has not confirmed.
    await scene.say('Rosa', 'Petra 30');
    await scene.say('Rosa', 'sí');
    await scene.say('Guadalupe', 'suspende a Petra');
    await scene.press('Guadalupe', label('suspend.ask'));
    const kept = scene.payload('Rosa', label('choice.yes'));
    expect(kept).toMatch(/^second:yes:/u);
    const election = await elected();
    await scene.say('Guadalupe', 'Ana 20');
    const list = scene.payload('Guadalupe', label('choice.yes'));
    expect(list).toMatch(/^list:yes:/u);
    await scene.press('Consuelo', TAKE);
    const booked = await entryCount(scene.world);
    await press('Guadalupe', list);
    await scene.say('Guadalupe', 'sí');
    for (const words of ['Ana 20', 'pendientes', 'deshacer', 'suspende a Ana', 'retiro de Ana 20', 'reunión'])
      await scene.say('Guadalupe', words);
    for (const payload of [kept, `hands:office:${election}`, 'meeting', 'out', `suspend:${id('Ana')}:ask`])
      await press('Guadalupe', payload);
    // Nor does another officer say the second word to what she asked for.
    await press('Rosa', kept);
    await press('Consuelo', kept);
    expect(await entryCount(scene.world)).toBe(booked);
    const { rows } = await pool().query(
      `select w.state, m.state as hers from second_word w join member m on m.id = w.member_id`,
    );
    expect(rows).toEqual([{ state: 'lapsed', hers: 'active' }]);
    // The new one does.
    await scene.say('Consuelo', 'Ana 20');
    await scene.say('Consuelo', 'sí');
    expect(await entryCount(scene.world)).toBe(booked + 1);
  });

  test('of two signatures, the first one of hers books nothing afterwards; who said herself that she paid is asked about', async () => {
    await scene.close();
    scene = await openScene({ header: HEADER.replace('tuesday 17:00', 'tuesday 17:00, firmas 2') });
    await scene.say('Petra', 'ya pagué 40');
    await scene.press('Guadalupe', label('choice.confirm'));
    await scene.say('Guadalupe', 'Ana 20');
    await scene.say('Guadalupe', 'sí');
    const states = async () =>
      (
        await pool().query<{ state: string }>(
          'select p.state from payment p join member m on m.id = p.member_id order by m.number',
        )
      ).rows.map(({ state }) => state);
    expect(await states()).toEqual(['signed', 'signed']);
    const booked = await entryCount(scene.world);
    await elected();
    await scene.press('Consuelo', TAKE);
    expect(await states()).toEqual(['expired', 'reported']);
    await scene.say('Rosa', 'pendientes');
    await scene.say('Rosa', '20');
    expect(await entryCount(scene.world)).toBe(booked);
  });
});

describe('at once, and again', () => {
  test('two telephones, one election; two processes, one treasurer', async () => {
    const other = await scene.another({ receives: true, sends: false });
    await Promise.all([
      propose('Ana', 'la nueva tesorera es Consuelo'),
      (async () => {
        await scene.say('Petra', 'la nueva tesorera es Ana');
        await press('Petra', scene.payload('Petra', label('lost.vote')), { by: other });
      })(),
    ]);
    const { rows } = await pool().query<{ id: string; candidate_id: string; n: number }>(
      `select id, candidate_id, count(*) over ()::int as n from election where state = 'open'`,
    );
    expect(rows.map(({ n }) => n)).toEqual([1]);
    const election = rows[0]?.id ?? '';
    const her = rows[0]?.candidate_id === id('Ana') ? 'Ana' : 'Consuelo';
    const voters = ['Rosa', 'Guadalupe', 'Consuelo', 'Ana', 'Petra'];
    // The last two votes at the same moment: one of them decides.
    await Promise.all(
      voters.map((name, n) => press(name, `vote:yes:${election}:office`, n % 2 === 0 ? {} : { by: other })),
    );
    const state = await pool().query<{ state: string }>('select state from election');
    expect(state.rows.map((row) => row.state)).toEqual(['accepted']);
    await Promise.all([
      press(her, `office:take:${election}`),
      press(her, `office:take:${election}`, { by: other }),
      press(her, `office:decline:${election}`, { by: other }),
    ]);
    const treasurers = await holder('treasurer');
    expect(treasurers).toHaveLength(1);
    const changes = await pool().query('select 1 from office_change');
    expect(changes.rowCount).toBe(treasurers[0] === her ? 2 : 0);
  });

  test('a vote that was decided on without knowing of another one is not written', async () => {
    const election = await propose('Ana', 'la nueva tesorera es Consuelo');
    await scene.press('Rosa', YES);
    const voted = (seen: number, yes: boolean) =>
      pool().query(
        `select commit_elections(group_id, jsonb_build_object('asked', '[]'::jsonb, 'moved', '[]'::jsonb, 'taken', '[]'::jsonb,
           'voted', jsonb_build_array(jsonb_build_object('id', $1::text, 'seen', $2::int, 'member', $3::text, 'yes', $4::boolean))), now())
           from member where id = $3::uuid`,
        [election, seen, id('Rosa'), yes],
      );
    await expect(voted(0, true)).rejects.toThrow('stale: vote');
    await expect(voted(1, false)).rejects.toThrow('stale: vote');
    await voted(1, true);
  });

  test('an old yes gives the office to nobody again', async () => {
    const first = await elected();
    await press('Consuelo', `office:take:${first}`, { messageId: 'once' });
    const second = await propose('Ana', 'la nueva tesorera es Petra');
    for (const name of ['Rosa', 'Guadalupe', 'Petra']) await scene.press(name, YES);
    await press('Petra', `office:take:${second}`);
    expect(await holder('treasurer')).toEqual(['Petra']);
    await press('Consuelo', `office:take:${first}`, { messageId: 'once' });
    await press('Consuelo', `office:take:${first}`);
    await press('Consuelo', `office:yes:${first}`);
    for (const name of NAMES) await press(name, `vote:yes:${first}:office`);
    expect(await holder('treasurer')).toEqual(['Petra']);
  });
});

describe('where she has no telephone', () => {
  const without = (name: string) =>
    pool().query('delete from member_address where member_id = $1', [id(name)]);

  test('another officer says it for her: not who proposed her, nor who loses the office', async () => {
    await without('Consuelo');
    const election = await propose('Ana', 'la nueva tesorera es Consuelo');
    for (const name of ['Rosa', 'Guadalupe', 'Petra']) await scene.press(name, YES);
    for (const name of ['Guadalupe', 'Ana', 'Petra']) await press(name, `office:take:${election}`);
    expect(await holder('treasurer')).toEqual(['Guadalupe']);
    await scene.press('Rosa', label('office.take-for'));
    expect(await holder('treasurer')).toEqual(['Consuelo']);
  });

  test('where there is none she has to come in first', async () => {
    await without('Consuelo');
    const [told] = await scene.say('Rosa', 'la nueva tesorera es Consuelo');
    expect(told?.text).toContain('no tiene teléfono');
    expect(await electionId()).toBe('');
  });
});

test('an officer who is forgotten, and comes back, leaves a book that holds', async () => {
  await scene.say('Guadalupe', 'quiero que borren mis datos');
  await scene.say('Guadalupe', 'seguir');
  await scene.say('Guadalupe', 'Guadalupe');
  expect(await holder('treasurer')).toEqual([]);
  expect(await faults(scene.world)).toEqual([]);
  await scene.say('Guadalupe', 'hola');
  await scene.say('Guadalupe', 'sí');
  expect(await holder('treasurer')).toEqual(['Guadalupe']);
});
