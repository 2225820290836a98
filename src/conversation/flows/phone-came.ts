import { firstName } from '../../domain/group.ts';
import type { InviteFacts } from '../invite-facts.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/**
 * A new telephone wrote the code that two had made. It waits for a day and is told of nobody; the old one hears of it and may say
 * no. Where it said no to another one lately it hears nothing, and rests: one of the staff has seen her since.
 */
export const phoneCame = (
  turn: Turn,
  invite: InviteFacts,
  { id, member, number, held, contested, staff }: NonNullable<InviteFacts['recovers']>,
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
      { type: 'recovery-begun', id, contested },
    ],
    notices: [
      ...tell(
        contested ? [] : [member],
        'telephone',
        reply([say('new-phone.old')], [offer(`phone:no:${member.id}`, say('new-phone.no'))]),
      ),
      ...tell(
        officers,
        'join',
        reply([say(contested ? 'new-phone.came-rests' : 'new-phone.came', { name: firstName(member.name) })]),
      ),
      ...tell(
        staff,
        'help',
        reply(
          [say(contested ? 'phones.came-rests' : 'phones.came', { number, group: invite.groupName })],
          contested ? [offer(`phones:rest:${id}`, say('phones.open'))] : [],
        ),
      ),
    ],
    replies: [reply([say('new-phone.wait')])],
  });
};
