import type { Closed, ClosingRefusal, Payout } from '../../domain/closing/close-cycle.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import { type Say, say } from '../say.ts';
import type { OfficerTurn } from '../turn.ts';
import { notShared } from './capital.ts';
import { type ClosingWay, closeBy, wayOf } from './closing-way.ts';
import { memberById } from './list-draft.ts';
import { lossOf } from './loan-loss.ts';
import { interestPaidBy } from './out-plan.ts';
import { payoutParts } from './payout-parts.ts';

/** The group's money shared out by that way; refused where somebody owes more than she gets. */
export const closedBy = (
  turn: OfficerTurn,
  facts: ClosingFacts,
  way: ClosingWay,
): Result<Closed, ClosingRefusal> => {
  const { company, group } = turn.speaker;
  const boxes = { own: group.ownCash.minor, loans: group.loanCash.minor };
  return closeBy(turn, way, {
    members: company.desk.roster.map((member) => ({
      id: member.id,
      saved: member.saved.minor,
      loans: member.loans,
      interestPaid: interestPaidBy(facts, member.id),
      fined: member.fined.minor,
    })),
    book: { ...facts, boxes },
  });
};

/** Without its sign. */
export const amount = (turn: OfficerTurn, minor: bigint): Money =>
  money(minor < 0n ? -minor : minor, turn.speaker.group.currency);

/** What one member gets. */
export const payoutLine = (turn: OfficerTurn, payout: Payout): Say => {
  const member = memberById(turn, payout.memberId);
  return say('closing.line', {
    name: member.name,
    cash: amount(turn, payout.cash),
    parts: payoutParts(payout, turn.speaker.group.currency),
  });
};

/** What is paid out in all, why equal parts are not quite equal, and what is left over. */
export const totals = (
  turn: OfficerTurn,
  { payouts, residue, fromLoanBox }: Closed,
  way: ClosingWay | undefined = wayOf(turn),
): Say[] => {
  const coin = turn.speaker.group.rules.cashUnitMinor;
  const total = payouts.reduce((all, payout) => all + payout.cash, 0n);
  return [
    say('closing.total', { total: amount(turn, total) }),
    ...(way === 'equal-profit' && isOneCoinApart(payouts, coin)
      ? [say('closing.coins', { coin: amount(turn, coin) })]
      : []),
    ...(residue > 0n ? [say('closing.residue', { residue: amount(turn, residue) })] : []),
    ...betweenBoxes(turn, fromLoanBox),
    ...notShared(turn, fromLoanBox),
  ];
};

/** What a count of the loan box had over or lacked changes boxes with the closing: it is said, so that somebody moves it. */
const betweenBoxes = (turn: OfficerTurn, over: bigint): Say[] => {
  if (over === 0n) return [];
  return [say(over > 0n ? 'closing.from-loan-box' : 'closing.into-loan-box', { moved: amount(turn, over) })];
};

/** Equal parts of what was earned, but for a coin that is not enough for all. A loss is borne by savings. */
const isOneCoinApart = (payouts: readonly Payout[], coin: bigint): boolean => {
  const gains = payouts.map(({ gain }) => gain);
  return gains.every((gain) => gain >= 0n) && gains.some((gain) => gain + coin === gains[0]);
};

/** Why it cannot be closed so. */
export const refusalLines = (turn: OfficerTurn, refusal: ClosingRefusal): Say[] =>
  refusal.type === 'owes_more' ? shortLines(turn, refusal) : [notYet(turn, refusal)];

const notYet = (turn: OfficerTurn, refusal: Exclude<ClosingRefusal, { type: 'owes_more' }>): Say =>
  refusal.type === 'nothing_saved'
    ? say('refusal.nothing_saved')
    : say('refusal.loan_box_short', { short: amount(turn, refusal.short) });

/**
 * What she owes and why it is not covered; and what would be given up, by the same reckoning as when it is voted on: who never pays
 * has no part of what was earned, so the two differ by that part.
 */
const shortLines = (turn: OfficerTurn, refusal: Extract<ClosingRefusal, { type: 'owes_more' }>): Say[] => {
  const { owed, gain, short } = refusal;
  const member = memberById(turn, refusal.memberId);
  const loss = lossOf(turn, member);
  const givenUp = loss?.ok ? loss.value.owed - loss.value.paid : 0n;
  const saved = owed - gain - short;
  return [
    say('refusal.owes_more', { name: member.name, owed: amount(turn, owed) }),
    ...(saved > 0n ? [say('owes-more.saved', { saved: amount(turn, saved) })] : []),
    ...(gain === 0n
      ? []
      : [say(gain > 0n ? 'owes-more.gain' : 'owes-more.loss', { gain: amount(turn, gain) })]),
    say('owes-more.short', { short: amount(turn, short) }),
    givenUp > 0n
      ? say(gain > 0n ? 'owes-more.vote-gain' : 'owes-more.vote', { givenUp: amount(turn, givenUp) })
      : say('owes-more.vote-paid'),
  ];
};
