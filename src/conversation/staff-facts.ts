import type { ProgrammeId, StaffId } from '../domain/ids.ts';
import type { LessonFunnel } from '../domain/lesson/funnel.ts';
import type { Money } from '../domain/money.ts';
import type { StaffLessons } from './lesson-facts.ts';
import type { MediaKind } from './message.ts';

/** Somebody of the programme's staff. */
export type StaffSpeaker = {
  readonly type: 'staff';
  readonly staffId: StaffId;
  readonly programmeId: ProgrammeId;
  readonly name: string;
  readonly programme: string;
  readonly summary: readonly GroupSummary[] | undefined;
  readonly helpRequests: number;
  /** Undefined until asked for with `need`, and so is what follows. */
  readonly lessons: StaffLessons | undefined;
  /** Only of lessons that five people or more had. */
  readonly funnels: readonly LessonFunnel[] | undefined;
};

/** What staff see of one group. */
export type GroupSummary = {
  readonly name: string;
  readonly members: number;
  readonly linked: number;
  readonly saved: Money;
  readonly lent: Money;
  readonly waiting: number;
  readonly disputes: number;
};

/** A file that was sent to us: kept by what is in it, or why it is not. `seconds` of a sound. */
export type SentFile =
  | {
      readonly ok: true;
      readonly kind: MediaKind;
      /** SHA-256 of its bytes, in hex. */
      readonly hash: string;
      readonly seconds: number | undefined;
    }
  | {
      readonly ok: false;
      readonly reason: 'gone' | 'too-large' | 'unavailable' | 'unknown' | 'broken';
    };
