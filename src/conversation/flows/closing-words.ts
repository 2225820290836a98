import type { Closed, ClosingRefusal, Payout } from '../../domain/closing/close-cycle.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import { type Say, say } from '../say.ts';
import type { OfficerTurn } from '../turn.ts';
import { notShared } from './capital.ts';
import { type ClosingWay, closeBy } from './closing-way.ts';
import { memberById } from './list-draft.ts';
import { interestPaidBy } from './out-plan.ts';
import { payoutParts } from './payout-parts.ts';

/** The group's money shared out by that way; refused where somebody owes more than she gets. */
export const closedBy = (
  turn: OfficerTurn,
  facts: ClosingFacts,
  way: ClosingWay,
): Result<Closed, ClosingRefusal> => {
  const { company } = turn.speaker;
  return closeBy(turn, way, {
    members: company.desk.roster.map((member) => ({
      id: member.id,
      saved: member.saved.minor,
      loans: member.loans,
      interestPaid: interestPaidBy(facts, member.id),
      fined: member.fined.minor,
    })),
    book: facts,
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

/** What is paid out in all, and what is left over. */
export const totals = (turn: OfficerTurn, { payouts, residue }: Closed): Say[] => {
  const total = payouts.reduce((all, payout) => all + payout.cash, 0n);
  return [
    say('closing.total', { total: amount(turn, total) }),
    ...(residue > 0n ? [say('closing.residue', { residue: amount(turn, residue) })] : []),
    ...notShared(turn),
  ];
};

/** Why it cannot be closed so. */
export const refusalText = (turn: OfficerTurn, refusal: ClosingRefusal): Say => {
  switch (refusal.type) {
    case 'owes_more':
      return say('refusal.owes_more', {
        name: memberById(turn, refusal.memberId).name,
        short: amount(turn, refusal.short),
      });
    case 'nothing_saved':
      return say('refusal.nothing_saved');
  }
};
