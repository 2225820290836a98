// A woman who writes from two telephones: what is said on one holds for her, and what she is told comes once.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

const GROUP = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00
5 Luz Ortiz, ahorro 100.00
reloj 2026-11-24 19:00 America/Tijuana
`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: GROUP });
});
afterEach(() => scene.close());

const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql, values)).rows;
const ids = (names: readonly string[]): string[] => names.map((name) => scene.world.person(name).id);

/** From now on Ana writes from Luz's telephone as well; `alone`: Luz does not any more. */
const hasLuzsToo = async (alone: boolean): Promise<void> => {
  const [ana, luz] = ids(['Ana', 'Luz']);
  await query(
    `insert into member_address (address_id, group_id, member_id) select address_id, group_id, $1 from member_address where member_id = $2`,
    [ana, luz],
  );
  if (alone) await query('delete from member_address where member_id = $1', [luz]);
};
/** Of the telephones that these had at first, which hear nothing unasked. */
const stopped = async (): Promise<string[]> => {
  const rows = await query<{ value_index: Buffer }>(
    'select value_index from address where stopped_at is not null',
  );
  const { secrets } = scene.world.store;
  const indexOf = (name: string): string =>
    secrets.blindIndex('simulator', scene.world.person(name).id).toString('hex');
  return ['Ana', 'Petra', 'Luz'].filter((name) =>
    rows.some(({ value_index: index }) => index.toString('hex') === indexOf(name)),
  );
};

describe('M8 BAJA on one of her telephones', () => {
  test('M8 holds for the other one, and so does ALTA', async () => {
    await hasLuzsToo(true);
    await scene.say('Ana', 'BAJA');
    expect(await stopped()).toEqual(['Ana', 'Luz']);
    await scene.say('Luz', 'ALTA');
    expect(await stopped()).toEqual([]);
  });

  test('leaves one that another woman uses as well', async () => {
    await hasLuzsToo(false);
    await scene.say('Ana', 'BAJA');
    expect(await stopped()).toEqual(['Ana']);
  });

  test('holds on no telephone of hers when another woman said it on the one they share', async () => {
    await hasLuzsToo(false);
    await query(
      'update address set speaks_as = $1 where id = (select address_id from member_address where member_id = $1)',
      ids(['Luz']),
    );
    await scene.say('Luz', 'BAJA');
    expect(await stopped()).toEqual(['Luz']);
  });
});

describe('what she is told of a meeting', () => {
  const WEEK = 'update savings_group set created_at = $1, late_reminders = true';
  const planned = (kind: string) =>
    query<{ member: number; count: number }>(
      `select m.number as member, count(*)::int as count from outbox o join member m on m.group_id = o.group_id and m.id = o.member_id
        where o.kind = $1 group by 1 order by 1`,
      [kind],
    );

  test('comes to the telephone that she wrote from last, before it and after it', async () => {
    await hasLuzsToo(true);
    await query(WEEK, [scene.world.now.toString()]);
    await scene.say('Ana', 'saldo');
    scene.world.now = scene.world.now.add({ minutes: 1 });
    await scene.say('Luz', 'saldo');
    scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
    await scene.app.tick();
    expect(await planned('reminder')).toEqual([1, 2, 3, 4].map((member) => ({ member, count: 1 })));
    const [to] = await query<{ value_index: Buffer }>(
      `select a.value_index from outbox o join address a on a.id = o.address_id where o.kind = 'reminder' and o.member_id = $1`,
      ids(['Ana']),
    );
    expect(to?.value_index.toString('hex')).toBe(
      scene.world.store.secrets.blindIndex('simulator', scene.world.person('Luz').id).toString('hex'),
    );
    scene.world.now = instantOf('2026-12-01 18:00 America/Tijuana');
    await scene.say('Rosa', 'Petra 50');
    await scene.say('Rosa', 'sí');
    scene.world.now = instantOf('2026-12-02 18:30 America/Tijuana');
    await scene.app.tick();
    expect(await planned('late')).toEqual([1, 2, 3].map((member) => ({ member, count: 1 })));
  });

  test('that nobody wrote down is nothing to be late for', async () => {
    await query(WEEK, [scene.world.now.toString()]);
    scene.world.now = instantOf('2026-12-02 18:30 America/Tijuana');
    await scene.app.tick();
    expect(await planned('late')).toEqual([]);
  });
});
