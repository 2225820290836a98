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

/** The columns of an outbox row that say where its words are. */
export type RowWords = {
  readonly kind: string;
  readonly group_id: string | null;
  readonly member_id: string | null;
  readonly meeting_on: string | null;
  readonly broadcast_id: string | null;
  /** The language its reader is written to in, of a broadcast. */
  readonly language: string | null;
};

/** The reminder that a row of the outbox is; undefined of any other message. */
export const reminderOf = ({
  kind,
  group_id: groupId,
  member_id: memberId,
  meeting_on: meetingOn,
}: RowWords): ReminderOf | undefined =>
  (kind === 'reminder' || kind === 'late') && groupId && memberId && meetingOn
    ? { kind, groupId, memberId, meetingOn }
    : undefined;

/** The words of one row: its own, or those of the broadcast it is part of, in her language. */
export const messageIn = (
  secrets: Secrets,
  body: Buffer,
  { id, broadcast_id, language }: RowWords & { readonly id: string },
): OutgoingMessage => {
  if (broadcast_id === null) return messageOf(secrets.outboxOpen(id, body));
  return broadcastMessage(secrets, { id: broadcast_id, sealed: body, language });
};
