import type { Audience } from '../domain/broadcast/audience.ts';
import type { DangerId, MemberId, PaymentId, ProgrammeId, TalkId } from '../domain/ids.ts';
import type { PinCheck } from './access/pin-facts.ts';

/** What a step may ask for when the facts it was given are not enough: the app loads them and steps again. */
export type Need =
  | StoredNeed
  /** The file she sent, by the channel's own name of it: it is fetched, looked at and kept. */
  | { readonly type: 'file'; readonly ref: string }
  /** Whether digits are a PIN of who speaks here, or what is kept of them as a new one. */
  | { readonly type: 'pin'; readonly check: PinCheck }
  /** A number for a member whose PIN is closed, and what is kept of it. */
  | { readonly type: 'new-pin'; readonly memberId: MemberId };

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
        | 'ended-tanda'
        | 'seconds'
        | 'recoveries'
        | 'election'
        | 'draw'
        | 'meeting'
        | 'stand-in'
        | 'counted'
        | 'lessons'
        | 'lesson-report'
        | 'summary'
        | 'places'
        | 'broadcasts'
        | 'saved'
        | 'own-talk'
        | 'own-danger'
        | 'dangers'
        | 'own-rights'
        | 'open-rights'
        | 'odd'
        | 'telephones'
        | 'staff';
    }
  /** All of it as this member of the address: it was her PIN. */
  | { readonly type: 'seat'; readonly id: MemberId }
  /** By its number, or its id. */
  | { readonly type: 'broadcast'; readonly of: string }
  | { readonly type: 'talk'; readonly id: TalkId }
  /** Behind so many of them. */
  | { readonly type: 'talks'; readonly skip: number }
  | { readonly type: 'danger'; readonly id: DangerId }
  | { readonly type: 'audience'; readonly programmeId: ProgrammeId; readonly audience: Audience }
  | { readonly type: 'payment'; readonly id: PaymentId }
  /** By its code; or, of her who is on a list with this telephone, by that: "+" and digits, as no code begins. */
  | { readonly type: 'invite'; readonly code: string };
