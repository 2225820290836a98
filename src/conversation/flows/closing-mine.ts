import { partOfEarnings } from '../../domain/closing/leaving.ts';
import { owing } from '../../domain/loan/standing.ts';
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
  const owed = owing(me.loans, on).owed.minor;
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
  const received = [...closing.interest, ...closing.lateFees].reduce((all, { minor }) => all + minor, 0n);
  const gained = closing.earnings + closing.fines + received;
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
