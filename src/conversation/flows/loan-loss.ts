import { type Loss, type LossRefusal, planLoss } from '../../domain/closing/write-off.ts';
import type { Result } from '../../domain/result.ts';
import type { MemberFacts } from '../member-facts.ts';
import { type OfficerTurn, todayOf } from '../turn.ts';

/**
 * What would become of her loans if the group gave them up today: one reckoning for whoever tells of it. Undefined while the
 * closing's facts are not known: ask for `closing`.
 */
export const lossOf = (turn: OfficerTurn, member: MemberFacts): Result<Loss, LossRefusal> | undefined => {
  const { extra, group } = turn.speaker;
  return (
    extra.closing &&
    planLoss(
      { saved: member.saved.minor, loans: member.loans },
      { outsideCapital: extra.closing.outsideCapital, ownBox: group.ownCash.minor },
      { rules: group.rules, on: todayOf(turn) },
    )
  );
};
