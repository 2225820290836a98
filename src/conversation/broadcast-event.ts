import type { Temporal } from 'temporal-polyfill';
import type { Audience } from '../domain/broadcast/audience.ts';
import type { BroadcastId, ProgrammeId, StaffId } from '../domain/ids.ts';
import type { BroadcastContent, BroadcastState } from './broadcast-facts.ts';

/** What staff decided about a message to many. */
export type BroadcastEvent =
  | {
      readonly type: 'broadcast-made';
      readonly id: BroadcastId;
      readonly programmeId: ProgrammeId;
      readonly by: StaffId;
      readonly state: Extract<BroadcastState, 'saved' | 'waiting' | 'ready'>;
      readonly content: BroadcastContent;
      readonly audience: Audience;
      readonly people: number;
      readonly at: Temporal.PlainDateTime | undefined;
    }
  | {
      readonly type: 'broadcast-moved';
      readonly id: BroadcastId;
      readonly programmeId: ProgrammeId;
      readonly by: StaffId;
      readonly was: BroadcastState;
      readonly state: Extract<BroadcastState, 'ready' | 'sending' | 'cancelled'>;
    }
  | {
      readonly type: 'broadcast-forgotten';
      readonly id: BroadcastId;
      readonly programmeId: ProgrammeId;
      readonly by: StaffId;
    }
  /** Something that staff looked at or did is written down, with whom it was about. */
  | {
      readonly type: 'audited';
      readonly by: StaffId;
      readonly action: string;
      readonly subject: string | undefined;
    };
