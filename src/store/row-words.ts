import type { OutgoingMessage } from '../conversation/message.ts';
import { broadcastMessage } from './broadcast-words.ts';
import { messageOf } from './outgoing-json.ts';
import type { Secrets } from './secrets.ts';

/** A reminder as it is kept: its words are made as it is sent, of what the book says by then. */
export type ReminderOf = {
  readonly kind: 'reminder' | 'late';
  readonly groupId: string;
  readonly memberId: string;
  readonly meetingOn: string;
};

/** The announcement of a lesson, as it is kept; without a lesson she is asked whether to go on. */
export type AnnouncementOf = {
  readonly kind: 'lesson';
  readonly groupId: string;
  readonly memberId: string;
  readonly lessonId: string | undefined;
};

/** A message that is kept without words: they are made as it is sent, of what holds by then. */
export type Unworded = ReminderOf | AnnouncementOf;

/** The columns of an outbox row that say where its words are. */
export type RowWords = {
  readonly kind: string;
  readonly group_id: string | null;
  readonly member_id: string | null;
  readonly meeting_on: string | null;
  readonly lesson_id: string | null;
  readonly broadcast_id: string | null;
  /** The language its reader is written to in, of a broadcast. */
  readonly language: string | null;
};

/** What a row of the outbox without words is to say; undefined of a message that has its own. */
export const unwordedOf = ({
  kind,
  group_id: groupId,
  member_id: memberId,
  meeting_on: meetingOn,
  lesson_id: lessonId,
}: RowWords): Unworded | undefined => {
  if (!groupId || !memberId) return undefined;
  if (kind === 'lesson') return { kind, groupId, memberId, lessonId: lessonId ?? undefined };
  if ((kind === 'reminder' || kind === 'late') && meetingOn) return { kind, groupId, memberId, meetingOn };
  return undefined;
};

/** The words of one row: its own, or those of the broadcast it is part of, in her language. */
export const messageIn = (
  secrets: Secrets,
  body: Buffer,
  { id, broadcast_id, language }: RowWords & { readonly id: string },
): OutgoingMessage => {
  if (broadcast_id === null) return messageOf(secrets.outboxOpen(id, body));
  return broadcastMessage(secrets, { id: broadcast_id, sealed: body, language });
};
