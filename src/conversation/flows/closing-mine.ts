import { partOfEarnings } from '../../domain/closing/leaving.ts';
import { poolOf } from '../../domain/closing/pool.ts';
import { settlement } from '../../domain/loan/standing.ts';
import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn, needs, todayOf } from '../turn.ts';
import { interestPaidBy } from './out-plan.ts';
import { payoutParts } from './payout-parts.ts';

/**
 * "Si cerráramos hoy", of a member: her own line as it would be if she left today, and what all have together. The others'
 * lines are theirs, and so is what they owe: interest of theirs counts once it is paid.
 * Where the cycle closes by lots, or the group is a tanda, nobody can say it beforehand.
 */
export const myClosing = (turn: MemberTurn): StepResult | undefined => {
  const { me, group, extra } = turn.speaker;
  if (group.tanda || group.rules.closing === 'lots') return undefined;
  const { closing } = extra;
  if (!closing) return needs({ type: 'closing' });
  const on = todayOf(turn);
  const earned = partOfEarnings(
    me.id,
    {
      members: closing.members.map(({ id, saved }) => ({
        id,
        saved,
        loans: id === me.id ? me.loans : [],
        interestPaid: interestPaidBy(closing, id),
      })),
      book: closing,
    },
    { rules: group.rules, on },
  );
  if (!earned.ok) return decide(turn, { replies: [reply([say('closing.mine-unknown')])] });
  // As the closing takes it off: interest that lies ahead is not asked for, and a lender's loan goes on.
  const debts = group.rules.product === 'savings-group' ? settlement(me.loans, on) : [];
  const owed = debts.reduce((all, debt) => all + debt.principal + debt.interest + debt.fee, 0n);
  const fined = me.fined.minor;
  const cash = me.saved.minor + earned.value - owed - fined;
  const parts = payoutParts(
    {
      memberId: me.id,
      savings: me.saved.minor,
      gift: 0n,
      gain: earned.value,
      owed,
      fined,
      forgiven: 0n,
      cash,
    },
    group.currency,
  );
  const saved = closing.members.reduce((all, one) => all + one.saved, 0n);
  // Of loans of a lender's the interest is the lender's.
  const gained = poolOf(closing.members, closing, group.rules) - saved;
  return decide(turn, {
    replies: [
      reply(
        [
          cash < 0n
            ? say('closing.mine-owes', { date: on, amount: money(-cash, group.currency), parts })
            : say('closing.mine', { date: on, amount: money(cash, group.currency), parts }),
          say('closing.mine-all', {
            saved: money(saved, group.currency),
            gained: money(gained, group.currency),
          }),
        ],
        [offer('ask:savings', say('menu.savings')), offer('ask:person', say('menu.person'))],
      ),
    ],
  });
};
