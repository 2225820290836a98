import type { Temporal } from 'temporal-polyfill';
import type { BroadcastId, GroupId, MemberId, StaffId, TalkId } from '../domain/ids.ts';
import type { Contact } from './contact.ts';

/** Her own conversation with the programme's staff. */
export type OwnTalk = {
  readonly programme: string;
  readonly open:
    | {
        readonly id: TalkId;
        readonly answeredAt: Temporal.Instant | undefined;
        readonly assignedTo: StaffId | undefined;
        /** Words of hers wait already: staff have been told that there is something to read. */
        readonly isTold: boolean;
      }
    | undefined;
  /** What staff sent to many and reached her in the last two days. */
  readonly broadcastId: BroadcastId | undefined;
};

/** One of our messages that she marked with her answer, where it is of a conversation with staff. */
export type MarkedMessage = { readonly broadcastId: BroadcastId | undefined };

/** A conversation as staff see it in a list. */
export type TalkSummary = {
  readonly id: TalkId;
  readonly state: 'open' | 'closed';
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly member: Contact & { readonly memberId: MemberId; readonly number: number };
  readonly openedAt: Temporal.Instant;
  /** Since when she waits for a word of staff; undefined when theirs was the last. */
  readonly waitsSince: Temporal.Instant | undefined;
  readonly answeredAt: Temporal.Instant | undefined;
  readonly assigned: { readonly id: StaffId; readonly name: string } | undefined;
};

/** The first of a programme's open conversations, and how many there are in all. */
export type OpenTalks = { readonly count: number; readonly first: readonly TalkSummary[] };

/** One conversation with its last lines, oldest first. */
export type StaffTalk = TalkSummary & {
  /** The number of the message to many that it began with; undefined: with none. */
  readonly answers: number | undefined;
  /** She has a chat that takes what she did not ask for: she did not write BAJA. */
  readonly canReach: boolean;
  readonly lines: readonly SaidLine[];
};

export type SaidLine = {
  /** Who of the staff said it; undefined: she did. */
  readonly by: string | undefined;
  readonly words: string;
  /** A kept file, by what is in it (SHA-256, in hex). */
  readonly file: string | undefined;
  readonly at: Temporal.Instant;
};
