// A member's rows: her name, how she is reached, her consent or her invitation.

import { asId, type MemberId } from '../domain/ids.ts';
import { bytes, isoWeekday, listed, type Making, put, type Seat, sealer } from './import-making.ts';
import type { MemberForm } from './import-schema.ts';

const INVITE_DAYS = 30;
const PERSONAL_USES = 1;
const GROUP_USES = 30;
const HOURS_PER_DAY = 24;
/** Consent on paper, before the chat: which text she heard is not known. */
const NOTICE_ON_PAPER = 0;

/** Her row and all that comes with it but her money. */
export const memberRows = (making: Making, seat: Seat, member: MemberForm): MemberId => {
  const { groupId } = seat;
  const id = asId<MemberId>(making.newId());
  const seal = sealer(making, 'member', id);
  const { phone } = member.addresses;
  const reached = listed(member.addresses, making.whatsApp);
  // At once, where the bot can reach her and she has said yes.
  const linked = member.consented !== undefined && reached.some(({ channel }) => channel !== 'phone');
  const consentedAt = member.consented?.toZonedDateTime(seat.timeZone).toInstant().toString() ?? null;
  put(making, 'member', {
    group_id: groupId,
    id,
    number: member.number,
    name: seal('name', member.name),
    role: member.role,
    state: member.state ?? (linked ? 'active' : 'invited'),
    language: member.language ?? seat.language,
    consented_at: consentedAt,
    joined_on: (member.consented ?? seat.since).toString(),
    reminders: member.reminders,
    reminder_time: member.reminderTime ?? null,
    reminder_weekday: isoWeekday(member.reminderWeekday),
    discreet: member.discreet,
    open_notices: member.notices === undefined ? null : member.notices === 'open',
    safe_from: member.safeHours?.from ?? null,
    safe_until: member.safeHours?.until ?? null,
  });
  for (const [topic, given] of Object.entries(member.permissions)) {
    const said = { group_id: groupId, member_id: id, topic, given };
    put(making, 'member_permission', { ...said, notice_version: NOTICE_ON_PAPER, at: making.now.toString() });
  }
  // Without her yes no chat of hers is kept; a telephone is only noted, nothing is sent to it.
  const kept = member.consented === undefined ? listed({ phone }, undefined) : reached;
  for (const { channel, value } of kept) {
    const addressId = making.addressId(channel, value);
    put(making, 'member_address', { address_id: addressId, group_id: groupId, member_id: id });
    if (channel === 'phone') continue;
    put(making, 'consent', {
      id: making.newId(),
      address_id: addressId,
      topic: 'privacy',
      given: true,
      notice_version: NOTICE_ON_PAPER,
      language: member.language ?? seat.language,
      at: consentedAt,
    });
  }
  if (!linked && member.state === undefined) inviteRow(making, seat, { id, member });
  return id;
};

/** An invitation: hers alone, or the group's own, for all who are not on the list. */
export const inviteRow = (
  making: Making,
  seat: Seat,
  to: { readonly id: MemberId; readonly member: MemberForm } | undefined,
): void => {
  const code = making.newCode();
  put(making, 'invite', {
    id: making.newId(),
    group_id: seat.groupId,
    member_id: to?.id ?? null,
    code_index: bytes(making.secrets.codeIndex(code)),
    uses_left: to ? PERSONAL_USES : GROUP_USES,
    expires_at: making.now.add({ hours: INVITE_DAYS * HOURS_PER_DAY }).toString(),
  });
  making.invites.push({ group: seat.name, number: to?.member.number, name: to?.member.name, code });
};
