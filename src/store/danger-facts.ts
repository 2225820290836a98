import type {
  DangerSummary,
  DangerWords,
  OpenDangers,
  OwnDanger,
  Safeguard,
  StaffDanger,
  WaitingDanger,
} from '../conversation/danger-facts.ts';
import { asId, type DangerId, type MemberId, type StaffId } from '../domain/ids.ts';
import { staffContacts } from './company-facts.ts';
import { dangerPlace } from './danger-changes.ts';
import type { OpenDangersJson, OwnDangerJson, StaffDangerJson, WaitingDangersJson } from './danger-json.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** @param key the member's wrapped key: whoever wrote to her, it is sealed under hers */
export const ownDanger = (
  secrets: Secrets,
  json: OwnDangerJson,
  key: Buffer | null | undefined,
): OwnDanger => ({
  people: safeguards(secrets, json.people),
  timeZone: json.timeZone,
  last: json.last
    ? {
        id: asId<DangerId>(json.last.id),
        state: json.last.state,
        assignedTo: json.last.assignedTo === null ? undefined : asId<StaffId>(json.last.assignedTo),
        lines: key ? linesOf(secrets, json.last.lines, key) : [],
      }
    : undefined,
});

export const openDangers = (secrets: Secrets, json: OpenDangersJson): OpenDangers => ({
  count: json.count,
  first: json.first.map((one) => summaryOf(secrets, one)),
});

export const staffDanger = (secrets: Secrets, json: StaffDangerJson): StaffDanger => ({
  ...summaryOf(secrets, json),
  groupId: asId(json.groupId),
  groupName: openName(secrets, 'savings_group', json.group),
  member: {
    id: asId<MemberId>(json.member.id),
    memberId: asId<MemberId>(json.member.id),
    name: openName(secrets, 'member', json.member),
    role: json.member.role,
    language: json.member.language,
    reach: json.member.reach,
  },
  isStopped: json.stopped,
  lines: linesOf(secrets, json.lines, json.member.key),
});

export const waitingDangers = (secrets: Secrets, json: WaitingDangersJson): WaitingDanger[] =>
  json.map(({ id, groupId, remindedAt, people, ...one }) => ({
    ...one,
    id: asId(id),
    groupId: asId(groupId),
    remindedAt: remindedAt ?? undefined,
    people: safeguards(secrets, people),
  }));

const safeguards = (secrets: Secrets, people: OwnDangerJson['people']): Safeguard[] =>
  staffContacts(secrets, people).map((contact, at) => ({ ...contact, duty: dutyOf(people[at]) }));

const dutyOf = (person: OwnDangerJson['people'][number] | undefined): Safeguard['duty'] =>
  person?.from && person.to ? { days: person.days, from: person.from, to: person.to } : undefined;

const summaryOf = (secrets: Secrets, json: OpenDangersJson['first'][number]): DangerSummary => ({
  id: asId<DangerId>(json.id),
  state: json.state,
  askedAt: json.askedAt,
  safe: json.safe,
  safeFrom: json.safeFrom ?? undefined,
  timeZone: json.timeZone,
  assigned: json.assigned
    ? { id: asId<StaffId>(json.assigned.id), name: openName(secrets, 'staff', json.assigned) }
    : undefined,
});

const linesOf = (secrets: Secrets, lines: StaffDangerJson['lines'], wrapped: Buffer): DangerWords[] => {
  if (lines.length === 0) return [];
  const key = secrets.unwrap(wrapped);
  return lines.map(({ id, at, body, by }) => ({
    by: by === null ? undefined : openName(secrets, 'staff', by),
    words: secrets.open(key, dangerPlace(id), body),
    at,
  }));
};
