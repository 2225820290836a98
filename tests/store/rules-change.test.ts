// A group's rules change by a new version: who signs, when it is refused, and what stays as it was.

import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Constitution } from '../../src/store/constitution.ts';
import { changeRules, type RulesChange } from '../../src/store/rules-change.ts';
import { type RulesBook, readRules } from '../../src/store/rules-versions.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

/** Rosa leads, Guadalupe keeps the box; Ana holds no office. */
const [ROSA, GUADALUPE, ANA] = [1, 2, 3];

let scene: Scene;
let groupId: string;
let milpaId: string;

/** A second group, which saves in shares and has two officers of its own. */
const MILPA = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Girón, líder, acciones 10
2 Dominga Sántiz, tesorera, acciones 5`;

const open = async (): Promise<void> => {
  const [rest = '', staff = ''] = JACARANDAS.split('\nequipo');
  scene = await openScene({ header: `${rest}${MILPA}\nequipo${staff}` });
  groupId = scene.world.person('Rosa').groupId!;
  milpaId = scene.world.person('Micaela').groupId!;
};

const book = (id = groupId): Promise<RulesBook> => readRules(scene.world.store, id);

const currentOf = async (id = groupId): Promise<Constitution> => {
  const { versions, current } = await book(id);
  return versions.find(({ version }) => version === current)!.constitution;
};

/** Changes the rules of the first group, by the two officers, today; `differs` says what else is asked. */
const change = async (fields: Partial<Constitution>, differs: Partial<RulesChange> = {}, dryRun = false) => {
  const id = differs.groupId ?? groupId;
  const { current } = await book(id);
  const constitution = { ...(await currentOf(id)), ...fields };
  return changeRules(
    scene.world.store.pool,
    {
      groupId: id,
      from: current,
      constitution,
      by: [ROSA, GUADALUPE],
      since: undefined,
      now: scene.world.now,
      ...differs,
    },
    dryRun,
  );
};

const FINES = { fines: { late: '5.00', absent: '10.00' } };
const today = Temporal.PlainDate.from('2026-11-24');

const versionsOfEntries = async (): Promise<{ kind: string; rules: number }[]> => {
  const { rows } = await scene.world.store.pool.query<{ kind: string; rules: number }>(
    'select kind, rules_version as rules from journal_entry where group_id = $1 order by seq',
    [groupId],
  );
  return rows;
};

const pays = async (list: string): Promise<void> => {
  await scene.say('Rosa', list);
  await scene.press('Rosa', label('choice.yes'));
};

const books = async () => (await verifyBooks(scene.world.database)).faults;

describe('a change', () => {
  beforeEach(open);
  afterEach(() => scene.close());

  test('is version 2, signed by two; entries keep the version they were made under, and the books are right', async () => {
    await pays('Ana 100');
    expect(await change(FINES)).toEqual({ ok: true, value: { version: 2, since: today, runningLoans: 1 } });
    await pays('Consuelo 50');
    expect(await versionsOfEntries()).toEqual([
      { kind: 'opening', rules: 1 },
      { kind: 'payment', rules: 1 },
      { kind: 'payment', rules: 2 },
    ]);
    const { current, versions } = await book();
    expect(current).toBe(2);
    expect(versions.map(({ version, signers }) => ({ version, signers }))).toEqual([
      { version: 1, signers: [] },
      {
        version: 2,
        signers: [
          { number: 1, name: 'Rosa Hernández' },
          { number: 2, name: 'Guadalupe Cruz' },
        ],
      },
    ]);
    expect(versions[0]?.constitution.fines).toEqual({ late: '0.00', absent: '0.00' });
    expect(versions[1]?.constitution.fines).toEqual(FINES.fines);
    expect(await books()).toEqual([]);
  });

  test('is what the group lives by at once: the most of one payment holds for the next one', async () => {
    await change({ paymentMax: '80.00' });
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', label('choice.yes'));
    expect(await versionsOfEntries()).toHaveLength(1);
    await pays('Ana 80');
    expect(await versionsOfEntries()).toHaveLength(2);
  });

  test('touches no running loan: its terms are its own', async () => {
    const terms = async () =>
      (await scene.world.store.pool.query<{ terms: unknown }>('select terms from loan')).rows;
    const before = await terms();
    const { loans } = await currentOf();
    await change({ loans: { ...loans!, ratePct: '6', n: 8 } });
    expect(await terms()).toEqual(before);
    expect((await currentOf()).loans?.ratePct).toBe('6');
  });

  test('may hold from an earlier day, down to that of the version before', async () => {
    scene.world.now = scene.world.now.add({ hours: 7 * 24 });
    expect(await change(FINES, { since: Temporal.PlainDate.from('2026-11-24') })).toMatchObject({ ok: true });
  });

  test('that is only tried leaves nothing', async () => {
    expect(await change(FINES, {}, true)).toMatchObject({ ok: true, value: { version: 2 } });
    expect((await book()).versions).toHaveLength(1);
    expect((await book()).current).toBe(1);
  });

  test('leaves the other group as it is', async () => {
    await change(FINES);
    expect(await book(milpaId)).toMatchObject({ current: 1, versions: [{ version: 1 }] });
  });

  test('one after the other: each has its own number', async () => {
    await change(FINES);
    expect(await change({ paymentMax: '500.00' }, { by: [GUADALUPE, ROSA] })).toMatchObject({
      value: { version: 3 },
    });
    expect((await book()).versions.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test('at once with another: one is written, the other is told', async () => {
    const { current } = await book();
    const both = await Promise.all([
      change(FINES, { from: current }),
      change({ paymentMax: '500.00' }, { from: current }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.filter(({ ok }) => !ok)).toEqual([
      { ok: false, refusal: { type: 'changed_meanwhile', current: 2 } },
    ]);
    expect((await book()).versions).toHaveLength(2);
  });
});

describe('a change is refused', () => {
  beforeAll(open);
  afterAll(() => scene.close());

  const nothingWritten = async (id = groupId): Promise<void> => {
    expect((await book(id)).current).toBe(1);
    expect((await book(id)).versions).toHaveLength(1);
  };
  const refusal = async (...given: Parameters<typeof change>): Promise<unknown> => {
    const done = await change(...given);
    await nothingWritten(given[1]?.groupId);
    return done.ok ? undefined : done.refusal;
  };

  test.each([
    ['the same officer twice', [ROSA, ROSA], { type: 'not_two_officers' }],
    ['one officer', [ROSA], { type: 'not_two_officers' }],
    ['nobody', [], { type: 'not_two_officers' }],
    ['three times an officer', [ROSA, GUADALUPE, ROSA], { type: 'not_two_officers' }],
    ['a member who holds no office', [ROSA, ANA], { type: 'no_officer', number: ANA }],
    ['a number of nobody', [ROSA, 77], { type: 'no_member', number: 77 }],
  ])('signed by %s', async (_, by, told) => {
    expect(await refusal(FINES, { by })).toEqual(told);
  });

  test('signed by an officer who is not active', async () => {
    const becomes = (state: string) =>
      scene.world.store.pool.query('update member set state = $2 where group_id = $1 and number = 2', [
        groupId,
        state,
      ]);
    await becomes('suspended');
    expect(await refusal(FINES)).toEqual({ type: 'no_officer', number: GUADALUPE });
    await becomes('active');
  });

  test('when it says what already holds, however it is written', async () => {
    expect(await refusal({})).toEqual({ type: 'nothing_changes' });
    expect(await refusal({ savings: { kind: 'free', weekly: '50' } })).toEqual({ type: 'nothing_changes' });
  });

  test('when it makes another product of a group with a book', async () => {
    expect(await refusal({ product: 'savings-group', closing: 'pro-rata' })).toEqual({
      type: 'product_fixed',
    });
  });

  test('when it changes what savings are counted in while there are some', async () => {
    const shares = (sharePrice: string, max = 5) => ({
      savings: { kind: 'shares' as const, sharePrice, min: 1, max },
    });
    expect(await refusal(shares('25.00'), { groupId: milpaId })).toEqual({ type: 'shares_fixed' });
    expect(await refusal({ savings: { kind: 'free', weekly: '20.00' } }, { groupId: milpaId })).toEqual({
      type: 'shares_fixed',
    });
    expect(await change(shares('20.00', 10), { groupId: milpaId })).toMatchObject({ ok: true });
  });

  test('from a day to come, or before the version it replaces', async () => {
    const on = (day: string) => ({ since: Temporal.PlainDate.from(day) });
    expect(await refusal(FINES, on('2026-11-25'))).toEqual({ type: 'not_yet', today });
    expect(await refusal(FINES, on('2026-11-23'))).toEqual({ type: 'before_the_last', since: today });
  });

  test('with rules that do not fit together: that is our own mistake', async () => {
    await expect(change({ closing: 'rebate' })).rejects.toThrow('new rules fit together');
    await nothingWritten();
  });

  test('while the meeting of the group is open, and not while that of another is', async () => {
    const opened = (id: string) =>
      scene.world.store.pool.query(
        `insert into meeting (group_id, id, meeting_on, opened_by)
         select group_id, $2, '2026-11-24', id from member where group_id = $1 and number = 1`,
        [id, randomUUID()],
      );
    await opened(milpaId);
    expect(await change(FINES, {}, true)).toMatchObject({ ok: true });
    await opened(groupId);
    expect(await refusal(FINES)).toEqual({ type: 'meeting_open', on: today });
  });
});

describe('the database', () => {
  beforeAll(open);
  afterAll(() => scene.close());

  const insert = (author: number | null, witness: number | null): Promise<unknown> =>
    scene.world.store.pool.query(
      `insert into group_rules (group_id, version, constitution, since, author_id, witness_id)
       select r.group_id, 2, r.constitution, r.since,
              (select id from member where group_id = $1 and number = $2),
              (select id from member where group_id = $1 and number = $3)
         from group_rules r where r.group_id = $1`,
      [groupId, author, witness],
    );

  test.each([
    ['one officer', ROSA, null],
    ['only a second officer', null, GUADALUPE],
    ['the same officer twice', ROSA, ROSA],
  ])('refuses rules signed by %s', async (_, author, witness) => {
    await expect(insert(author, witness)).rejects.toMatchObject({ code: '23514' });
  });

  test('keeps every version: none is edited or taken out', async () => {
    await change(FINES);
    const { pool } = scene.world.store;
    await expect(pool.query('update group_rules set version = 7 where version = 2')).rejects.toMatchObject({
      code: '55000',
    });
    await expect(pool.query('delete from group_rules where version = 1')).rejects.toMatchObject({
      code: '55000',
    });
  });
});
