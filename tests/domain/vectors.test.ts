// Published cases by their ids: which of them are ours, where each is tested, and that our tables say what the published
// ones say. The tables are complete without the collection; where it lies beside the checkout, they are held against it.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allocationQuestion } from '../../src/cli/allocate.ts';
import { scheduleQuestion } from '../../src/cli/loan-schedule.ts';
import { shareOutQuestion } from '../../src/cli/share-out.ts';
import { answered, type ScheduleAnswer, scheduleAsked } from '../cli/ask.ts';
import { SHARE_OUTS, SPLITS } from '../cli/published-answers.ts';
import { IN_HUNDREDS, WEEKLY, WHOLE_SCHEDULES } from './loan/published-schedules.ts';

const collection = (name: string): URL => new URL(`../../../shared/reference/${name}`, import.meta.url);
const VECTORS = collection('domain-vectors.json');
const EXAMPLES = collection('domain-worked-examples.json');
const areThere = existsSync(VECTORS) && existsSync(EXAMPLES);

/**
 * Tested by name in loan/vectors.test.ts (plans of which only some figures are published, or that follow a change) and
 * loan/advance.test.ts.
 */
const BY_NAME =
  'L17 L18 L21 L22 L23 L25 L26 A11 W01 W07 W09 S12 Q07 X07 X09 X10 X24 A01 A02 A03 A04 A05 A06 A07 W06'.split(
    ' ',
  );

/** Not a plan, a closing or a split. What each is about, for whoever looks for it. */
const NO_PLAN_CLOSING_OR_SPLIT: Readonly<Record<string, string>> = {
  L24: 'interest worked out again when an instalment was missed; here the plan is fixed when lent',
  P01: 'interest worked out again from the day each payment came',
  P02: 'the same',
  P03: 'the same',
  P04: 'the same',
  P05: 'the same',
  P06: 'the same',
  P07: 'the same',
  P08: 'the same',
  A08: 'the order of fees and principal inside a loan; fines are accounts of their own here',
  A09: 'the same of penalties',
  A10: 'the same of penalties by their dates',
  Q01: 'a late fee',
  Q02: 'a late fee',
  Q03: 'the age of arrears',
  Q04: 'a write-off',
  Q05: 'a month without payment put into a running plan',
  Q06: 'a lower rate from the second instalment of a flat loan on',
  Q08: 'a fee on each instalment',
  W03: 'a late fee',
  W04: 'a late fee, rounded once',
  W05: 'a fine before the instalment',
  S03: 'how many shares an amount buys',
  S13: 'a repayment is never more than what is owed',
  T01: 'a tanda',
  T04: 'a tanda whose contribution rises',
  M01: 'portfolio at risk',
  X01: 'how many shares an amount buys',
  X06: 'how much may be lent',
  X08: 'a charge on the balance of each month, and payments of any size',
  X14: 'a tanda',
  X15: 'a tanda',
  X16: 'a draw by lots',
  X17: 'the count of the box',
  X18: 'portfolio at risk',
  X19: 'indicators',
  X20: 'indicators',
  X21: 'a member who leaves',
  X22: 'two officers',
  X23: 'a fine before the instalment',
};

const idsOf = (cases: readonly { readonly id: string }[]): string[] => cases.map(({ id }) => id);

test('what the tables call tested by name is named in a test', () => {
  const files = ['loan/vectors.test.ts', 'loan/advance.test.ts'];
  const tests = files.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'));
  // The comments at the top, which name what is left out, are no tests.
  const named = new Set(tests.flatMap((text) => text.slice(text.indexOf('\ntest')).match(/\b[A-Z]\d\d\b/g)));
  expect(BY_NAME.filter((id) => !named.has(id))).toEqual([]);
});

const vectorSchema = z.object({
  id: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  reproduced: z.boolean().nullable().optional(),
});
type Vector = z.infer<typeof vectorSchema>;

const read = (file: URL): Vector[] => {
  const { vectors = [], examples = [] } = z
    .object({ vectors: z.array(vectorSchema).optional(), examples: z.array(vectorSchema).optional() })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  return [...vectors, ...examples];
};

