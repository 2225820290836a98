import { firstName } from '../../domain/group.ts';
import { type AddressId, asId, type InviteId, type SecondWordId } from '../../domain/ids.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { PhonePerson, PhoneWord, StaffTelephones } from '../telephone-facts.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { CODE_DAYS } from './invite.ts';

/** The first word of two: another one of the staff is asked for hers, by number alone. */
export const phoneVouch = (
  turn: StaffTurn,
  member: PhonePerson,
  addressId: AddressId | undefined,
): StepResult => {
  const { all, staffId, programmeId } = turn.staff;
  if (!all) return needs({ type: 'staff' });
  const others = all.filter((one) => one.id !== staffId && one.reach.length > 0);
  if (others.length === 0) return decide(turn, { replies: [reply([say('phones.nobody')])] });
  const id = asId<SecondWordId>(turn.newId());
  return decide(turn, {
    groupId: member.groupId,
    events: [
      { type: 'phone-vouched', id, programmeId, memberId: member.memberId, by: staffId, addressId },
      lookedAt(turn, member, 'telephone-vouched'),
    ],
    notices: tell(
      others,
      'help',
      reply(
        [say(addressId ? 'phones.waits-known' : 'phones.waits', numbered(member))],
        [offer(`phones:word:${id}`, say('phones.open'))],
      ),
    ),
    replies: [reply([say('phones.asked')])],
  });
};

/** The second word: a code for her new telephone, and nothing else has changed; or the one she wrote from opens again. */
export const phoneYes = (turn: StaffTurn, word: PhoneWord): StepResult => {
  const { member, by, addressId } = word;
  const { staffId, programmeId, name: own } = turn.staff;
  if (by.id === staffId) return decide(turn, { replies: [reply([say('phones.other-person')])] });
  if (!turn.staff.all) return needs({ type: 'staff' });
  const name = firstName(member.contact.name);
  const said = [
    { type: 'phone-said', id: word.id, programmeId, by: staffId, state: 'done' },
    lookedAt(turn, member, 'telephone-said'),
  ] as const;
  const others = member.officers.filter(({ id }) => id !== member.memberId);
  if (addressId)
    return decide(turn, {
      groupId: member.groupId,
      events: [...said, { type: 'address-trusted', memberId: member.memberId, addressId }],
      notices: tell([member.contact], 'telephone', reply([say('silent.back')])),
      replies: [reply([say('silent.thanks', { name })])],
    });
  const code = turn.newCode();
  const expiresAt = turn.snapshot.now.add({ hours: 24 * CODE_DAYS });
  const invite = {
    id: asId<InviteId>(word.id),
    memberId: member.memberId,
    code,
    by: others.find(({ memberId }) => memberId === by.id)?.memberId ?? staffId,
    expiresAt,
  };
  return decide(turn, {
    groupId: member.groupId,
    events: [...said, { type: 'invite-made', invite }],
    notices: [
      ...tell(others, 'answer', reply([say('phones.agreed', { name: firstName(own), whose: name })])),
      ...tell(
        turn.staff.all.filter(({ id }) => id === by.id),
        'help',
        reply([say('phones.agreed-staff', { name: firstName(own), ...numbered(member) })]),
      ),
    ],
    replies: [
      reply([
        say('invite.code', { name, code }),
        say('invite.careful', { days: CODE_DAYS }),
        say('new-phone.day'),
      ]),
    ],
  });
};

export const phoneNo = (turn: StaffTurn, { id, member }: PhoneWord): StepResult => {
  const { staffId: by, programmeId, name } = turn.staff;
  return decide(turn, {
    groupId: member.groupId,
    events: [
      { type: 'phone-said', id, programmeId, by, state: 'refused' },
      lookedAt(turn, member, 'telephone-refused'),
    ],
    notices: tell(
      member.officers.filter((officer) => officer.id !== member.memberId),
      'answer',
      reply([say('phones.refused', { name: firstName(name), whose: firstName(member.contact.name) })]),
    ),
    replies: [reply([say('second.left')])],
  });
};

/** It was her own telephone that said no: it opens again, and the new one is nobody's. */
export const phoneStop = (turn: StaffTurn, { id, member }: StaffTelephones['resting'][number]): StepResult =>
  decide(turn, {
    groupId: member.groupId,
    events: [
      { type: 'recovery-ended', id, memberId: member.memberId, state: 'stopped' },
      lookedAt(turn, member, 'telephone-stopped'),
    ],
    notices: [
      ...tell([member.contact], 'telephone', reply([say('silent.back')])),
      ...tell(
        member.officers.filter((officer) => officer.id !== member.memberId),
        'join',
        reply([
          say('phones.stopped-officers', {
            name: firstName(turn.staff.name),
            whose: firstName(member.contact.name),
          }),
        ]),
      ),
    ],
    replies: [reply([say('phones.stopped')])],
  });

/** By number and group: it is read over a shoulder. */
export const numbered = ({ number, groupName }: PhonePerson) => ({ number, group: groupName });

/** That somebody was shown a name, or said something of a telephone, is written down. */
export const lookedAt = (
  turn: StaffTurn,
  { memberId }: Pick<PhonePerson, 'memberId'>,
  action: string,
): DomainEvent => ({
  type: 'audited',
  by: turn.staff.staffId,
  action,
  subject: `member/${memberId}`,
});
