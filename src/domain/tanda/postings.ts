import type { MemberId } from '../ids.ts';
import type { Account } from '../ledger/account.ts';
import type { Posting } from '../ledger/entry.ts';
import type { Handover } from './handover.ts';
import { type Given } from './rounds.ts';
import type { RunningTanda } from './running.ts';

/** The box of a tanda: the members' own money, and no fund that lends. */
const BOX = 'cash/savings-pot';

/** What one member gave for one round and was not handed over yet. */
const roundAccount = (round: number, member: MemberId): Account => `round/${round}/${member}`;

/** Books what a member gives, round by round. */
export const givenPostings = (member: MemberId, given: readonly Given[]): Posting[] =>
  given.map(({ round, amount }) => ({
    debit: BOX,
    credit: roundAccount(round, member),
    amountMinor: amount.minor,
  }));

const ROUND = /^round\/(\d+)\//;

/** What an entry of a member's gave, round by round. */
export const roundsGiven = (
  postings: readonly Posting[],
): { readonly round: number; readonly minor: bigint }[] =>
  postings.flatMap(({ credit, amountMinor }) => {
    const round = ROUND.exec(credit)?.[1];
    return round === undefined ? [] : [{ round: Number(round), minor: amountMinor }];
  });

/**
 * Books money of a round that leaves the box: what who receives is handed, and apart from it what the organiser is given.
 * It is taken from each one's part in the order of the roster; together they are all that the box holds of the round.
 *
 * @param idOf whose number it is on the roster
 */
export const handoverPostings = (
  running: RunningTanda,
  handover: Handover,
  idOf: (number: number) => MemberId,
): { readonly payout: Posting[]; readonly fee: Posting[] } => {
  let forHer = handover.amount.minor;
  const payout: Posting[] = [];
  const fee: Posting[] = [];
  const held = running.held
    .filter(({ round, amount }) => round === handover.round && amount.minor > 0n)
    .toSorted((a, b) => a.number - b.number);
  for (const { number, amount } of held) {
    const hers = amount.minor < forHer ? amount.minor : forHer;
    const account = roundAccount(handover.round, idOf(number));
    if (hers > 0n) payout.push({ debit: account, credit: BOX, amountMinor: hers });
    if (amount.minor > hers) fee.push({ debit: account, credit: BOX, amountMinor: amount.minor - hers });
    forHer -= hers;
  }
  return { payout, fee };
};

/** Books all that the box still holds as it leaves it: a tanda that ends early gives it back. */
export const heldPostings = (held: readonly Given[], idOf: (number: number) => MemberId): Posting[] =>
  held
    .filter(({ amount }) => amount.minor > 0n)
    .map(({ number, round, amount }) => ({
      debit: roundAccount(round, idOf(number)),
      credit: BOX,
      amountMinor: amount.minor,
    }));
