// A running tanda as a programme file writes it.

import { toDecimal } from '../domain/money.ts';
import type { GroupRules } from '../domain/rules.ts';
import { owedBy } from '../domain/tanda/rounds.ts';
import { missedRounds, roundsHanded } from '../domain/tanda/running.ts';
import type { GroupDocument } from './import-schema.ts';
import { runningOf, type TandaJson } from './tanda-facts.ts';

/** Its turns, the rounds handed over, who owes and what is in the box; nothing while nobody has a turn. */
export const tandaDocument = (
  json: TandaJson | undefined,
  of: { readonly rules: GroupRules; readonly currency: 'MXN' | 'USD' },
): Pick<GroupDocument, 'tanda'> => {
  const running = json && runningOf(json, of);
  if (!running) return {};
  const { tanda, held } = running;
  return {
    tanda: {
      turns: tanda.turns.flatMap((who) => (who === 'organiser' ? [] : [who])),
      roundsHanded: roundsHanded(running),
      owes: tanda.terms.members.flatMap(({ number }) =>
        missedRounds(running, number).map((round) => ({
          number,
          round,
          amount: toDecimal(owedBy(tanda, number, round).minor),
        })),
      ),
      collected: held.map(({ number, round, amount }) => ({
        number,
        round,
        amount: toDecimal(amount.minor),
      })),
    },
  };
};
