import type { Temporal } from 'temporal-polyfill';
import type { Audience } from '../domain/broadcast/audience.ts';
import type { BroadcastId, GroupId, StaffId } from '../domain/ids.ts';
import type { Language, MediaKind } from './message.ts';

/** What a broadcast says: words as staff wrote them, in one of our languages or both, a file, or a lesson. */
export type BroadcastContent = {
  readonly es?: string;
  readonly en?: string;
  /** A file that is kept, by the SHA-256 of its bytes in hex. */
  readonly file?: { readonly hash: string; readonly kind: MediaKind };
  readonly lessonId?: string;
};

/** saved: kept for another time. waiting: for a second person's word. ready: for its hour. */
export type BroadcastState = 'saved' | 'waiting' | 'ready' | 'sending' | 'done' | 'cancelled';

/** What became of its messages. `reasons`: of those that failed or were not sent, by why. */
export type BroadcastCounts = {
  readonly all: number;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
  /** Waits until she writes: only prepared words may go to her. */
  readonly held: number;
  readonly waiting: number;
  readonly failed: number;
  readonly skipped: number;
  readonly reasons: Readonly<Record<string, number>>;
};

export type BroadcastFacts = {
  readonly id: BroadcastId;
  /** What staff call it by. */
  readonly number: number;
  readonly state: BroadcastState;
  readonly content: BroadcastContent;
  readonly audience: Audience;
  readonly people: number;
  /** Wall time in each group's own zone; undefined: at once. */
  readonly at: Temporal.PlainDateTime | undefined;
  readonly createdAt: Temporal.Instant;
  readonly author: { readonly id: StaffId; readonly name: string };
  readonly counts: BroadcastCounts;
  /** So many conversations began with it. */
  readonly answered: number;
};

/** What an audience may be named by: groups and places of the programme. */
export type BroadcastPlaces = {
  readonly groups: readonly { readonly id: GroupId; readonly name: string }[];
  readonly municipalities: readonly string[];
  readonly timeZones: readonly string[];
};

/** One way by which messages go: so many on a channel, in a language, to a time zone. */
export type BroadcastWay = {
  readonly channel: string;
  readonly language: Language;
  readonly timeZone: string;
  /** She wrote within the last day, so that any words may go to her. */
  readonly isOpen: boolean;
  /** Her notices are closed: one line comes first, and the message when she asks to see it. */
  readonly isClosed: boolean;
  readonly messages: number;
};

/** Whom an audience comes to, before anything is sent. */
export type AudiencePreview = {
  readonly people: number;
  /** Of them, in people; fewer messages go where a telephone is shared. */
  readonly reached: number;
  readonly ways: readonly BroadcastWay[];
  /** People who do not get it, by why: no-chat, opted-out, blocked, undeliverable. */
  readonly left: Readonly<Record<string, number>>;
  /** People whom the exceptions of the audience take away; undefined: it has none. */
  readonly excepted: number | undefined;
  readonly samples: readonly { readonly id: string; readonly name: string; readonly group: string }[];
};

/** What staff need for broadcasts; each is undefined until asked for. */
export type StaffBroadcasts = {
  readonly places: BroadcastPlaces | undefined;
  readonly preview: AudiencePreview | undefined;
  readonly sent: readonly BroadcastFacts[] | undefined;
  readonly saved: readonly BroadcastFacts[] | undefined;
  /** The one that was asked for by its number. */
  readonly one: BroadcastFacts | 'none' | undefined;
};
