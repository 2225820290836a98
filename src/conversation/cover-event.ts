import type { CoverId, DisputeId, EntryId, MemberId } from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';

/** A gap that others pay for. */
export type CoverEvent =
  | { readonly type: 'cover-proposed'; readonly cover: ProposedCover }
  | {
      readonly type: 'cover-moved';
      readonly id: CoverId;
      readonly state: 'booked' | 'refused' | 'reversed';
      readonly witness: MemberId;
      readonly entryId: EntryId | undefined;
    }
  | {
      readonly type: 'cover-refunded';
      readonly debtor: MemberId;
      readonly entryId: EntryId;
      readonly shares: readonly CoverShare[];
    }
  /** She who gave for another says that it is not correct. The cover stands. */
  | {
      readonly type: 'cover-disputed';
      readonly id: DisputeId;
      readonly memberId: MemberId;
      readonly coverId: CoverId;
    }
  | { readonly type: 'cover-dispute-kept'; readonly id: DisputeId; readonly by: MemberId };

export type ProposedCover = Cover & {
  readonly id: CoverId;
  readonly by: 'equal' | 'pro-rata' | 'pot';
  readonly proposedBy: MemberId;
};
