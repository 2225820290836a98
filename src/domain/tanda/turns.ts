import type { RevealedDraw } from '../draw/draw.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { TandaTerms } from './terms.ts';

/** Who receives a round's pot: a member by her number, or the organiser in the extra turn that is her fee. */
export type Receiver = number | 'organiser';

/** Who receives in the first round, in the second, … */
export type Turns = readonly Receiver[];

export type TurnsRefusal =
  | { readonly type: 'tanda_turns_differ' }
  | { readonly type: 'tanda_swap_needs_both' }
  | { readonly type: 'tanda_turn_passed' }
  | { readonly type: 'tanda_swap_same' };

/**
 * Turns in an order the members agreed on, with the organiser's extra turn put where the terms have it. Refused when
 * each member is not in it exactly as often as she has turns.
 */
export const agreedTurns = (terms: TandaTerms, order: readonly number[]): Result<Turns, TurnsRefusal> => {
  const wanted = lotsOf(terms);
  const given = order.toSorted((a, b) => a - b);
  const fits = given.length === wanted.length && given.every((number, at) => number === wanted[at]);
  if (!fits) return refuse({ type: 'tanda_turns_differ' });
  if (terms.fee.kind !== 'extra-turn') return accept(order);
  return accept(terms.fee.at === 'first' ? ['organiser', ...order] : [...order, 'organiser']);
};

/** Turns as they were drawn. Refused when the draw was for other members. */
export const drawnTurns = (terms: TandaTerms, draw: RevealedDraw): Result<Turns, TurnsRefusal> =>
  draw.plan.purpose === 'turns' ? agreedTurns(terms, draw.order) : refuse({ type: 'tanda_turns_differ' });

/** One lot for every turn, by the member's number: what a draw of the turns is made of. */
export const lotsOf = ({ members }: TandaTerms): number[] =>
  members.flatMap(({ number, turns }) => Array.from({ length: turns }, () => number)).sort((a, b) => a - b);

/**
 * Two members change places. Refused unless both said yes, when one of the rounds was paid out already, and for a turn
 * that is the organiser's fee, which is nobody's to give.
 *
 * @param swap rounds counted from 1; `consents` holds the numbers of those who said yes
 */
export const swapTurns = (
  turns: Turns,
  swap: {
    readonly rounds: readonly [number, number];
    readonly consents: readonly number[];
    readonly roundsPaidOut: number;
  },
): Result<Turns, TurnsRefusal> => {
  const [one, two] = swap.rounds.map((round) => turns[round - 1]);
  if (swap.rounds.some((round) => round <= swap.roundsPaidOut)) return refuse({ type: 'tanda_turn_passed' });
  if (one === two) return refuse({ type: 'tanda_swap_same' });
  const agreed = [one, two].every((who) => typeof who === 'number' && swap.consents.includes(who));
  if (!agreed || one === undefined || two === undefined) return refuse({ type: 'tanda_swap_needs_both' });
  const [first, second] = swap.rounds;
  return accept(turns.map((who, at) => (at === first - 1 ? two : at === second - 1 ? one : who)));
};
