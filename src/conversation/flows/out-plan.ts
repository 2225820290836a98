import type { MemberId } from '../../domain/ids.ts';
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
import { hersOf, leftIn, lentTo, takenFrom, totalOf, type Underway } from '../../domain/underway.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import type { MemberFacts } from '../member-facts.ts';
import { type Say, say } from '../say.ts';
import { type MemberTurn, type OfficerTurn, todayOf } from '../turn.ts';
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
};

/** What the book would say of it now, or why not; undefined while facts of the closing are needed for it. */
export const planOut = (
  turn: MemberTurn,
  { id, kind, member, asked }: Asked,
): Result<MoneyOut, OutRefusal> | undefined => {
  const { group, extra } = turn.speaker;
  const { rules } = group;
  const underway = group.underway.filter((one) => one.id !== id);
  if (kind === 'leaving' && !extra.closing) return undefined;
  return planMoneyOut(kind, asked, {
    facts: {
      member,
      onItsWay: money(member ? onItsWay(kind, member, underway) : 0n, group.currency),
      cash: leftIn(mainPot(rules), group.ownCash, { underway, rules }),
      socialCash: leftIn('social-fund', group.socialCash, { underway, rules }),
      loanCash: leftIn('loan-fund', group.loanCash, { underway, rules }),
      lender: group.lender,
      leaving: member && extra.closing && leavingFacts(turn, extra.closing, member),
    },
    rules,
    on: todayOf(turn),
  });
};

/** Help from the emergency pot stands in the way of nothing but of leaving. */
const onItsWay = (kind: OutKind, { id }: MemberFacts, underway: readonly Underway[]): bigint =>
  kind === 'leaving' ? totalOf(hersOf(id, underway)) : lentTo(id, underway) + takenFrom(id, underway);

const leavingFacts = (turn: MemberTurn, closing: ClosingFacts, leaver: MemberFacts): LeavingFacts => {
  const own = closing.members.find(({ id }) => id === leaver.id);
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
