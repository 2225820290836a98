// The indicators of a database: every fact once by the program's two statements and once by hand from the rows, on many
// days. The demo's history was made by the program itself; what it lacks is added to it.

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedDemo } from '../../src/app/demo.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { groupFigures } from '../../src/domain/indicators/figures.ts';
import { partsOf } from '../../src/domain/indicators/parts.ts';
import { createLog } from '../../src/log.ts';
import type { Database, Pool } from '../../src/store/database.ts';
import { readIndicators } from '../../src/store/indicators.ts';
import { testDatabase } from '../support/database.ts';
import { allFactsByHand, exportedRows } from '../support/indicators-by-hand.ts';
import { groupNamed, reverseEntry } from '../support/posting.ts';
import { asSuperuser, bringIn, documentOf, orilla, secrets } from '../support/programme.ts';
import { locales } from '../support/scene.ts';

const now = Temporal.Instant.from('2026-11-22T18:00:00Z');
const TODAY = Temporal.PlainDate.from('2026-11-22');
const DEMO = new URL('../../demo/', import.meta.url);

let database: Database;
let jacarandas: string;
beforeAll(async () => {
  database = await testDatabase();
  const store = { pool: database.pool, secrets, log: createLog('error'), metrics: createMetrics() };
  await seedDemo({ database, store, locales, folder: DEMO }, now);
  jacarandas = (await groupNamed(database, 'Las Jacarandas')).id;
  await addWhatTheDemoLacks();
});
afterAll(() => database.close());

/** A count that did not fit and one that did, objections, a reversal, a cover, a fine, people who come and go. */
const addWhatTheDemoLacks = async (): Promise<void> => {
  const { rows: payments } = await database.pool.query<{ id: string; entry: string; member: string }>(
    `select id, entry_id as entry, member_id as member from payment
      where group_id = $1 and state = 'confirmed' and loan_minor = 0 order by created_at, id`,
    [jacarandas],
  );
  const [first, second, third, fourth] = payments;
  if (!first || !second || !third || !fourth) throw new Error('the demo has payments');
  await reverseEntry(database, 'Las Jacarandas', fourth.entry);
  const member = (number: number) =>
    `(select id from member where group_id = '${jacarandas}' and number = ${number})`;
  const meeting = (on: string, state: string, money: readonly [string, string]) =>
    `insert into meeting (group_id, id, meeting_on, state, opened_by, expected_minor, counted_minor, closed_at)
     values ('${jacarandas}', gen_random_uuid(), '${on}', '${state}', ${member(1)}, ${money.join(', ')}, ${state === 'closed' ? `'${on}T20:00Z'` : 'null'})`;
  const dispute = (payment: string, opened: string, decided: string) =>
    `insert into dispute (group_id, id, member_id, payment_id, state, opened_at, decided_at)
     select group_id, gen_random_uuid(), member_id, id, ${decided === 'null' ? "'open'" : "'kept'"}, '${opened}', ${decided}
       from payment where id = '${payment}'`;
  await asSuperuser(
    database,
    meeting('2026-11-03', 'closed', ['100000', '98000']),
    meeting('2026-11-10', 'closed', ['100000', '100000']),
    meeting('2026-11-13', 'closed', ['50000', '50000']), // with nobody's payment
    meeting('2026-11-17', 'differs', ['100000', '100500']),
    dispute(first.id, '2026-11-04T10:00Z', `'2026-11-05T12:30Z'`),
    dispute(second.id, '2026-11-11T10:00Z', `'2026-11-11T11:00Z'`),
    dispute(third.id, '2026-11-18T10:00Z', 'null'),
    `update member set state = 'left', left_on = '2026-11-12' where group_id = '${jacarandas}' and number = 3`,
    `update member set state = 'suspended' where group_id = '${jacarandas}' and number = 4`,
    `update payment set meeting_on = meeting_on - 1 where id = '${second.id}'`,
    // The list with the instalment of Flor de Milpa was written four days after its meeting.
    `update journal_entry set occurred_on = occurred_on + 4 where id in (
       select entry_id from payment where group_id <> '${jacarandas}' and loan_minor > 0)`,
    // Number 7 saved at the meeting four weeks ago, and at none since.
    `update payment set social_minor = social_minor + savings_minor, savings_minor = 0
      where group_id = '${jacarandas}' and member_id = ${member(7)} and meeting_on > '2026-10-27'`,
    // The roll is stronger than the list: she sent her money and did not come; another came and gave nothing.
    `insert into attendance (group_id, member_id, meeting_on, present, recorded_by)
     select '${jacarandas}', id, '2026-11-10', number <> 5, id from member where group_id = '${jacarandas}' and number in (5, 8)
     on conflict do nothing`,
    // Its book began on the day of an instalment: whether that was paid on time is not known.
    `update group_rules set since = '2026-10-13' where group_id = '${jacarandas}'`,
    ...coverOf('2026-11-18'),
    ...fineOf('2026-11-11'),
  );
};

