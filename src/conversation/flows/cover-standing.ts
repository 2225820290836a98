import { type Say, say } from '../say.ts';
import type { MemberSpeaker } from '../snapshot.ts';

type Hers = Pick<MemberSpeaker, 'me' | 'group'>;

/** What she owes her companions for what they paid for her, and what they owe her. */
export const coverStanding = ({ me, group }: Hers): Say[] => {
  const of = group.tanda ? '-tanda' : '';
  return [
    ...(me.coverOwed.minor > 0n ? [say(`covers.owed${of}`, { owed: me.coverOwed })] : []),
    ...(me.coverDue.minor > 0n ? [say(`covers.due${of}`, { owed: me.coverDue })] : []),
  ];
};

/** What she owes when she has no loan: nothing, or what others paid for her. */
export const withoutLoan = (hers: Hers): Say[] => {
  if (hers.me.coverOwed.minor === 0n) return [say('loan.none')];
  return [...coverStanding(hers), ...(hers.group.tanda ? [] : [say('covers.no-loan')])];
};
