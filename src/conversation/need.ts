import type { Audience } from '../domain/broadcast/audience.ts';
import type { PaymentId, ProgrammeId, TalkId } from '../domain/ids.ts';

/** What a step may ask for when the facts it was given are not enough: the app loads them and steps again. */
export type Need =
  | StoredNeed
  /** The file she sent, by the channel's own name of it: it is fetched, looked at and kept. */
  | { readonly type: 'file'; readonly ref: string };

/** Facts of the database. */
export type StoredNeed =
  | {
      readonly type:
        | 'company'
        | 'movements'
        | 'receipts'
        | 'lists'
        | 'disputes'
        | 'requests'
        | 'voters'
        | 'closing'
        | 'covers'
        | 'outs'
        | 'opening'
        | 'seconds'
        | 'draw'
        | 'meeting'
        | 'counted'
        | 'lessons'
        | 'lesson-report'
        | 'summary'
        | 'places'
        | 'broadcasts'
        | 'saved'
        | 'own-talk'
        | 'talks'
        | 'staff';
    }
  /** By its number, or its id. */
  | { readonly type: 'broadcast'; readonly of: string }
  | { readonly type: 'talk'; readonly id: TalkId }
  | { readonly type: 'audience'; readonly programmeId: ProgrammeId; readonly audience: Audience }
  | { readonly type: 'payment'; readonly id: PaymentId }
  | { readonly type: 'invite'; readonly code: string };
