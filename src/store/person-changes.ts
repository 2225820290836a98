import { randomUUID } from 'node:crypto';
import type { DomainEvent, MadeInvite } from '../conversation/domain-event.ts';
import { goalPlace } from './member-facts.ts';
import type { Secrets } from './secrets.ts';

/** A list of commit_changes, and one row of it. */
export type Change = readonly [list: string, row: object];

/** What changed about a person: her consent, her place, her ways in. */
export const personChange = (secrets: Secrets, event: DomainEvent): Change | undefined => {
  switch (event.type) {
    case 'consent-given':
      return [
        'consents',
        {
          id: randomUUID(),
          topic: 'book',
          given: true,
          notice_version: event.noticeVersion,
          language: event.language,
        },
      ];
    case 'invite-used':
      return ['invites', { id: event.inviteId }];
    case 'invite-made':
      return ['newInvites', newInvite(secrets, event.invite)];
    case 'member-came':
      return ['newMembers', newMember(secrets, event)];
    case 'member-changed':
      return [
        'members',
        {
          id: event.memberId,
          was: event.was,
          state: event.state,
          consented: event.consented,
          language: event.language,
          reminders: event.reminders,
          reminder_time: event.reminderTime?.toString(),
          reminder_weekday: event.reminderWeekday,
          left_on: event.leftOn?.toString(),
        },
      ];
    case 'group-reminders-set':
      return [
        'groupReminders',
        {
          reminders: event.reminders,
          reminder_time: event.reminderTime?.toString(),
          reminder_weekday: event.reminderWeekday,
        },
      ];
    case 'address-linked':
      return ['links', { member: event.memberId, address: event.addressId }];
    default:
      return undefined;
  }
};

/** Of the code itself only the keyed hash is kept. */
const newInvite = (secrets: Secrets, invite: MadeInvite) => ({
  id: invite.id,
  member: invite.memberId,
  code: secrets.codeIndex(invite.code).toString('base64'),
  by: invite.by,
  expires_at: invite.expiresAt.toString(),
});

/** Her words are sealed under her own key, so that they go when it goes. */
export const goalChange = (
  secrets: Secrets,
  { memberId, goal }: Extract<DomainEvent, { type: 'goal-set' }>,
  ownKey: Buffer | undefined,
): Change => [
  'goals',
  {
    id: memberId,
    amount: goal?.amount.minor.toString(),
    words:
      goal?.words === undefined || !ownKey
        ? undefined
        : secrets.seal(secrets.unwrap(ownKey), goalPlace(memberId), goal.words).toString('base64'),
  },
];

const newMember = (secrets: Secrets, event: Extract<DomainEvent, { type: 'member-came' }>) => {
  const { key, wrapped } = secrets.newDataKey();
  return {
    id: event.memberId,
    number: event.number,
    key: wrapped.toString('base64'),
    name: secrets
      .seal(key, { table: 'member', column: 'name', rowId: event.memberId }, event.name)
      .toString('base64'),
    joined_on: event.on.toString(),
  };
};
