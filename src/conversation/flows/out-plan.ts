import type { Temporal } from 'temporal-polyfill';
import { boxFrom } from '../../domain/box-days.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Pot } from '../../domain/ledger/account.ts';
import { mainPot } from '../../domain/meeting.ts';
import { type Money, money } from '../../domain/money.ts';
import {
  type LeavingFacts,
  type MoneyOut,
  type OutKind,
  type OutRefusal,
  planMoneyOut,
} from '../../domain/money-out.ts';
import type { Result } from '../../domain/result.ts';
import { takesPart } from '../../domain/tanda/running.ts';
import { hersOf, leftIn, lentTo, takenFrom, totalOf, type Underway } from '../../domain/underway.ts';
import { freeToWithdraw } from '../../domain/withdrawal.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { MoneyOutFacts } from '../money-out-facts.ts';
import type { StepResult } from '../outcome.ts';
import { receivedOn } from '../received-on.ts';
import { type Say, say } from '../say.ts';
import { type AskTurn, isPast, type MemberTurn, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { savedBy } from './loan-eligible.ts';
import { payoutParts } from './payout-parts.ts';

/** Money that is to leave the box, before it is worked out. `asked` is not used where somebody leaves. */
export type Asked = {
  /** Of one that an officer has proposed already: it does not stand in its own way. */
  readonly id?: string;
  readonly kind: OutKind;
  readonly member: MemberFacts | undefined;
  readonly asked: Money;
  /** What an expense was for. */
  readonly words?: string | undefined;
  /** The past meeting at which it changed hands, when it is written down later. */
  readonly on?: Temporal.PlainDate | undefined;
};

/**
 * What the book would say of it now, or why not; undefined while facts are needed for it: `outNeeds` asks for them. Of a past
 * meeting no more leaves a box than it held on that day and on every day since, nor more of her savings than she had by then.
 */
export const planOut = (
  turn: AskTurn,
  { id, kind, member, asked, on }: Asked,
): Result<MoneyOut, OutRefusal> | undefined => {
  const { group, extra } = turn.speaker;
  const { rules } = group;
  const underway = group.underway.filter((one) => one.id !== id);
  if (kind === 'leaving' && !extra.closing) return undefined;
  if (on && !extra.boxMoves) return undefined;
  const leftOf = (pot: Pot, now: Money) => leftIn(pot, leastIn(turn, { pot, now, on }), { underway, rules });
  return planMoneyOut(kind, asked, {
    facts: {
      member: on && member ? { ...member, saved: savedBy(member, on) } : member,
      onItsWay: money(member ? onItsWay(kind, member, underway) : 0n, group.currency),
      cash: leftOf(mainPot(rules), group.ownCash),
      socialCash: leftOf('social-fund', group.socialCash),
      loanCash: leftOf('loan-fund', group.loanCash),
      lender: group.lender,
      leaving: member && extra.closing && leavingFacts(turn, extra.closing, member),
    },
    rules,
    on: todayOf(turn),
  });
};

/** The most of her savings that a member may take out on a day, where the rules let her. */
export const hersToTake = (turn: AskTurn, member: MemberFacts, on: Temporal.PlainDate): Money => {
  const { rules, underway, ownCash, currency } = turn.speaker.group;
  const cash = leftIn(mainPot(rules), ownCash, { underway, rules });
  return freeToWithdraw(
    { member, cash, onItsWay: money(onItsWay('withdrawal', member, underway), currency) },
    { rules, on },
  );
};

/** What a box holds, or of a past day the least that it held from then on. */
const leastIn = (
  { speaker: { extra } }: AskTurn,
  { pot, now, on }: { readonly pot: Pot; readonly now: Money; readonly on: Temporal.PlainDate | undefined },
): Money =>
  on
    ? boxFrom(
        now,
        (extra.boxMoves ?? []).filter((move) => move.pot === pot),
        on,
      ).least
    : now;

/** Asks for what `planOut` was not given. */
export const outNeeds = ({ kind }: Pick<Asked, 'kind'>): StepResult =>
  needs({ type: kind === 'leaving' ? 'closing' : 'counted' });

/** The day it is booked on, where that is a past one: undefined for today. 'unknown': ask for `counted`. */
export const pastDayOf = (
  turn: MemberTurn,
  { heldOn }: Pick<MoneyOutFacts, 'heldOn'>,
): Temporal.PlainDate | undefined | 'unknown' => {
  if (!heldOn || !isPast(turn, heldOn)) return undefined;
  const on = receivedOn(turn, heldOn);
  if (!on) return 'unknown';
  return on.equals(todayOf(turn)) ? undefined : on;
};

/** "Reunión del martes 10 de noviembre.", where it is a past one. */
export const ofMeeting = (on: Temporal.PlainDate | undefined): Say[] =>
  on ? [say('past.of', { date: on })] : [];

/** Help from the emergency pot stands in the way of nothing but of leaving. */
const onItsWay = (kind: OutKind, { id }: MemberFacts, underway: readonly Underway[]): bigint =>
  kind === 'leaving' ? totalOf(hersOf(id, underway)) : lentTo(id, underway) + takenFrom(id, underway);

const leavingFacts = (turn: AskTurn, closing: ClosingFacts, leaver: MemberFacts): LeavingFacts => {
  const own = closing.members.find(({ id }) => id === leaver.id);
  const running = turn.speaker.group.tanda?.running;
  return {
    members: closing.members.map(({ id, saved }) => ({
      id,
      saved,
      loans: id === leaver.id ? leaver.loans : [],
      interestPaid: interestPaidBy(closing, id),
    })),
    book: closing,
    coverOwed: money(own?.coverOwed ?? 0n, turn.speaker.group.currency),
    coveredOwed: money(own?.coveredOwed ?? 0n, turn.speaker.group.currency),
    isWaited: own?.isWaited ?? false,
    isInTanda: running !== undefined && takesPart(running, leaver.number),
  };
};

/** Interest that a member paid in this cycle, in minor units. */
export const interestPaidBy = ({ interest }: ClosingFacts, member: MemberId): bigint =>
  interest.filter((loan) => loan.memberId === member).reduce((all, loan) => all + loan.minor, 0n);

/** "Retiro de ahorro de Ana: $200.00": what it is for, whose, and how much. */
export const outLine = ({ kind, member, words }: Asked, { amount, payout }: MoneyOut): Say => {
  const name = member?.name ?? '';
  switch (kind) {
    case 'expense':
      return words === undefined
        ? say('out-line.expense', { amount })
        : say('out-line.expense-for', { amount, words });
    case 'capital-in':
    case 'capital-back':
      return say(`out-line.${kind}`, { amount });
    case 'leaving':
      return say('out-line.leaving', {
        amount,
        name,
        parts: payout ? payoutParts(payout, amount.currency) : [],
      });
    case 'withdrawal':
    case 'grant':
      return say(`out-line.${kind}`, { amount, name });
  }
};

/** One member and one amount, and nothing that is not understood. */
export const oneIn = (turn: OfficerTurn, text: string): Pick<Asked, 'member' | 'asked'> | undefined => {
  const { items, clarify, unknown, ambiguous } = turn.read(text);
  const [item, ...more] = items;
  const member = turn.speaker.company.desk.roster.find((one) => one.number === item?.member);
  const unclear = clarify || unknown.length + ambiguous.length + more.length > 0;
  if (!member || item?.amountMinor === undefined || unclear) return undefined;
  return { member, asked: money(item.amountMinor, turn.speaker.group.currency) };
};
