/** What an indicator is said in. percent: of 100, two decimals. money: the group's currency. hours: two decimals. */
export type Unit = 'percent' | 'money' | 'hours';

/** What stands above or below the line; money in minor units, time in seconds. */
export type PartUnit = 'money' | 'count' | 'seconds';

/** Whose figures a cell is about: fewer than five of them, and it is withheld in a programme's table. */
export type Cell = 'members' | 'borrowers' | 'payers';

type Definition = {
  readonly id: string;
  readonly unit: Unit;
  readonly formula: 'quotient' | 'median';
  readonly numerator: PartUnit;
  readonly denominator: PartUnit;
  readonly cell: Cell;
};

const quotient = <const Id extends string>(
  id: Id,
  ...[unit, numerator, denominator, cell]: [Unit, PartUnit, PartUnit, Cell]
) => ({ id, unit, formula: 'quotient', numerator, denominator, cell }) as const satisfies Definition;

/**
 * The indicators, in the order they are read. Their names and what each one counts, in one sentence, are in
 * `locales/<language>/indicators.json`; the formulas are in `parts.ts`.
 *
 * @see SEEP and DreamInsights for attendance, retention, savings, returns and use of the fund; CGAP for portfolio at risk
 */
export const INDICATORS = [
  quotient('attendance', 'percent', 'count', 'count', 'members'),
  quotient('retention', 'percent', 'count', 'count', 'members'),
  quotient('average-savings', 'money', 'money', 'count', 'members'),
  quotient('zero-savers', 'percent', 'count', 'count', 'members'),
  quotient('return-on-savings', 'percent', 'money', 'money', 'members'),
  quotient('annualised-return', 'percent', 'money', 'money', 'members'),
  quotient('return-on-average-savings', 'percent', 'money', 'money', 'members'),
  quotient('loan-fund-use', 'percent', 'money', 'money', 'borrowers'),
  quotient('members-with-loan', 'percent', 'count', 'count', 'members'),
  quotient('average-outstanding', 'money', 'money', 'count', 'borrowers'),
  quotient('par1', 'percent', 'money', 'money', 'borrowers'),
  quotient('par30', 'percent', 'money', 'money', 'borrowers'),
  quotient('arrears-rate', 'percent', 'money', 'money', 'borrowers'),
  quotient('on-time-count', 'percent', 'count', 'count', 'payers'),
  quotient('on-time-value', 'percent', 'money', 'money', 'payers'),
  quotient('cover-dependency', 'percent', 'money', 'money', 'payers'),
  quotient('cash-difference', 'money', 'money', 'count', 'members'),
  quotient('differing-counts', 'percent', 'count', 'count', 'members'),
  quotient('dispute-rate', 'percent', 'count', 'count', 'members'),
  {
    id: 'dispute-hours',
    unit: 'hours',
    formula: 'median',
    numerator: 'seconds',
    denominator: 'count',
    cell: 'members',
  },
  quotient('record-lag', 'hours', 'seconds', 'count', 'members'),
] as const satisfies readonly Definition[];

export type Indicator = (typeof INDICATORS)[number];
export type IndicatorId = Indicator['id'];
