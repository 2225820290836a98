// The indicators from facts alone: the worked examples by their ids, and what is withheld.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import type { IndicatorId } from '../../src/domain/indicators/definitions.ts';
import type { IndicatorFacts } from '../../src/domain/indicators/facts.ts';
import {
  CELL_PEOPLE_MIN,
  type Figure,
  groupFigures,
  programmeFigures,
  withheldCells,
} from '../../src/domain/indicators/figures.ts';
import type { LoanRecord } from '../../src/domain/indicators/loan-record.ts';
import { partsOf, pooled } from '../../src/domain/indicators/parts.ts';

const memberId = (n: number): MemberId =>
  asId<MemberId>(`00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`);

/** A group of which nothing is known. */
const NOTHING: IndicatorFacts = {
  members: 0n,
  present: 0n,
  named: 0n,
  membersAtStart: 0n,
  left: 0n,
  membersSaved: 0n,
  saved: 0n,
  savedAtWeekEnds: 0n,
  bookWeeks: 0n,
  profit: 0n,
  cycleWeeks: 0n,
  loanFundCash: 0n,
  membersWithLoan: 0n,
  loans: [],
  counts: 0n,
  differingCounts: 0n,
  difference: 0n,
  receipts: 0n,
  disputes: 0n,
  disputeSeconds: [],
  bookings: 0n,
  bookingSeconds: 0n,
  longMembers: 0n,
  zeroSavers: 0n,
  saves: true,
};

const record = (n: number, of: Partial<LoanRecord>): LoanRecord => ({
  memberId: memberId(n),
  outstanding: 0n,
  daysLate: 0,
  overdue: 0n,
  due: { count: 0n, minor: 0n },
  onTime: { count: 0n, minor: 0n },
  covered: 0n,
  ...of,
});

const figure = (facts: Partial<IndicatorFacts>, id: IndicatorId): Figure | undefined =>
  groupFigures(partsOf({ ...NOTHING, ...facts })).find((one) => one.id === id);
const value = (facts: Partial<IndicatorFacts>, id: IndicatorId) => figure(facts, id)?.value;

const X18 = {
  loans: [
    record(1, { outstanding: 100_000n }),
    record(2, { outstanding: 60_000n, daysLate: 35, overdue: 5_000n }),
    record(3, { outstanding: 40_000n, daysLate: 10, overdue: 4_000n }),
  ],
};
const X19 = {
  saved: 1_400_000n,
  profit: 234_570n,
  cycleWeeks: 40n,
  loans: [record(1, { outstanding: 900_000n })],
  loanFundCash: 300_000n,
  membersAtStart: 22n,
  left: 2n,
  present: 20n + 19n + 21n + 18n,
  named: 22n + 22n + 22n + 21n,
};
const weekEnds = Array.from({ length: 40 }, (_, week) => 35_000n * BigInt(week + 1));
const X20 = { profit: 234_570n, bookWeeks: 40n, savedAtWeekEnds: weekEnds.reduce((a, b) => a + b, 0n) };

describe('a tanda', () => {
  const savers = { members: 10n, membersSaved: 100_000n };
  const tanda = { members: 6n, saves: false, present: 5n, named: 6n, loanFundCash: 60_000n };

  test('has no figures of saving, lending or earning, and has those of its meetings', () => {
    expect(value(tanda, 'average-savings')).toBeNull();
    expect(value(tanda, 'loan-fund-use')).toBeNull();
    expect(value(tanda, 'attendance')).toBe('83.33');
  });

  test('does not lower the average of the groups that save', () => {
    const both = pooled([partsOf({ ...NOTHING, ...savers }), partsOf({ ...NOTHING, ...tanda })]);
    const average = both.find(({ indicator }) => indicator.id === 'average-savings');
    expect(average).toMatchObject({ numerator: 100_000n, denominator: 10n });
  });
});

describe('worked examples', () => {
  test('X18, M01: portfolio at risk takes whole balances, the arrears rate only what is overdue', () => {
    expect(figure(X18, 'par1')).toMatchObject({
      value: '50.00',
      numerator: '1000.00',
      denominator: '2000.00',
    });
    expect(value(X18, 'par30')).toBe('30.00');
    expect(value(X18, 'arrears-rate')).toBe('4.50');
    expect(value(X18, 'average-outstanding')).toBe('666.67');
  });

  test('X19: one cycle', () => {
    expect(value(X19, 'return-on-savings')).toBe('16.76');
    expect(value(X19, 'annualised-return')).toBe('21.78');
    expect(value(X19, 'loan-fund-use')).toBe('75.00');
    expect(value(X19, 'retention')).toBe('90.91');
    expect(figure(X19, 'attendance')).toMatchObject({ value: '89.66', numerator: '78', denominator: '87' });
  });

  test('X20: the return on average savings', () => {
    expect(figure(X20, 'return-on-average-savings')).toMatchObject({
      value: '32.69',
      denominator: '7175.00',
    });
  });

  const file = new URL('../../../shared/reference/domain-worked-examples.json', import.meta.url);
  test.skipIf(!existsSync(file))('the collection says the same', () => {
    const { examples } = JSON.parse(readFileSync(file, 'utf8')) as {
      examples: { id: string; expected: Record<string, string> }[];
    };
    const expected = (id: string) => examples.find((one) => one.id === id)?.expected;
    const percent = (facts: Partial<IndicatorFacts>, id: IndicatorId) => `${value(facts, id)}%`;
    expect(expected('X18')).toEqual({
      par1: percent(X18, 'par1'),
      par30: percent(X18, 'par30'),
      arrears: percent(X18, 'arrears-rate'),
    });
    expect(expected('X19')).toEqual({
      return_on_savings: percent(X19, 'return-on-savings'),
      annualised: percent(X19, 'annualised-return'),
      fund_utilisation: percent(X19, 'loan-fund-use'),
      retention: percent(X19, 'retention'),
      attendance: percent(X19, 'attendance'),
    });
    expect(expected('X20')).toEqual({
      average_savings: figure(X20, 'return-on-average-savings')?.denominator,
      return_on_average: percent(X20, 'return-on-average-savings'),
    });
  });
});

