import type { MemberSpeaker, Speaker } from '../conversation/snapshot.ts';
import { asId, type GroupId, type MemberId, type StaffId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { companyFacts, deskFacts, staffContacts } from './company-facts.ts';
import { openDangers, staffDanger } from './danger-facts.ts';
import { extraFacts } from './extra-facts.ts';
import { groupFacts } from './group-facts.ts';
import { memberFacts } from './member-facts.ts';
import { oddGroups } from './odd.ts';
import { openName } from './open-name.ts';
import { openRequests } from './rights-json.ts';
import type { Secrets } from './secrets.ts';
import type { SnapshotJson } from './snapshot-json.ts';
import { staffBroadcastsOf } from './staff-broadcasts.ts';
import { staffTelephones } from './staff-telephones.ts';
import { openTalks, staffTalk } from './talk-facts.ts';

export const speakerOf = (secrets: Secrets, json: SnapshotJson): Speaker => {
  if (json.me && json.group) return memberSpeaker(secrets, json, { me: json.me, group: json.group });
  if (!json.staff) return { type: 'stranger' };
  return {
    type: 'staff',
    staffId: asId<StaffId>(json.staff.id),
    programmeId: asId(json.staff.programmeId),
    role: json.staff.role,
    name: openName(secrets, 'staff', json.staff),
    language: json.staff.language,
    programme: json.staff.programme,
    timeZone: json.staff.timeZone ?? 'UTC',
    talksWaiting: json.talksWaiting,
    talks: json.openTalks && openTalks(secrets, json.openTalks),
    talk: json.talk === null ? 'none' : json.talk && staffTalk(secrets, json.talk),
    dangers: json.openDangers && openDangers(secrets, json.openDangers),
    danger: json.danger === null ? 'none' : json.danger && staffDanger(secrets, json.danger),
    // What the program itself carries out is nothing for staff to do, nor to know why somebody has no name any more.
    requests:
      json.openRequests &&
      openRequests(secrets, json.openRequests).filter((request) => request.state === 'open'),
    odd: json.odd && oddGroups(secrets, json.odd),
    telephones: json.telephones && staffTelephones(secrets, json.telephones),
    lessons: json.staffLessons,
    funnels: json.funnels,
    broadcasts: staffBroadcastsOf(secrets, json.staffBroadcasts),
    all: json.staffAll && staffContacts(secrets, json.staffAll),
    summary: json.summary?.map((group) => ({
      name: openName(secrets, 'savings_group', group),
      members: group.members,
      linked: group.linked,
      saved: money(group.saved, group.currency),
      lent: money(group.lent, group.currency),
      waiting: group.waiting,
      disputes: group.disputes,
    })),
  };
};

type Own = {
  readonly me: NonNullable<SnapshotJson['me']>;
  readonly group: NonNullable<SnapshotJson['group']>;
};

const memberSpeaker = (secrets: Secrets, json: SnapshotJson, own: Own): MemberSpeaker => {
  const { currency } = own.group;
  const me = memberFacts(secrets, own.me, own.group);
  const group = groupFacts(secrets, own.group);
  return {
    type: 'member',
    me,
    group,
    seats: json.seats?.map((seat) => ({
      memberId: asId<MemberId>(seat.memberId),
      groupId: asId<GroupId>(seat.groupId),
      name: openName(secrets, 'member', { ...seat.member, id: seat.memberId }),
      groupName: openName(secrets, 'savings_group', { ...seat.group, id: seat.groupId }),
    })) ?? [{ memberId: me.id, groupId: group.id, name: me.name, groupName: group.name }],
    company: json.company && {
      ...companyFacts(secrets, json.company, own.group.language),
      desk: json.desk ? deskFacts(secrets, json.desk, own.group) : undefined,
    },
    extra: extraFacts(json, { secrets, currency, language: own.group.language, group: own.group }),
  };
};
