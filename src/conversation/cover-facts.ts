import type { CoverId, DisputeId, EntryId, MemberId } from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';
import type { ToTakeBack } from '../domain/ledger/take-back.ts';
import type { Money } from '../domain/money.ts';
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
  /** Its entry in the book, and where the accounts that it moved stand now. */
  readonly booked: BookedCover | undefined;
};

export type BookedCover = ToTakeBack & {
  readonly entryId: EntryId;
  readonly receipt: bigint;
  /** Of a cycle that was closed. */
  readonly isClosed: boolean;
};

/** What she gave for another's gap: a receipt of hers, that she may object to in the last seven days, or has objected to. */
export type GivenCover = {
  readonly coverId: CoverId;
  readonly receipt: bigint;
  readonly amount: Money;
  readonly debtor: MemberId;
  readonly debtorName: string;
  /** She objected, and no officer has looked at it yet. */
  readonly objection: DisputeId | undefined;
  /** Of a cycle that was closed. */
  readonly isClosed: boolean;
};

/** An open objection of a member to what she is said to have given for another. */
export type CoverDispute = Pick<GivenCover, 'coverId' | 'receipt' | 'amount'> & {
  readonly id: DisputeId;
  readonly memberId: MemberId;
  readonly debtor: MemberId;
};
