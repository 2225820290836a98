import type { InviteFacts } from '../conversation/invite-facts.ts';
import { asId, type GroupId, type InviteId, type MemberId, type SecondWordId } from '../domain/ids.ts';
import { contact, staffContacts } from './company-facts.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { InviteJson } from './snapshot-json.ts';

export const inviteFacts = (
  secrets: Secrets,
  json: InviteJson,
  now: { epochMilliseconds: number },
): InviteFacts => ({
  id: asId<InviteId>(json.id),
  groupId: asId<GroupId>(json.groupId),
  groupName: openName(secrets, 'savings_group', { ...json.group, id: json.groupId }),
  language: json.group.language,
  usable: json.usesLeft > 0 && json.expiresAt.epochMilliseconds > now.epochMilliseconds,
  member:
    json.member === null || json.memberId === null
      ? undefined
      : {
          id: asId<MemberId>(json.memberId),
          name: openName(secrets, 'member', { ...json.member, id: json.memberId }),
          // Whoever was in the chat and is reached there no more comes in again with a new code.
          // Whose key is gone asked to be forgotten: nobody takes her place in the book.
          claimed:
            json.member.key === null ||
            json.member.linked ||
            // Only the word of two officers brings her back, and a day.
            json.member.takenBack ||
            (json.member.state !== 'invited' && json.member.state !== 'active'),
          state: json.member.state === 'active' ? 'active' : 'invited',
          signs: json.member.signs,
        },
  roster: (json.roster ?? []).map((m) => ({
    id: asId<MemberId>(m.id),
    number: m.number,
    name: openName(secrets, 'member', m),
    free: m.state === 'invited',
  })),
  officers: json.officers.map((officer) => contact(secrets, officer, json.group.language)),
  recovers: json.recovers
    ? {
        id: asId<SecondWordId>(json.id),
        member: contact(secrets, json.recovers.member, json.group.language),
        number: json.recovers.member.number,
        held: json.recovers.held,
        contested: json.recovers.contested,
        staff: staffContacts(secrets, json.recovers.staff),
      }
    : undefined,
});
