// Published cases by their ids: which of them are ours, where each is tested, and that our tables say what the published
// ones say. The tables are complete without the collection; where it lies beside the checkout, they are held against it.

import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allocationQuestion } from '../../src/cli/allocate.ts';
import { scheduleQuestion } from '../../src/cli/loan-schedule.ts';
import { shareOutQuestion } from '../../src/cli/share-out.ts';
import { parseDecimal, toDecimal } from '../../src/domain/money.ts';
import { answered, type ScheduleAnswer, scheduleAsked } from '../cli/ask.ts';
import { SHARE_OUTS, SPLITS } from '../cli/published-answers.ts';
import { PUBLISHED_PAYMENTS } from './loan/published-payments.ts';
import { IN_HUNDREDS, WEEKLY, WHOLE_SCHEDULES } from './loan/published-schedules.ts';

const collection = (name: string): URL => new URL(`../../../shared/reference/${name}`, import.meta.url);
const VECTORS = collection('domain-vectors.json');
const EXAMPLES = collection('domain-worked-examples.json');
const areThere = existsSync(VECTORS) && existsSync(EXAMPLES);

/** Which cases are asserted where, by a name that begins with their id: the title of a test, or the first cell of its row. */
const BY_NAME: Readonly<Record<string, string>> = {
  'loan/vectors.test.ts': 'L17 L18 L21 L22 L23 L25 L26 A11 W01 W07 W09 S12 Q07 X07 X09 X10 X24',
  'loan/advance.test.ts': 'A01 A02 A03 A04 A05 A06 A07 W06',
  'loan/course.test.ts': 'P06 P07 P08 L22 Q01 Q02 W03 W04 W05',
  'loan/position.test.ts': 'Q03',
  'loan/request.test.ts': 'X06',
  'published-cases.test.ts': 'S03 X01 A08 A09 A10 X23 S13 Q04 Q05 X17',
  'tanda.test.ts': 'T01 T04 X14 X15',
  'draw.test.ts': 'X16',
  'indicators.test.ts': 'X18 M01 X19 X20',
  'closing/leaving.test.ts': 'X21',
};
const NAMED = Object.values(BY_NAME).flatMap((ids) => ids.split(' '));

/** What of a published case is not ours. Of payments that are replayed, it is said beside them. */
const NOT_OURS: Readonly<Record<string, string>> = {
  Q06: 'the rate of a running loan is lowered: here it keeps the rate it was agreed with, a new plan changes only the days',
  Q08: 'a fee on each instalment, late or not: here interest is the only price of a loan, and Q02 is the same sum when late',
  X22: 'officers who agree on another sum than she reported: the source books theirs and shows her the difference. Here her claim is rejected and she is asked whether it was that, and only her yes books it (otra-cantidad.txt): no sum is booked that neither she nor a list of two officers said. Two equal counts of a list do book (dos-firmas.txt)',
};

const idsOf = (cases: readonly { readonly id: string }[]): string[] => cases.map(({ id }) => id);

const COMMENT = /^ *(?:\/\/|\/?\*).*$/gm;
const NAME = /(?:'|")((?:[A-Z]\d\d[a-z]?(?:, )?)+)/g;

test.each(Object.entries(BY_NAME))('%s names %s in its tests', (file, ids) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll(COMMENT, '');
  const named = new Set([...text.matchAll(NAME)].flatMap(([, found = '']) => found.split(', ')));
  expect(ids.split(' ').filter((id) => !named.has(id))).toEqual([]);
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

  test('every case that can be computed is asserted by its id, or it is said why it is not ours', () => {
    const tables = [WHOLE_SCHEDULES, SHARE_OUTS, SPLITS, PUBLISHED_PAYMENTS].flatMap(idsOf);
    const ours = new Set([...tables, ...NAMED]);
    const others = Object.keys(NOT_OURS);
    expect(others.filter((id) => ours.has(id))).toEqual([]);
    const wanted = all.filter((one) => one.reproduced !== null).map((one) => one.id);
    expect([...ours, ...others].sort()).toEqual(wanted.sort());
  });

  const repayments = z.array(z.object({ date: z.string(), amount: z.string() }));
  const rowsOf = (id: string): { principal: string; interest: string; paid?: string | undefined }[] => {
    const row = z.object({ principal: z.string(), interest: z.string(), paid: z.string().optional() });
    return z.array(row).parse(vector(id).expected['rows']);
  };

  test.each(PUBLISHED_PAYMENTS.filter(({ id }) => id.startsWith('P')))(
    '$id: what is paid and what is open then is theirs, or it is said why not',
    ({ id, payments, booked, open, differs }) => {
      expect(repayments.parse(vector(id).inputs['payments'])).toEqual(
        payments.map(([date, amount]) => ({ date, amount })),
      );
      const rows = rowsOf(id);
      const whole = rows.filter(({ paid }) => paid !== undefined);
      // Of a part that was paid, interest is first; paid before its day, it is all principal.
      const parts = whole.map((row) => {
        const interest = id === 'P04' ? '0.00' : row.interest;
        const paid = parseDecimal(row.paid ?? '') ?? 0n;
        return `${toDecimal(paid - (parseDecimal(interest) ?? 0n))} ${interest}`;
      });
      expect(parts).toEqual(booked);
      const left = rows.slice(whole.length).map(({ principal, interest }) => `${principal} ${interest}`);
      expect(isDeepStrictEqual(left, open), 'reasons do not outlive what they explain').toBe(
        differs === undefined,
      );
    },
  );

  test('L24: the second week is where ours goes another way', () => {
    const missed = rowsOf('L24').map(({ principal, interest }) => `${principal} ${interest}`);
    const ours = PUBLISHED_PAYMENTS.find(({ id }) => id === 'L24')?.open ?? [];
    expect([missed[0], missed[1]]).toEqual([ours[0], '2482.76 46.15']);
    expect(ours[1]).toBe('2494.22 34.69');
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
