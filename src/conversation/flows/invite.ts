import { asId, type InviteId } from '../../domain/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';

/** A code that lies about is a way into somebody's book: it ends by itself. */
export const CODE_DAYS = 7;

/** "código": a new one for a member who is not in the chat, or is no longer, such as after a lost telephone. */
export const inviteWho = (turn: OfficerTurn): StepResult => {
  const away = unlinked(turn);
  const silent = turn.speaker.company.desk.roster.filter(({ takenBack }) => takenBack);
  if (away.length + silent.length === 0) return decide(turn, { replies: [reply([say('invite.nobody')])] });
  return decide(turn, {
    replies: [
      reply(
        [say('invite.who')],
        [
          ...away.map((member) =>
            offer(`invite:${member.id}`, say('invite.one', { name: nameAmong(turn, member) })),
          ),
          ...silent.map((member) =>
            offer(`phone:new:${member.id}`, say('new-phone.for', { name: nameAmong(turn, member) })),
          ),
          offer('no', say('choice.none')),
        ],
      ),
    ],
  });
};

/** Makes the code; what she had before opens nothing any more. It is shown once, and kept only as a keyed hash. */
export const inviteMember = (turn: OfficerTurn, id: string): StepResult => {
  const member = unlinked(turn).find((m) => m.id === id);
  if (!member) return inviteWho(turn);
  const code = turn.newCode();
  return decide(turn, {
    replies: [
      reply([
        say('invite.code', { name: nameAmong(turn, member), code }),
        say('invite.careful', { days: CODE_DAYS }),
      ]),
    ],
    events: [
      {
        type: 'invite-made',
        invite: {
          id: asId<InviteId>(turn.newId()),
          memberId: member.id,
          code,
          by: turn.speaker.me.id,
          expiresAt: turn.snapshot.now.add({ hours: 24 * CODE_DAYS }),
        },
      },
    ],
  });
};

/**
 * Whoever can be reached has her place already: a second way to it would not be hers. To whom a telephone was taken back two
 * officers open it again.
 */
const unlinked = (turn: OfficerTurn): MemberFacts[] =>
  turn.speaker.company.desk.roster.filter(
    // Who asked to be forgotten has no name left to come in by.
    ({ id, reach, isForgotten, takenBack, state }) =>
      reach.length === 0 && !isForgotten && !takenBack && state !== 'suspended' && id !== turn.speaker.me.id,
  );
