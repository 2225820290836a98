import type { Temporal } from 'temporal-polyfill';
import type { Weekday } from '../domain/calendar.ts';
import type { MemberId, ProgrammeId, StaffId } from '../domain/ids.ts';
import type { LessonAudio } from '../domain/lesson/audio.ts';
import type { OptionId } from '../domain/lesson/lesson.ts';

/** What was decided about a lesson: by the member who speaks, or by staff. */
export type LessonEvent =
  /** She has had so many of its parts now. */
  | {
      readonly type: 'lesson-opened';
      readonly memberId: MemberId;
      readonly lessonId: string;
      readonly language: string;
      /** Whether she got it spoken as well; then `language` is the one it was spoken in. */
      readonly voice: boolean;
      readonly part: number;
    }
  | {
      readonly type: 'lesson-answered';
      readonly memberId: MemberId;
      readonly lessonId: string;
      /** Undefined: she said that she does not know. */
      readonly answer: OptionId | undefined;
      readonly right: boolean;
      /** When the question comes back, because she missed it. */
      readonly reviewOn: Temporal.PlainDate | undefined;
    }
  | {
      readonly type: 'lesson-reviewed';
      readonly memberId: MemberId;
      readonly lessonId: string;
      /** Undefined: it came back and she went on without an answer. */
      readonly right: boolean | undefined;
      readonly reviewOn: Temporal.PlainDate | undefined;
    }
  /** `did` undefined: she was asked whether she did it, and that was all. */
  | {
      readonly type: 'lesson-did';
      readonly memberId: MemberId;
      readonly lessonId: string;
      readonly did: boolean | undefined;
    }
  /** What is left out stays as it was. */
  | {
      readonly type: 'lessons-wished';
      readonly memberId: MemberId;
      readonly off: boolean;
      readonly hour?: Temporal.PlainTime;
      /** Empty: the two of her group. */
      readonly days?: readonly Weekday[];
    }
  /** The language she wants to hear lessons in, where there is a recording. */
  | { readonly type: 'lesson-language-wished'; readonly memberId: MemberId; readonly language: string }
  /** Staff recorded a lesson: it is heard in that language from now on. */
  | {
      readonly type: 'lesson-recorded';
      readonly programmeId: ProgrammeId;
      readonly audio: LessonAudio;
      readonly by: StaffId;
    }
  /** Staff approved the words of a lesson, and no others. */
  | {
      readonly type: 'lesson-approved';
      readonly lessonId: string;
      readonly language: string;
      readonly textHash: string;
      readonly by: StaffId;
    }
  /** Read aloud in a meeting. */
  | {
      readonly type: 'lesson-read';
      readonly lessonId: string;
      readonly on: Temporal.PlainDate;
      readonly by: MemberId;
    };
