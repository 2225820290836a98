import { type Say, say } from '../say.ts';
import type { MemberSpeaker } from '../snapshot.ts';

type Hers = Pick<MemberSpeaker, 'me' | 'group'>;

/** What she owes besides a loan: fines, and her companions what they paid for her; and what they owe her. */
export const coverStanding = (hers: Hers): Say[] => {
  const { me, group } = hers;
  return [
    ...(me.fined.minor > 0n ? [say('loan.fine', { amount: me.fined })] : []),
    ...coverToGiveBack(hers),
    ...(me.coverDue.minor > 0n
      ? [say(group.tanda ? 'covers.due-tanda' : 'covers.due', { owed: me.coverDue })]
      : []),
  ];
};

/** What she owes them, alone. */
export const coverToGiveBack = ({ me, group }: Hers): Say[] =>
  me.coverOwed.minor > 0n
    ? [say(group.tanda ? 'covers.owed-tanda' : 'covers.owed', { owed: me.coverOwed })]
    : [];

/** What she owes when she has no loan: nothing, or fines and what others paid for her. */
export const withoutLoan = (hers: Hers): Say[] => {
  if (hers.me.coverOwed.minor === 0n && hers.me.fined.minor === 0n) return [say('loan.none')];
  return [...coverStanding(hers), ...(hers.group.tanda ? [] : [say('covers.no-loan')])];
};
