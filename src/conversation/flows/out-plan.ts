import type { MemberId } from '../../domain/ids.ts';
import { type Money, money } from '../../domain/money.ts';
import {
  type LeavingFacts,
  type MoneyOut,
  type OutKind,
  type OutRefusal,
  planMoneyOut,
} from '../../domain/money-out.ts';
import type { Result } from '../../domain/result.ts';
import { type Say, say } from '../say.ts';
import type { ClosingFacts, MemberFacts } from '../snapshot.ts';
import { type MemberTurn, todayOf } from '../turn.ts';
import { payoutParts } from './payout-parts.ts';

/** Money that is to leave the box, before it is worked out. `asked` is not used where somebody leaves. */
export type Asked = {
  readonly kind: OutKind;
  readonly member: MemberFacts | undefined;
  readonly asked: Money;
};

/** What the book would say of it now, or why not; undefined while facts of the closing are needed for it. */
export const planOut = (
  turn: MemberTurn,
  { kind, member, asked }: Asked,
): Result<MoneyOut, OutRefusal> | undefined => {
  const { group, extra } = turn.speaker;
  if (kind === 'leaving' && !extra.closing) return undefined;
  return planMoneyOut(kind, asked, {
    facts: {
      member,
      cash: group.ownCash,
      socialCash: group.socialCash,
      leaving: member && extra.closing && leavingFacts(turn, extra.closing, member),
    },
    rules: group.rules,
    on: todayOf(turn),
  });
};

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
    isWaited: own?.isWaited ?? false,
  };
};

/** Interest that a member paid in this cycle, in minor units. */
export const interestPaidBy = ({ interest }: ClosingFacts, member: MemberId): bigint =>
  interest.filter((loan) => loan.memberId === member).reduce((all, loan) => all + loan.minor, 0n);

/** "Retiro de ahorro de Ana: $200.00": what it is for, whose, and how much. */
export const outLine = ({ kind, member }: Asked, { amount, payout }: MoneyOut): Say => {
  const name = member?.name ?? '';
  switch (kind) {
    case 'expense':
      return say('out-line.expense', { amount });
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
