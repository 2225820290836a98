import { asId, type InviteId } from '../../domain/ids.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';

/** A code that lies about is a way into somebody's book: it ends by itself. */
const VALID_DAYS = 7;

/** "código": a new one for a member who is not in the chat, or is no longer, such as after a lost telephone. */
export const inviteWho = (turn: OfficerTurn): StepResult => {
  const away = unlinked(turn);
  if (away.length === 0) return decide(turn, { replies: [reply([say('invite.nobody')])] });
  return decide(turn, {
    replies: [
      reply(
        [say('invite.who')],
        [
          ...away.map((member) =>
            offer(`invite:${member.id}`, say('invite.one', { name: nameAmong(turn, member) })),
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
        say('invite.careful', { days: VALID_DAYS }),
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
          expiresAt: turn.snapshot.now.add({ hours: 24 * VALID_DAYS }),
        },
      },
    ],
  });
};

/** Whoever can be reached has her place already: a second way to it would not be hers. */
const unlinked = (turn: OfficerTurn): MemberFacts[] =>
  turn.speaker.company.desk.roster.filter(
    // Who asked to be forgotten has no name left to come in by.
    ({ id, reach, isForgotten }) => reach.length === 0 && !isForgotten && id !== turn.speaker.me.id,
  );
