import type { Temporal } from 'temporal-polyfill';
import { add, type Money, money, smaller, subtract, sum, zero } from '../money.ts';
import { accept, type Result, refuse } from '../result.ts';
import { type Given, type GiveRefusal, give, owedBy, roundOf, type Tanda } from './rounds.ts';
import { currencyOf, roundsOf } from './terms.ts';

/** A tanda with its money: what was given for each round, and what of it lies in the box and was not handed over yet. */
export type RunningTanda = {
  readonly tanda: Tanda;
  readonly held: readonly Given[];
  /**
   * The meeting at which the last round so far was handed over, of the tanda before it while this one has handed over
   * none; undefined before the first, and when it was before this book.
   */
  readonly handedOn: Temporal.PlainDate | undefined;
};

/** What the box holds for one round. */
export const heldFor = ({ held, tanda }: RunningTanda, round: number): Money =>
  sum(
    held.filter((one) => one.round === round).map(({ amount }) => amount),
    currencyOf(tanda.terms),
  );

/** What the box holds of what one member gave for one round. */
export const heldOf = ({ held, tanda }: RunningTanda, number: number, round: number): Money =>
  sum(
    held.filter((one) => one.number === number && one.round === round).map(({ amount }) => amount),
    currencyOf(tanda.terms),
  );

/** The tanda as it was without some money of hers that is still in the box. */
export const withoutGiven = (
  { tanda, held, handedOn }: RunningTanda,
  number: number,
  rounds: readonly { readonly round: number; readonly minor: bigint }[],
): RunningTanda => {
  const currency = currencyOf(tanda.terms);
  const less = (given: readonly Given[]): Given[] => [
    ...given,
    ...rounds.map(({ round, minor }) => ({ number, round, amount: money(-minor, currency) })),
  ];
  return { tanda: { ...tanda, given: less(tanda.given) }, held: less(held), handedOn };
};

/** What of a round has left the box, to who received it and as the organiser's fee. */
export const handedOf = (running: RunningTanda, round: number): Money =>
  subtract(roundOf(running.tanda, round).collected, heldFor(running, round));

/** How many rounds were handed over, whole or with something missing. */
export const roundsHanded = (running: RunningTanda): number => {
  let round = 0;
  while (round < roundsOf(running.tanda.terms) && handedOf(running, round + 1).minor > 0n) round += 1;
  return round;
};

/** The round that is collected now; undefined when every one was handed over. */
export const currentRound = (running: RunningTanda): number | undefined => {
  const next = roundsHanded(running) + 1;
  return next <= roundsOf(running.tanda.terms) ? next : undefined;
};

/** Whether the current round is collected at the meeting of that day: one round a meeting, and not before its turn. */
export const isCurrentDue = ({ handedOn }: RunningTanda, meetingOn: Temporal.PlainDate): boolean =>
  handedOn === undefined || handedOn.until(meetingOn).days > 0;

/** What a member is to bring at one meeting: her part of the round that is collected then, and what she missed before. */
export const turnDueAt = (running: RunningTanda, number: number, meetingOn: Temporal.PlainDate): Money => {
  if (!takesPart(running, number)) return zero(currencyOf(running.tanda.terms));
  const current = currentRound(running);
  const now = current !== undefined && isCurrentDue(running, meetingOn) ? [current] : [];
  return [...missedRounds(running, number), ...now]
    .map((round) => owedBy(running.tanda, number, round))
    .reduce(add, zero(currencyOf(running.tanda.terms)));
};

export const takesPart = ({ tanda }: RunningTanda, number: number): boolean =>
  tanda.terms.members.some((member) => member.number === number);

/** The rounds that were handed over without her whole part, oldest first. */
export const missedRounds = (running: RunningTanda, number: number): number[] =>
  roundsUpTo(roundsHanded(running)).filter((round) => owedBy(running.tanda, number, round).minor > 0n);

/**
 * Which rounds a member's money is for: the one that is collected at that meeting, then the ones she missed, oldest
 * first, then those to come. So who missed one round makes one woman wait, and not each one after her. Refused: who is
 * not in it, nothing, or more than she owes until the last round.
 */
export const spread = (
  running: RunningTanda,
  who: { readonly number: number; readonly amount: Money; readonly meetingOn: Temporal.PlainDate },
): Result<readonly Given[], GiveRefusal> => {
  if (!takesPart(running, who.number)) return refuse({ type: 'tanda_not_in' });
  if (who.amount.minor <= 0n) return refuse({ type: 'nothing_paid' });
  let left = who.amount;
  let after = running.tanda;
  const given: Given[] = [];
  for (const round of roundsInOrder(running, who.number, who.meetingOn)) {
    const part = { number: who.number, round, amount: smaller(left, owedBy(after, who.number, round)) };
    if (part.amount.minor === 0n) continue;
    const next = give(after, part);
    if (!next.ok) return next;
    after = next.value;
    left = subtract(left, part.amount);
    given.push(part);
  }
  return left.minor > 0n
    ? refuse({ type: 'more_than_owed', owed: subtract(who.amount, left) })
    : accept(given);
};

const roundsInOrder = (
  running: RunningTanda,
  number: number,
  meetingOn: Temporal.PlainDate,
): readonly number[] => {
  const current = currentRound(running);
  const first = current !== undefined && isCurrentDue(running, meetingOn) ? [current] : [];
  const missed = missedRounds(running, number);
  const coming = roundsUpTo(roundsOf(running.tanda.terms)).filter(
    (round) => round > roundsHanded(running) && !first.includes(round),
  );
  return [...first, ...missed, ...coming];
};

/** The rounds from the first to this one. */
export const roundsUpTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
