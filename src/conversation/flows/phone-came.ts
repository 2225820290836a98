import { firstName } from '../../domain/group.ts';
import type { InviteFacts } from '../invite-facts.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/**
 * A new telephone wrote the code that two officers had made. It waits for a day and is told of nobody; the old one hears of it
 * and may say no.
 */
export const phoneCame = (
  turn: Turn,
  invite: InviteFacts,
  { id, member, held }: NonNullable<InviteFacts['recovers']>,
): StepResult => {
  const { address, speaker } = turn.snapshot;
  // From a telephone of hers there is nothing to change, and a second one waits for the first.
  const isHers = member.reach.some(({ addressId }) => addressId === address.id);
  if (isHers || held) return decide(turn, { replies: [reply([say('new-phone.not-this')])] });
  const officers = invite.officers.filter((officer) => officer.id !== member.id);
  return decide(turn, {
    groupId: invite.groupId,
    wrongCode: 'forgiven',
    ...(speaker.type === 'member' ? {} : { language: turn.language }),
    events: [
      { type: 'invite-used', inviteId: invite.id },
      { type: 'recovery-begun', id },
    ],
    notices: [
      ...tell(
        [member],
        'telephone',
        reply([say('new-phone.old')], [offer(`phone:no:${member.id}`, say('new-phone.no'))]),
      ),
      ...tell(officers, 'join', reply([say('new-phone.came', { name: firstName(member.name) })])),
    ],
    replies: [reply([say('new-phone.wait')])],
  });
};
