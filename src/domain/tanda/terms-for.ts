import { type Result, refuse } from '../result.ts';
import type { TandaRule } from '../rules.ts';
import { type TandaTerms, type TandaTermsRefusal, tandaTerms } from './terms.ts';

/**
 * The terms of a tanda of these members with one turn each, in as many rounds as the rules say. Refused when they do not
 * fit: other rounds than members, and the reasons of `tandaTerms`.
 */
export const termsFor = (
  rule: TandaRule | undefined,
  numbers: readonly number[],
): Result<TandaTerms, TandaTermsRefusal> => {
  if (!rule) return refuse({ type: 'tanda_rounds_differ', rounds: numbers.length });
  return tandaTerms({
    members: numbers.map((number) => ({ number, turns: 1 })),
    contribution: Array.from({ length: rule.rounds }, () => rule.contribution),
    fee: rule.organiserFee,
  });
};
