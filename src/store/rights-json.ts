import type { Outcome } from '../conversation/outcome.ts';
import type { RightsEvent } from '../conversation/rights-event.ts';
import type { OpenRequest, OwnRights, WaitingErasure } from '../conversation/rights-facts.ts';
import { normalise } from '../conversation/understand/normalise.ts';
import { asId, type ErasureId, type MemberId, type RightsRequestId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import { contact } from './company-facts.ts';
import { openName } from './open-name.ts';
import type { ErasuresJson, OpenRequestsJson, OwnRightsJson } from './rights-facts-json.ts';
import type { Secrets } from './secrets.ts';

/** What was decided about what is kept of somebody, each kind as the list that commit_rights takes. */
export const rightsChanges = (
  secrets: Secrets,
  events: Outcome['events'],
  ownKey: Buffer | undefined,
): { rights?: object } => {
  const lists: Record<'asked' | 'moved' | 'permissions' | 'blocked' | 'gone' | 'undone', object[]> = {
    asked: [],
    moved: [],
    permissions: [],
    blocked: [],
    gone: [],
    undone: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'right-asked':
        lists.asked.push(askedJson(secrets, event, ownKey));
        break;
      case 'right-answered': {
        const { id, state, by, programmeId: programme } = event;
        lists.moved.push({ id, state, who: `staff/${by}`, programme });
        break;
      }
      case 'permission-set': {
        const { memberId: member, topic, given, isSaid: said, noticeVersion: version, language } = event;
        lists.permissions.push({ member, topic, given, said, version, language });
        break;
      }
      case 'member-blocked':
        lists.blocked.push(blockedJson(event, `member/${event.memberId}`));
        break;
      case 'newcomer-gone':
        lists.gone.push({ member: event.memberId, who: `member/${event.by}` });
        break;
      case 'erasure-undone':
        lists.undone.push({ id: event.erasureId });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { rights: lists } : {};
};

/** One blocked member as commit_rights takes her. @param who who did it: the member, or an operator */
export const blockedJson = (
  event: Omit<Extract<RightsEvent, { type: 'member-blocked' }>, 'type'>,
  who: string,
): object => ({
  id: event.erasureId,
  request: event.requestId,
  member: event.memberId,
  after: event.shredAfter.toString(),
  carry_out_by: event.carryOutBy.toString(),
  who,
});

/** The name she asks for is sealed for the cell it goes to when staff say yes: nobody has to write it again. */
const askedJson = (
  secrets: Secrets,
  { id, memberId, right, answerBy, isDone, name }: Extract<RightsEvent, { type: 'right-asked' }>,
  ownKey: Buffer | undefined,
): object => {
  invariant(name === undefined || ownKey, 'a name is sealed under the key of its member');
  return {
    id,
    member: memberId,
    kind: right,
    done: isDone,
    answer_by: answerBy.toString(),
    ...(name !== undefined &&
      ownKey && {
        name: secrets.seal(secrets.unwrap(ownKey), namePlace(memberId), name).toString('base64'),
      }),
  };
};

const namePlace = (memberId: string) => ({ table: 'member', column: 'name', rowId: memberId });

export const ownRights = (
  { programme, permissions, lessonsOff, openNotices, safeHours, files }: OwnRightsJson,
  reminders: boolean,
): OwnRights => {
  const isAllowed = (topic: string): boolean => permissions[topic] ?? true;
  return {
    programme,
    openNotices,
    files,
    safeHours: safeHours ?? undefined,
    hasAgreed: isAllowed('notice'),
    allowed: {
      lessons: isAllowed('lessons') && !lessonsOff && isAllowed('notice'),
      reminders: isAllowed('reminders') && reminders && isAllowed('notice'),
      staff: isAllowed('staff') && isAllowed('notice'),
    },
  };
};

export const waitingErasures = (secrets: Secrets, json: ErasuresJson): WaitingErasure[] =>
  json.map(({ group, id, ...rest }) => ({
    ...rest,
    id: asId<ErasureId>(id),
    groupName: openName(secrets, 'savings_group', group),
  }));

export const openRequests = (secrets: Secrets, json: OpenRequestsJson): OpenRequest[] =>
  json.map((request) => {
    const { id, number, kind, state, due, memberId, memberNumber, memberName, key, name, group } = request;
    const member = { id: memberId, number: memberNumber, key };
    const asked =
      name === null || key === null ? undefined : openName(secrets, 'member', { ...member, name });
    const herName = openName(secrets, 'member', { ...member, name: memberName });
    const { language, role, reach } = request;
    const others = (request.others ?? []).map((other) => openName(secrets, 'member', other));
    return {
      id: asId<RightsRequestId>(id),
      number,
      right: kind,
      state,
      due,
      groupId: asId(request.groupId),
      groupName: openName(secrets, 'savings_group', group),
      memberId: asId<MemberId>(memberId),
      memberNumber,
      memberName: herName,
      name: asked,
      isTaken: asked !== undefined && others.some((other) => normalise(other) === normalise(asked)),
      her: {
        id: asId<MemberId>(memberId),
        memberId: asId<MemberId>(memberId),
        name: herName,
        role,
        language,
        reach,
      },
      officers: (request.officers ?? [])
        .filter(({ id: officer }) => officer !== memberId)
        .map((officer) => contact(secrets, officer, language)),
    };
  });
