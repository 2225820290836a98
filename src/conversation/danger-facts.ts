import type { Temporal } from 'temporal-polyfill';
import type { Duty } from '../domain/duty.ts';
import type { DangerId, GroupId, MemberId, StaffId } from '../domain/ids.ts';
import type { SafeTime } from '../domain/safe-time.ts';
import type { Contact } from './contact.ts';

/** Somebody of the staff who is trained for it and can be reached, with when she is there; undefined: nobody knows. */
export type Safeguard = Contact & { readonly duty: Duty | undefined };

/** What a woman is told of it herself. */
export type OwnDanger = {
  readonly people: readonly Safeguard[];
  /** Where duty is meant. */
  readonly timeZone: string;
  /** The last time that she asked; `lines` only on the telephone she asked from, oldest first. */
  readonly last:
    | {
        readonly id: DangerId;
        readonly state: 'open' | 'closed';
        readonly assignedTo: StaffId | undefined;
        readonly lines: readonly DangerWords[];
      }
    | undefined;
};

/** @property by who of the staff wrote it; undefined: she did */
export type DangerWords = {
  readonly by: string | undefined;
  readonly words: string;
  readonly at: Temporal.Instant;
};

/** One of them in the list: nobody's name but of who looks after her. */
export type DangerSummary = {
  readonly id: DangerId;
  readonly state: 'open' | 'closed';
  readonly askedAt: Temporal.Instant;
  readonly safe: SafeTime;
  readonly safeFrom: Temporal.Instant | undefined;
  /** Where she lives. */
  readonly timeZone: string;
  readonly assigned: { readonly id: StaffId; readonly name: string } | undefined;
};

/** The first of the open ones, and how many there are in all. */
export type OpenDangers = { readonly count: number; readonly first: readonly DangerSummary[] };

/** One that was opened. Its member can be written to only where she asked. */
export type StaffDanger = DangerSummary & {
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly member: Contact & { readonly memberId: MemberId };
  /** She wrote BAJA: she hears of nothing, and reads it when she looks. */
  readonly isStopped: boolean;
  readonly lines: readonly DangerWords[];
};

/** One that nobody looks after, with whom to tell. */
export type WaitingDanger = {
  readonly id: DangerId;
  readonly groupId: GroupId;
  readonly askedAt: Temporal.Instant;
  readonly reminders: number;
  readonly remindedAt: Temporal.Instant | undefined;
  readonly timeZone: string;
  readonly people: readonly Safeguard[];
};
