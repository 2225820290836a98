import type { Temporal } from 'temporal-polyfill';

export const TRACKS = ['finance', 'nutrition', 'rights', 'business', 'self-care', 'health'] as const;
export type Track = (typeof TRACKS)[number];

/** The messages of a lesson, in the order in which she gets them; the question comes after them. */
export const BUBBLES = ['fact', 'why', 'action'] as const;
export type Bubble = (typeof BUBBLES)[number];

/** Answers are kept by these ids. She sees them by number, in an order of her own (`quizOrder`). */
export const OPTIONS = ['a', 'b', 'c'] as const;
export type OptionId = (typeof OPTIONS)[number];

export type Quiz = {
  readonly question: string;
  readonly options: Readonly<Record<OptionId, string>>;
  readonly answer: OptionId;
  /** What she is told when she answered right. */
  readonly right: string;
  /** What she is told when she did not: the explanation, and no blame. */
  readonly wrong: string;
};

/** A picture beside a lesson. `hash`: SHA-256 of its bytes, in hex; undefined when it was not found. */
export type LessonImage = {
  readonly file: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  readonly hash?: string | undefined;
};

/** The whole lesson read aloud in its own language, in a file beside it. */
export type LessonVoice = {
  readonly file: string;
  readonly hash?: string | undefined;
  readonly seconds?: number | undefined;
};

/** One lesson in one language. */
export type Lesson = {
  /** "F4": the letter of its track, and a number; the same in every language. */
  readonly id: string;
  readonly track: Track;
  readonly title: string;
  /** What a menu or a notification may show: it tells nothing to whoever looks over her shoulder. */
  readonly neutralTitle: string;
  /** Opt-in: never offered unasked, never shown to leaders, never counted by name; the safety card follows it. */
  readonly sensitivity: 'open' | 'opt-in';
  /** Ids of `locales/lesson-sources.json`. */
  readonly sources: readonly string[];
  /** What each figure of its texts rests on: a source's id, "example", or a sum ("= 20 * 6 * 52"). */
  readonly numbers: Readonly<Record<string, string>>;
  /** Where it holds, as "OAX" or "BC/Tijuana"; everywhere when empty. */
  readonly area: readonly string[];
  readonly lastReviewed: Temporal.PlainDate;
  /** Null until a person has approved it. */
  readonly reviewedBy: string | null;
  /** Never sent as a draft, whatever a programme allows: those it speaks of must have read it first. */
  readonly onlyApproved: boolean;
  /** The first day on which it goes out no more. */
  readonly expires: Temporal.PlainDate;
  readonly quiz: Quiz;
  readonly bubbles: Readonly<Record<Bubble, string>>;
  readonly image?: LessonImage;
  readonly audio?: LessonVoice;
};

export const isExpired = (lesson: Pick<Lesson, 'expires'>, today: Temporal.PlainDate): boolean =>
  today.until(lesson.expires).days <= 0;

/** A draft goes out only where the programme allows drafts, and says that it is one. */
export const isDraft = (lesson: Lesson): boolean => lesson.reviewedBy === null;
