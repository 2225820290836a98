import type { Temporal } from 'temporal-polyfill';
import type { BroadcastId, MemberId, ProgrammeId, StaffId, TalkId } from '../domain/ids.ts';

/** What was decided about a conversation of a member with staff. */
export type TalkEvent =
  | {
      readonly type: 'talk-opened';
      readonly id: TalkId;
      readonly programmeId: ProgrammeId;
      readonly memberId: MemberId;
      /** What she answered, when she did not begin it. */
      readonly broadcastId: BroadcastId | undefined;
    }
  /** She asks once more for somebody: she waits again. */
  | { readonly type: 'talk-waits'; readonly id: TalkId }
  | {
      readonly type: 'talk-said';
      readonly id: TalkId;
      readonly line: TalkLine;
      /** It answers a message to many of which staff hear together. */
      readonly answers?: AnswersTold | undefined;
    }
  /** Staff looked at their conversations: they need not be told of those who answered until then. */
  | { readonly type: 'answers-looked-at'; readonly by: StaffId }
  | { readonly type: 'talk-assigned'; readonly id: TalkId; readonly to: StaffId }
  | { readonly type: 'talk-closed'; readonly id: TalkId; readonly by: StaffId };

/** Whether staff are told of an answer to a message to many now, or later of all together. `was`: when they heard last. */
export type AnswersTold = {
  readonly id: BroadcastId;
  readonly tells: boolean;
  readonly was: Temporal.Instant | undefined;
};

/** A line of it: words, a kept file (SHA-256 of its bytes, in hex), or both. */
export type TalkLine = {
  readonly id: string;
  /** Undefined: she said it. */
  readonly by: StaffId | undefined;
  readonly words: string;
  readonly file: string | undefined;
};
