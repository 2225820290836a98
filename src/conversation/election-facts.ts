import type { Temporal } from 'temporal-polyfill';
import type { ElectionId, MemberId } from '../domain/ids.ts';
import type { ElectionState, Office } from '../domain/office.ts';
import type { Hands, Vote } from '../domain/vote.ts';
import type { Contact } from './contact.ts';

/** Somebody of the group, by her id. */
export type Person = Contact & { readonly id: MemberId };

/** Who is proposed for an office, or was elected and has not said whether she takes it. */
export type OpenElection = {
  readonly id: ElectionId;
  readonly office: Office;
  readonly candidate: Person;
  /** She is in the group and not suspended. */
  readonly here: boolean;
  readonly by: MemberId;
  readonly state: Extract<ElectionState, 'open' | 'accepted'>;
  readonly votes: readonly Vote[];
  /** How many votes are kept, those of whom may not vote any more too. */
  readonly cast: number;
  readonly hands: Hands | undefined;
};

export type ElectionFacts = {
  readonly open: OpenElection | undefined;
  /** Who has an office now, in the chat or not. */
  readonly holders: readonly Person[];
  /** When the last one that she who speaks proposed ended without a change. */
  readonly endedAt: Temporal.Instant | undefined;
};
