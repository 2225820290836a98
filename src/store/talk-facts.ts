import type {
  AnswersHeard,
  MarkedMessage,
  OpenTalks,
  OwnTalk,
  StaffTalk,
  TalkSummary,
} from '../conversation/talk-facts.ts';
import { asId, type MemberId, type StaffId, type TalkId } from '../domain/ids.ts';
import { openContent } from './broadcast-words.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { MarkedJson, OpenTalksJson, OwnTalkJson, StaffTalkJson } from './staff-talk-json.ts';
import { linePlace } from './talks-json.ts';

export const ownTalk = (json: OwnTalkJson): OwnTalk => ({
  programme: json.programme,
  open: json.open
    ? {
        id: asId<TalkId>(json.open.id),
        answeredAt: json.open.answeredAt ?? undefined,
        assignedTo: json.open.assignedTo === null ? undefined : asId<StaffId>(json.open.assignedTo),
        isTold: json.open.isTold,
      }
    : undefined,
  answering: answersHeard(json.answering),
});

export const markedMessage = (json: MarkedJson): MarkedMessage => ({
  answering: answersHeard(json.answering),
});

const answersHeard = (json: OwnTalkJson['answering']): AnswersHeard | undefined =>
  json ? { id: asId(json.id), toldAt: json.toldAt ?? undefined, untold: json.untold } : undefined;

export const openTalks = (secrets: Secrets, json: OpenTalksJson): OpenTalks => ({
  count: json.count,
  skipped: json.skipped,
  first: json.first.map((talk) => talkSummary(secrets, talk)),
});

/** A conversation in the clear, for the staff of its programme. */
export const staffTalk = (secrets: Secrets, json: StaffTalkJson): StaffTalk => {
  const key = secrets.unwrap(json.member.key);
  return {
    ...talkSummary(secrets, json),
    answers: json.answers
      ? { number: json.answers.number, content: openContent(secrets, json.answers.id, json.answers.content) }
      : undefined,
    canReach: json.canReach,
    lines: json.lines.map(({ id: lineId, at, body, file, by }) => ({
      by: by === null ? undefined : openName(secrets, 'staff', by),
      words: body === null ? '' : secrets.open(key, linePlace(lineId), body),
      file: file ?? undefined,
      at,
    })),
  };
};

const talkSummary = (
  secrets: Secrets,
  json: Omit<StaffTalkJson, 'lines' | 'canReach' | 'answers'>,
): TalkSummary => ({
  id: asId<TalkId>(json.id),
  state: json.state,
  groupId: asId(json.groupId),
  groupName: openName(secrets, 'savings_group', json.group),
  member: {
    id: asId<MemberId>(json.member.id),
    memberId: asId<MemberId>(json.member.id),
    number: json.member.number,
    name: openName(secrets, 'member', json.member),
    role: json.member.role,
    language: json.member.language,
    reach: json.member.reach,
  },
  openedAt: json.openedAt,
  waitsSince: json.waitsSince ?? undefined,
  answeredAt: json.answeredAt ?? undefined,
  assigned: json.assigned
    ? { id: asId<StaffId>(json.assigned.id), name: openName(secrets, 'staff', json.assigned) }
    : undefined,
});
