import type { Temporal } from 'temporal-polyfill';
import type { Weekday } from '../domain/calendar.ts';
import type { LessonAudio } from '../domain/lesson/audio.ts';
import type { LessonProgress } from '../domain/lesson/progress.ts';

/** What is known of a member's lessons and of her group's. */
export type LessonFacts = {
  readonly progress: readonly LessonProgress[];
  readonly wishes: LessonWishes;
  /** Lessons that were read aloud in meetings of the group, the first one first. */
  readonly read: readonly { readonly lessonId: string; readonly on: Temporal.PlainDate }[];
  /** Whether her programme lets drafts go out. */
  readonly drafts: boolean;
  /** The languages it offers lessons in. */
  readonly languages: readonly string[];
  /** The fingerprints of the words that a person has approved. */
  readonly approved: ReadonlySet<string>;
  /** What was recorded in the programme, in every language. */
  readonly audio: readonly LessonAudio[];
};

/** What staff know of their programme's lessons. */
export type StaffLessons = Pick<LessonFacts, 'languages' | 'approved' | 'audio' | 'drafts'>;

/** Her own wishes about lessons that come unasked. */
export type LessonWishes = {
  readonly off: boolean;
  /** Her own hour; the group's when undefined. */
  readonly hour: Temporal.PlainTime | undefined;
  readonly days: readonly Weekday[];
  /** A language she wants lessons in, besides the one the bot speaks with her. */
  readonly language: string | undefined;
};

/** A line to call that may be shown: who answers, and the number as it is dialled. */
export type ShownLine = { readonly id: string; readonly name: string; readonly number: string | null };
