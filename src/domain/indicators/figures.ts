import { divide, toDecimal } from '../money.ts';
import { INDICATORS, type Indicator, type IndicatorId, type PartUnit } from './definitions.ts';
import { type Parts, partsNamed, pooled } from './parts.ts';

/** In a programme's table, a figure about fewer people than this is withheld: it could be one woman's own. */
export const CELL_PEOPLE_MIN = 5n;

const SECONDS_PER_HOUR = 3600n;
const HUNDREDTHS = 100n;
const PERCENT_HUNDREDTHS = 10_000n;

/** One indicator as decimal strings. The value is null when there is nothing to divide by. */
export type Figure = {
  readonly id: IndicatorId;
  readonly value: string | null;
  /** Null of a median, which is no quotient. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  /** Too few people: then nothing of it is given. */
  readonly withheld: boolean;
};

export type ProgrammeFigures = {
  readonly all: readonly Figure[];
  /** In the order given. */
  readonly groups: readonly (readonly Figure[])[];
};

/** A group's own figures: nothing is withheld from the group itself. */
export const groupFigures = (parts: readonly Parts[]): Figure[] => parts.map(figureOf);

/**
 * The table of a programme: all groups together, and each group. Withheld is every figure about fewer than
 * `CELL_PEOPLE_MIN` people, and as many more as are needed so that no subtraction gives such a figure back.
 */
export const programmeFigures = (groups: readonly (readonly Parts[])[]): ProgrammeFigures => {
  const hidden = new Map(
    INDICATORS.map(({ id }) => [id, withheldCells(partsNamed(groups, id).map(({ people }) => people))]),
  );
  return {
    all: pooled(groups).map((parts) => (isTooFew(parts.people) ? withheldFigure(parts) : figureOf(parts))),
    groups: groups.map((group, g) =>
      group.map((parts) => (hidden.get(parts.indicator.id)?.[g] ? withheldFigure(parts) : figureOf(parts))),
    ),
  };
};

/**
 * Which cells of a row are withheld when the sum of the row is shown: those about 1 to 4 people, and then the smallest of
 * the others until the withheld ones together are about five or more. A cell about nobody tells nothing of anybody.
 *
 * @param people how many each cell is about
 * @see complementary suppression in official statistics
 */
export const withheldCells = (people: readonly bigint[]): boolean[] => {
  const smallestFirst = people
    .map((count, index) => ({ count, index }))
    .filter(({ count }) => count > 0n)
    .sort((a, b) => (a.count < b.count ? -1 : a.count > b.count ? 1 : a.index - b.index));
  const withheld = new Set<number>();
  let together = 0n;
  for (const { count, index } of smallestFirst) {
    const isCovered = withheld.size === 0 || !isTooFew(together);
    if (!isTooFew(count) && isCovered) break;
    withheld.add(index);
    together += count;
  }
  return people.map((_, index) => withheld.has(index));
};

const isTooFew = (people: bigint): boolean => people > 0n && people < CELL_PEOPLE_MIN;

const withheldFigure = ({ indicator }: Parts): Figure => ({
  id: indicator.id,
  value: null,
  numerator: null,
  denominator: null,
  withheld: true,
});

const figureOf = ({ indicator, ...parts }: Parts): Figure => ({
  id: indicator.id,
  value: parts.denominator > 0n ? toDecimal(hundredths(indicator, parts)) : null,
  numerator: indicator.formula === 'median' ? null : written(parts.numerator, indicator.numerator),
  denominator: written(parts.denominator, indicator.denominator),
  withheld: false,
});

/** The value in hundredths of its unit, rounded half up. */
const hundredths = ({ unit, formula }: Indicator, parts: Omit<Parts, 'indicator'>): bigint => {
  const { numerator, denominator } = formula === 'median' ? middle(parts.values) : parts;
  switch (unit) {
    case 'percent':
      return divide(numerator * PERCENT_HUNDREDTHS, denominator, 'half-up');
    case 'money':
      return divide(numerator, denominator, 'half-up');
    case 'hours':
      return divide(numerator * HUNDREDTHS, denominator * SECONDS_PER_HOUR, 'half-up');
  }
};

/** The value in the middle, or the mean of the two there. */
const middle = (values: readonly bigint[]): { numerator: bigint; denominator: bigint } => {
  const ordered = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = ordered.length >> 1;
  const lower = (ordered.length - 1) >> 1;
  return { numerator: (ordered[lower] ?? 0n) + (ordered[upper] ?? 0n), denominator: 2n };
};

const written = (minor: bigint, unit: PartUnit): string => {
  switch (unit) {
    case 'count':
      return minor.toString();
    case 'money':
      return toDecimal(minor);
    case 'seconds':
      return toDecimal(divide(minor * HUNDREDTHS, SECONDS_PER_HOUR, 'half-up'));
  }
};