const written = (kind: string, on: string, postings: readonly string[]): string[] => {
  const id = `(select id from journal_entry where idempotency_key = 'added/${kind}')`;
  return [
    `insert into journal_entry (group_id, id, seq, kind, idempotency_key, author_id, occurred_on, rules_version, posting_count, prev_hash, hash)
     values ('${jacarandas}', gen_random_uuid(), (select max(seq) + 1 from journal_entry where group_id = '${jacarandas}'), '${kind}',
             'added/${kind}', gen_random_uuid(), '${on}', 1, ${postings.length}, sha256('x'), sha256('y'))`,
    ...postings.map(
      (posting, n) =>
        `insert into posting (group_id, entry_id, n, debit, credit, amount_minor) values ('${jacarandas}', ${id}, ${n}, ${posting})`,
    ),
  ];
};

const someLoan = () =>
  `(select id::text from loan where group_id = '${jacarandas}' order by disbursed_on, id limit 1)`;
const coverOf = (on: string) =>
  written('cover', on, [
    `'cover/somebody', 'interest/' || ${someLoan()}, 700`,
    `'cover/somebody', 'loan/' || ${someLoan()}, 5300`,
  ]);
const fineOf = (on: string) => written('count', on, [`'cash/savings-pot', 'earnings', 1234`]);

const daysBack = (count: number) => Array.from({ length: count }, (_, n) => TODAY.subtract({ days: n }));

describe('the facts of the demo', () => {
  test.each(daysBack(48).map((on) => [on.toString()]))(
    'on %s are what the rows say, reckoned by hand',
    async (on) => {
      const tables = await exportedRows(database);
      const found = await readIndicators(database.pool, { on: Temporal.PlainDate.from(on), now });
      expect(new Map(found.map(({ groupId, facts }) => [groupId, facts]))).toEqual(
        allFactsByHand(tables, on),
      );
      expect(found.every(({ day }) => day.toString() === on)).toBe(true);
    },
  );

  test('have something of everything, so that agreeing about them means something', async () => {
    const found = await readIndicators(database.pool, { on: TODAY, now });
    const facts = found.find(({ groupId }) => groupId === jacarandas)?.facts;
    if (!facts) throw new Error('no facts');
    const { loans, disputeSeconds, ...counts } = facts;
    expect(Object.entries(counts).filter(([, count]) => count === 0n)).toEqual([]);
    expect(counts).toMatchObject({
      left: 1n,
      counts: 3n,
      differingCounts: 1n,
      difference: 2_000n,
      disputes: 3n,
    });
    expect(disputeSeconds).toEqual([95_400n, 3_600n]);
    expect(loans.some(({ daysLate, covered }) => daysLate > 0 && covered === 6_000n)).toBe(true);
    const figures = groupFigures(partsOf(facts));
    expect(figures.filter(({ value }) => value === null)).toEqual([]);
    expect(figures.find(({ id }) => id === 'dispute-hours')?.value).toBe('13.75');
  });

  test('before a book began there is none of its group', async () => {
    expect(await readIndicators(database.pool, { on: Temporal.PlainDate.from('2026-01-01'), now })).toEqual(
      [],
    );
  });

  test('without a day are of today where the group lives', async () => {
    const late = Temporal.Instant.from('2026-11-23T07:30:00Z'); // 23:30 in Tijuana, already the 23rd in Mexico City
    const found = await readIndicators(database.pool, { now: late });
    expect(found.map(({ day }) => day.toString()).sort()).toEqual(['2026-11-22', '2026-11-23']);
  });

  test('of one group are the same as among all', async () => {
    const all = await readIndicators(database.pool, { on: TODAY, now });
    const [one, ...more] = await readIndicators(database.pool, { groupIds: [jacarandas], on: TODAY, now });
    expect(more).toEqual([]);
    expect(one).toEqual(all.find(({ groupId }) => groupId === jacarandas));
  });
});

describe('the statements', () => {
  /** The same pool, writing down what its sessions are asked. */
  const listening = (pool: Pool, asked: string[]): Pool =>
    new Proxy(pool, {
      get(target, name) {
        if (name !== 'connect') return Reflect.get(target, name, target) as unknown;
        return async () => {
          const session = await target.connect();
          return new Proxy(session, {
            get(of, what) {
              const value: unknown = Reflect.get(of, what, of);
              if (typeof value !== 'function') return value;
              return (...given: unknown[]) => {
                if (what === 'query') asked.push(String(given[0]));
                return Reflect.apply(value, of, given) as unknown;
              };
            },
          });
        };
      },
    });

  test('are as many for four groups as for two, and they only read', async () => {
    const asked: string[] = [];
    const pool = listening(database.pool, asked);
    const two = await readIndicators(pool, { on: TODAY, now });
    const before = asked.splice(0);
    await bringIn(database, documentOf(orilla));
    const four = await readIndicators(pool, { on: TODAY, now });
    expect([two.length, four.length]).toEqual([2, 4]);
    expect(asked).toEqual(before);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toMatch(/^begin .*read only$/);
  });
});
