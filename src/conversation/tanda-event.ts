import type { Temporal } from 'temporal-polyfill';
import type { CycleId, EntryId, MemberId, TandaOrderId } from '../domain/ids.ts';
import type { ProposedOrder, ProposedPayout } from './tanda-facts.ts';

/** What was decided about a tanda beside its money. */
export type TandaEvent =
  | { readonly type: 'turns-proposed'; readonly order: ProposedOrder & { readonly cycleId: CycleId } }
  | { readonly type: 'turns-moved'; readonly step: TurnsStep }
  | {
      readonly type: 'payout-proposed';
      readonly payout: ProposedPayout & {
        readonly cycleId: CycleId;
        readonly meetingOn: Temporal.PlainDate;
      };
    }
  | { readonly type: 'payout-moved'; readonly step: PayoutStep }
  /** Everybody has received and nobody owes: the next tanda begins without turns. */
  | {
      readonly type: 'tanda-ended';
      readonly cycleId: CycleId;
      readonly next: {
        readonly id: CycleId;
        readonly starts: Temporal.PlainDate;
        readonly ends: Temporal.PlainDate;
      };
    };

/** The second person's answer. With a yes the turns stand, by the numbers of the roster. */
export type TurnsStep = { readonly id: TandaOrderId; readonly witness: MemberId } & (
  | { readonly state: 'agreed'; readonly turns: readonly number[] }
  | { readonly state: 'refused' }
);

export type PayoutStep = { readonly id: ProposedPayout['id']; readonly witness: MemberId } & (
  | { readonly state: 'booked'; readonly entryId: EntryId }
  | { readonly state: 'refused' }
);
