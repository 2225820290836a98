import type { Outcome } from '../conversation/outcome.ts';
import type { AnswersTold, TalkLine } from '../conversation/talk-event.ts';
import { invariant } from '../domain/result.ts';
import type { Secrets } from './secrets.ts';

/** What was decided about conversations with staff, each kind as the list that commit_talks takes. */
export const talksChanges = (
  secrets: Secrets,
  events: Outcome['events'],
  memberKey: Buffer | undefined,
): { talks?: object } => {
  const lists: Record<'opened' | 'waits' | 'lines' | 'looked' | 'assigned' | 'closed', object[]> = {
    opened: [],
    waits: [],
    lines: [],
    looked: [],
    assigned: [],
    closed: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'talk-opened': {
        const { id, programmeId: programme, memberId: member, broadcastId: broadcast } = event;
        lists.opened.push({ id, programme, member, broadcast });
        break;
      }
      case 'talk-waits':
        lists.waits.push({ id: event.id });
        break;
      case 'talk-said':
        lists.lines.push({
          talk: event.id,
          ...lineJson(secrets, event.line, memberKey),
          ...answersJson(event.answers),
        });
        break;
      case 'answers-looked-at':
        lists.looked.push({ by: event.by });
        break;
      case 'talk-assigned':
        lists.assigned.push({ id: event.id, staff: event.to });
        break;
      case 'talk-closed':
        lists.closed.push({ id: event.id, by: event.by });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { talks: lists } : {};
};

const answersJson = (answers: AnswersTold | undefined): object =>
  answers ? { answers: answers.id, tells: answers.tells, was: answers.was?.toString() } : {};

/** Sealed under the member's own key, whoever said it: when her key is destroyed, nobody reads it any more. */
const lineJson = (secrets: Secrets, line: TalkLine, memberKey: Buffer | undefined): object => {
  invariant(memberKey, 'a line of a conversation is sealed under the key of its member');
  const { id, by, words, file } = line;
  const body =
    words === ''
      ? undefined
      : secrets.seal(secrets.unwrap(memberKey), linePlace(id), words).toString('base64');
  return { id, by, body, file };
};

/** The cell that the words of a line are sealed for. */
export const linePlace = (lineId: string) => ({ table: 'talk_line', column: 'body', rowId: lineId });
