import type { ProgrammeId, StaffId } from '../domain/ids.ts';
import type { LessonFunnel } from '../domain/lesson/funnel.ts';
import type { Money } from '../domain/money.ts';
import type { StaffBroadcasts } from './broadcast-facts.ts';
import type { Contact } from './contact.ts';
import type { OpenDangers, StaffDanger } from './danger-facts.ts';
import type { StaffLessons } from './lesson-facts.ts';
import type { Language, MediaKind } from './message.ts';
import type { OddGroup } from './odd-facts.ts';
import type { OpenRequest } from './rights-facts.ts';
import type { OpenTalks, StaffTalk } from './talk-facts.ts';
import type { StaffTelephones } from './telephone-facts.ts';

/** Somebody of the programme's staff. */
export type StaffSpeaker = {
  readonly type: 'staff';
  readonly staffId: StaffId;
  readonly programmeId: ProgrammeId;
  /** `safeguarding`: trained for those who ask for help because they are in danger. */
  readonly role: 'staff' | 'safeguarding';
  readonly name: string;
  readonly language: Language;
  readonly programme: string;
  /** Where the first of its groups lives; UTC while there is none. */
  readonly timeZone: string;
  readonly summary: readonly GroupSummary[] | undefined;
  /** Conversations whose last word is the member's; known with the summary. */
  readonly talksWaiting: number;
  readonly talks: OpenTalks | undefined;
  /** Requests about personal data, the one that is due first at the top. */
  readonly requests: readonly OpenRequest[] | undefined;
  /** What is worth a look, by group. */
  readonly odd: readonly OddGroup[] | undefined;
  /** What they may say of telephones of members. */
  readonly telephones: StaffTelephones | undefined;
  /** Not there when it is of another programme, or gone. */
  readonly talk: StaffTalk | 'none' | undefined;
  /** Who asked for help in danger: known to those who are trained for it, and to nobody else. */
  readonly dangers: OpenDangers | undefined;
  readonly danger: StaffDanger | 'none' | undefined;
  /** Undefined until asked for with `need`, and so is what follows. */
  readonly lessons: StaffLessons | undefined;
  /** Only of lessons that five people or more had. */
  readonly funnels: readonly LessonFunnel[] | undefined;
  readonly broadcasts: StaffBroadcasts;
  /** All of the programme's staff, as people to write to. */
  readonly all: readonly Contact[] | undefined;
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