describe.skipIf(!areThere)('against the collection', () => {
  const published = areThere ? read(VECTORS) : [];
  const all = areThere ? [...published, ...read(EXAMPLES)] : [];
  const vector = (id: string): Vector => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new Error(`the collection has no ${id}`);
    return found;
  };

  test('every case that can be computed is in one of our tables, or is said to be about something else', () => {
    const ours = new Set([...idsOf(WHOLE_SCHEDULES), ...idsOf(SHARE_OUTS), ...idsOf(SPLITS), ...BY_NAME]);
    const elsewhere = Object.keys(NO_PLAN_CLOSING_OR_SPLIT);
    expect(elsewhere.filter((id) => ours.has(id))).toEqual([]);
    const wanted = all.filter((one) => one.reproduced !== null).map((one) => one.id);
    expect([...ours, ...elsewhere].sort()).toEqual(wanted.sort());
  });

  const columns = z.array(
    z.object({
      date: z.string().optional(),
      principal: z.string(),
      interest: z.string(),
      due: z.string().optional(),
      balance: z.string().optional(),
    }),
  );
  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'];
  const isoDate = (text: string): string => {
    const [day = '', month = '', year = ''] = text.split(' ');
    const at = [...MONTHS, 'October', 'November', 'December'].indexOf(month) + 1;
    return `${year}-${String(at).padStart(2, '0')}-${day}`;
  };

  const planned = (asked: object) => answered(scheduleQuestion, asked) as ScheduleAnswer;

  test.each([
    ...WHOLE_SCHEDULES.map(({ id, terms }) => [id, scheduleAsked(terms)] as const),
    ['L21', WEEKLY] as const,
    ['L23', { ...WEEKLY, interestPaymentGrace: 1 }] as const,
  ])('%s: the plan, line by line', (id, asked) => {
    const { inputs, expected } = vector(id);
    if (typeof inputs['principal'] === 'string')
      expect(asked).toMatchObject({ principal: inputs['principal'] });
    const plan = planned(asked);
    const rows = columns.parse(expected['rows']);
    expect(plan.rows).toHaveLength(rows.length);
    rows.forEach((row, index) => {
      const { date, ...amounts } = row;
      expect(plan.rows[index]).toMatchObject(
        date === undefined ? amounts : { ...amounts, date: isoDate(date) },
      );
    });
    const { total_interest: interest, total_due: due } = expected;
    expect(plan.totals).toMatchObject({
      ...(interest === undefined ? {} : { interest }),
      ...(due === undefined ? {} : { due }),
    });
  });

  test.each([
    ['L25', IN_HUNDREDS],
    ['L26', { ...IN_HUNDREDS, principalGrace: 5 }],
  ] as const)('%s: the lines that are published', (id, asked) => {
    const rows = z.record(z.string(), z.object({ principal: z.string(), interest: z.string() }));
    const lines = Object.entries(rows.parse(vector(id).expected['rows']));
    expect(lines.length).toBeGreaterThan(5);
    const plan = planned(scheduleAsked(asked));
    for (const [n, row] of lines) expect(plan.rows[Number(n) - 1]).toMatchObject(row);
  });

  const shared = (id: string, nth = 0): unknown => {
    const asked = SHARE_OUTS.filter((one) => one.id === id)[nth]?.asked ?? {};
    return (answered(shareOutQuestion, asked) as { payouts: unknown }).payouts;
  };

  test.each(['S05', 'S07', 'X02', 'X03', 'X04'])('%s: the payouts', (id) => {
    expect(shared(id)).toEqual(vector(id).expected['payouts']);
  });

  test('X05, X13, S01, S11: what each method pays', () => {
    const { expected: oneCycle } = vector('X05');
    const methods = [oneCycle['pro_rata'], oneCycle['equal_profit'], oneCycle['rebate_to_payer']];
    expect([shared('X05', 0), shared('X05', 1), shared('X05', 2)]).toEqual(methods);
    expect(shared('X13')).toEqual(vector('X13').expected['annual_pool']);
    expect(shared('S01')).toContain(vector('S01').expected['payout']);
    expect(shared('S11')).toEqual(Array.from({ length: 9 }, () => vector('S11').expected['each']));
  });

  test.each([
    ['R01', 'result'],
    ['R02', 'result'],
    ['X10', 'cents_largest_remainder'],
    ['X11', 'cover_each'],
    ['X12', 'refund'],
  ])('%s: the parts', (id, field) => {
    const asked = SPLITS.find((one) => one.id === id)?.asked ?? {};
    const expected = z.array(z.union([z.string(), z.number()])).parse(vector(id).expected[field]);
    expect(answered(allocationQuestion, asked)).toEqual({ parts: expected.map(String) });
  });
});
