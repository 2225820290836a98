import type { Temporal } from 'temporal-polyfill';
import type { ErasureId, MemberId, ProgrammeId, RightsRequestId, StaffId } from '../domain/ids.ts';
import type { Right, Topic } from '../domain/rights.ts';
import type { Language } from './message.ts';

/** What was decided about what is kept of somebody. */
export type RightsEvent =
  /** `isDone`: she did it herself, with this message. `name`: how hers is written, of a rectification. */
  | {
      readonly type: 'right-asked';
      readonly id: RightsRequestId;
      readonly memberId: MemberId;
      readonly right: Right;
      readonly answerBy: Temporal.PlainDate;
      readonly isDone: boolean;
      readonly name?: string;
    }
  /** Staff have seen to a request. A name that was asked for becomes hers with `done`. */
  | {
      readonly type: 'right-answered';
      readonly id: RightsRequestId;
      readonly state: 'done' | 'refused';
      readonly by: StaffId;
      readonly programmeId: ProgrammeId;
    }
  /** `isSaid` false: she was only asked, and has not answered. */
  | {
      readonly type: 'permission-set';
      readonly memberId: MemberId;
      readonly topic: Topic | 'notice';
      readonly given: boolean;
      readonly isSaid: boolean;
      readonly noticeVersion: number;
      readonly language: Language;
    }
  /** Nobody reads her name from now on; after `shredAfter` nobody ever can. */
  | {
      readonly type: 'member-blocked';
      readonly erasureId: ErasureId;
      readonly requestId: RightsRequestId;
      readonly memberId: MemberId;
      readonly shredAfter: Temporal.Instant;
      readonly carryOutBy: Temporal.PlainDate;
    }
  /** Who waited for a leader's yes goes; whoever was on the roster before stays there. `by`: she herself, or an officer. */
  | { readonly type: 'newcomer-gone'; readonly memberId: MemberId; readonly by: MemberId }
  /** She came back in time. */
  | { readonly type: 'erasure-undone'; readonly erasureId: ErasureId };
