import type { CoverId, EntryId, MemberId } from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';
import type { Hands, Vote } from '../domain/vote.ts';

/** Gaps that others paid for: proposed, booked, and what was given back. */
export type Covers = {
  readonly all: readonly CoverFacts[];
  readonly refunds: readonly CoverRefund[];
  /** Who covered somebody and has left the group. */
  readonly former: readonly { readonly id: MemberId; readonly name: string }[];
};

/** What she does not owe any more of a cover: given back (`refund`), or forgiven by vote (`write-off`). */
export type CoverRefund = CoverShare & {
  readonly debtor: MemberId;
  readonly entryId: EntryId;
  readonly receipt: bigint;
  readonly kind: 'refund' | 'write-off';
  /** Of a cycle that was closed. */
  readonly isClosed: boolean;
};

export type CoverFacts = Cover & {
  readonly id: CoverId;
  readonly state: 'proposed' | 'booked';
  readonly proposedBy: MemberId;
  readonly votes: readonly Vote[];
  readonly hands?: Hands | undefined;
};
