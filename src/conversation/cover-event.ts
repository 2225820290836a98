import type { CoverId, EntryId, MemberId } from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';

/** A gap that others pay for. */
export type CoverEvent =
  | { readonly type: 'cover-proposed'; readonly cover: ProposedCover }
  | {
      readonly type: 'cover-moved';
      readonly id: CoverId;
      readonly state: 'booked' | 'refused';
      readonly witness: MemberId;
      readonly entryId: EntryId | undefined;
    }
  | {
      readonly type: 'cover-refunded';
      readonly debtor: MemberId;
      readonly entryId: EntryId;
      readonly shares: readonly CoverShare[];
    };

export type ProposedCover = Cover & {
  readonly id: CoverId;
  readonly by: 'equal' | 'pro-rata' | 'pot';
  readonly proposedBy: MemberId;
};
