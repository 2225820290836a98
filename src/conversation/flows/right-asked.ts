import { asId, type RightsRequestId } from '../../domain/ids.ts';
import { answerBy, NOTICE_VERSION, type Right, type Topic } from '../../domain/rights.ts';
import type { DomainEvent } from '../domain-event.ts';
import { type AskTurn, todayOf } from '../turn.ts';

/** A request of the one who speaks, with the day by which the law wants it answered. */
export const asked = (
  turn: AskTurn,
  right: Right,
  { isDone, name }: { readonly isDone: boolean; readonly name?: string },
): Extract<DomainEvent, { type: 'right-asked' }> => ({
  type: 'right-asked',
  id: asId<RightsRequestId>(turn.newId()),
  memberId: turn.speaker.me.id,
  right,
  answerBy: answerBy(todayOf(turn)),
  isDone,
  ...(name !== undefined && { name }),
});

/** A yes or no to one topic, or to the notice as a whole. `isSaid` false: she was only asked. */
export const permission = (
  turn: AskTurn,
  topic: Topic | 'notice',
  { given, isSaid }: { readonly given: boolean; readonly isSaid: boolean },
): DomainEvent => ({
  type: 'permission-set',
  memberId: turn.speaker.me.id,
  topic,
  given,
  isSaid,
  noticeVersion: NOTICE_VERSION,
  language: turn.speaker.me.language,
});

/** What she is called in a sentence to others who may not learn her name from it. */
export const calledByNumber = ({ speaker: { me, group } }: AskTurn) => ({
  number: me.number,
  group: group.name,
});