describe('a figure', () => {
  test('is null, not zero, where there is nothing to divide by', () => {
    for (const one of groupFigures(partsOf(NOTHING)))
      expect(one, one.id).toMatchObject({ value: null, withheld: false });
  });

  test('of a return is null when no cycle runs, and negative after a loss', () => {
    expect(value({ ...X19, cycleWeeks: 0n }, 'return-on-savings')).toBeNull();
    expect(value({ ...X19, profit: -140_000n }, 'return-on-savings')).toBe('-10.00');
  });

  test.each([
    [[3_600n], '1.00'],
    [[36_000n, 3_600n, 7_200n], '2.00'],
    [[3_600n, 360_000n, 7_200n, 14_400n], '3.00'],
  ])('the median of %s seconds is %s hours', (seconds, hours) => {
    expect(figure({ disputeSeconds: seconds }, 'dispute-hours')).toMatchObject({
      value: hours,
      numerator: null,
      denominator: String(seconds.length),
    });
  });

  test('of hours is a mean, its parts are shown in hours', () => {
    expect(figure({ bookings: 4n, bookingSeconds: 5_400n }, 'record-lag')).toMatchObject({
      value: '0.38',
      numerator: '1.50',
      denominator: '4',
    });
  });

  test('of several groups divides sums, it does not average quotients', () => {
    const big = partsOf({ ...NOTHING, present: 90n, named: 100n, disputeSeconds: [3_600n, 3_600n] });
    const small = partsOf({ ...NOTHING, present: 1n, named: 10n, disputeSeconds: [36_000n] });
    const whole = groupFigures(pooled([big, small]));
    expect(whole.find(({ id }) => id === 'attendance')).toMatchObject({
      value: '82.73',
      numerator: '91',
      denominator: '110',
    });
    expect(whole.find(({ id }) => id === 'dispute-hours')?.value).toBe('1.00');
  });
});

describe('a programme’s table', () => {
  test.each([
    [
      [12n, 9n],
      [false, false],
    ],
    [
      [12n, 4n, 9n],
      [false, true, true],
    ],
    [
      [4n, 1n, 9n],
      [true, true, false],
    ],
    [
      [3n, 2n, 1n, 30n],
      [true, true, true, false],
    ],
    [[3n], [true]],
    [
      [0n, 8n, 0n],
      [false, false, false],
    ],
    [
      [0n, 8n, 2n],
      [false, true, true],
    ],
    [[], []],
  ])('of cells about %s people withholds %s', (people, withheld) => {
    expect(withheldCells(people)).toEqual(withheld);
  });

  test('never lets a figure about one to four people be read or reckoned', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 12n }), { maxLength: 12 }), (people) => {
        const hidden = withheldCells(people);
        const together = people.reduce((all, count, n) => all + (hidden[n] ? count : 0n), 0n);
        const sum = people.reduce((all, count) => all + count, 0n);
        people.forEach((count, n) => {
          if (count > 0n && count < CELL_PEOPLE_MIN) expect(hidden[n]).toBe(true);
          if (count === 0n) expect(hidden[n]).toBe(false);
        });
        // All but the withheld ones can be taken off the sum: what is left is about nobody, or five or more; when there
        // are not five in all, the sum is withheld too.
        expect(together === 0n || together >= CELL_PEOPLE_MIN || together === sum).toBe(true);
      }),
    );
  });

  test('withholds by the people a figure is about: borrowers for arrears, members for savings', () => {
    const borrowers = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) =>
        record(from + n, { outstanding: 10_000n, due: { count: 1n, minor: 1_000n } }),
      );
    const one = partsOf({ ...NOTHING, members: 20n, membersSaved: 100n, loans: borrowers(1, 6) });
    const two = partsOf({ ...NOTHING, members: 15n, membersSaved: 100n, loans: borrowers(11, 2) });
    const three = partsOf({ ...NOTHING, members: 8n, membersSaved: 100n });
    const shown = (figures: readonly Figure[], id: IndicatorId) =>
      figures.find((figure_) => figure_.id === id);
    const table = programmeFigures([one, two, three]);
    expect(shown(table.all, 'par1')).toMatchObject({ value: '0.00', denominator: '800.00', withheld: false });
    expect(table.groups.map((group) => shown(group, 'par1')?.withheld)).toEqual([true, true, false]);
    expect(shown(table.groups[1] ?? [], 'par1')).toMatchObject({
      value: null,
      numerator: null,
      denominator: null,
    });
    expect(table.groups.map((group) => shown(group, 'average-savings')?.withheld)).toEqual([
      false,
      false,
      false,
    ]);
    const few = programmeFigures([two, three]);
    expect(shown(few.all, 'par1')).toMatchObject({ value: null, denominator: null, withheld: true });
    expect(groupFigures(two).some(({ withheld }) => withheld)).toBe(false);
  });

  test('a woman with two loans is one person', () => {
    const loans = [1, 1, 2, 3, 4].map((n) => record(n, { outstanding: 100n }));
    expect(programmeFigures([partsOf({ ...NOTHING, loans })]).all).toContainEqual(
      expect.objectContaining({ id: 'par1', withheld: true }),
    );
  });
});

test('docs/indicators.md says what the definitions say', () => {
  const script = fileURLToPath(new URL('../../scripts/indicators.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});
