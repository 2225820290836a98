import { inAdvance, inTurn } from './advance.ts';
import type { ExcessPolicy } from './agreed.ts';
import type { OpenLine } from './position.ts';
import type { Parts } from './schedule.ts';

/** Takes money in advance off lines that are to come, as the terms say; interest and principal each by itself. */
export const spread = (
  lines: readonly OpenLine[],
  paid: Parts,
  how: { readonly policy: ExcessPolicy; readonly unit: bigint },
): OpenLine[] => {
  const principal = inAdvance(amounts(lines, 'principal'), atMost(lines, paid, 'principal'), how);
  const interest = inAdvance(amounts(lines, 'interest'), atMost(lines, paid, 'interest'), how);
  return less(lines, principal, interest);
};

/** Fills lines from the first one on; what is more than all of them is left out. */
export const filled = (lines: readonly OpenLine[], paid: Parts): OpenLine[] =>
  less(
    lines,
    inTurn(amounts(lines, 'principal'), paid.principal),
    inTurn(amounts(lines, 'interest'), paid.interest),
  );

const less = (
  lines: readonly OpenLine[],
  principal: readonly bigint[],
  interest: readonly bigint[],
): OpenLine[] =>
  lines.map((line, index) => ({
    ...line,
    principal: line.principal - (principal[index] ?? 0n),
    interest: line.interest - (interest[index] ?? 0n),
  }));

const amounts = (lines: readonly OpenLine[], part: keyof Parts): bigint[] => lines.map((line) => line[part]);

/** All that is open of one part, in minor units. */
export const total = (lines: readonly OpenLine[], part: keyof Parts): bigint =>
  lines.reduce((all, line) => all + line[part], 0n);

const atMost = (lines: readonly OpenLine[], paid: Parts, part: keyof Parts): bigint =>
  least(paid[part], total(lines, part));

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
