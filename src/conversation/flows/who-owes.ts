import { sumText } from '../parts.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { currentMeeting, dueOf, type OfficerTurn } from '../turn.ts';

/**
 * "¿Quién debe?": each member with what she still has to give at this meeting, what is overdue among it.
 *
 * @returns undefined when nobody owes anything
 */
export const whoOwes = (turn: OfficerTurn): Reply | undefined => {
  const on = currentMeeting(turn);
  const owing = turn.speaker.company.desk.roster
    .map((member) => ({ member, due: dueOf(turn, member, on) }))
    .filter(({ due }) => due.total.minor > 0n);
  if (owing.length === 0) return undefined;
  return reply(
    [
      say('pending.none'),
      say('owes.title', { date: on }),
      ...owing.map(({ member, due }) => say('owes.line', { name: member.name, sum: [sumText(due)] })),
    ],
    [
      ...(owing.some(({ due }) => due.loan.minor > 0n) ? [offer('cover', say('owes.cover'))] : []),
      offer('record', say('menu.record')),
    ],
  );
};
