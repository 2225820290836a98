import type { Temporal } from 'temporal-polyfill';
import type { BroadcastId, GroupId, MemberId, StaffId, TalkId } from '../domain/ids.ts';
import type { BroadcastContent } from './broadcast-facts.ts';
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
  readonly answering: AnswersHeard | undefined;
};

/** A message to many, and what staff have heard of those who answered it. */
export type AnswersHeard = {
  readonly id: BroadcastId;
  readonly toldAt: Temporal.Instant | undefined;
  /** So many answered since then. */
  readonly untold: number;
};

/** One of our messages that she marked with her answer, where it is of a conversation with staff. */
export type MarkedMessage = { readonly answering: AnswersHeard | undefined };

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

/** Some of a programme's open conversations, behind so many that were skipped, and how many there are in all. */
export type OpenTalks = {
  readonly count: number;
  readonly skipped: number;
  readonly first: readonly TalkSummary[];
};

/** One conversation with its last lines, oldest first. */
export type StaffTalk = TalkSummary & {
  /** The message to many that it began with. */
  readonly answers: { readonly number: number; readonly content: BroadcastContent } | undefined;
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
