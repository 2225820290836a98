import { type Result, refuse } from '../result.ts';
import type { TandaRule } from '../rules.ts';
import { type TandaTerms, type TandaTermsRefusal, tandaTerms } from './terms.ts';

/**
 * The terms of a tanda in as many rounds as the rules say. Refused when they do not fit: other rounds than turns, and the
 * reasons of `tandaTerms`.
 *
 * @param turns a number for each turn, in any order: who stands in it twice has two, gives twice in every round and receives twice
 */
export const termsFor = (
  rule: TandaRule | undefined,
  turns: readonly number[],
): Result<TandaTerms, TandaTermsRefusal> => {
  if (!rule) return refuse({ type: 'tanda_rounds_differ', rounds: turns.length });
  return tandaTerms({
    members: [...new Set(turns)].map((number) => ({
      number,
      turns: turns.filter((one) => one === number).length,
    })),
    contribution: Array.from({ length: rule.rounds }, () => rule.contribution),
    fee: rule.organiserFee,
  });
};
