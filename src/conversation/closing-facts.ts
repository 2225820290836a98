import type { CycleId, LoanId, MemberId } from '../domain/ids.ts';
import type { Hands, Vote } from '../domain/vote.ts';

/** What the closing of the cycle needs besides the roster. Amounts in minor units. */
export type ClosingFacts = {
  readonly cycleId: CycleId;
  /** The officer who proposes to close it now. */
  readonly proposedBy: MemberId | undefined;
  readonly fines: bigint;
  /** Negative after a loss. */
  readonly earnings: bigint;
  /** What members still owe those who covered them. */
  readonly covered: bigint;
  /** Everybody in the group, in the order of their numbers. `isWaited`: a payment of hers, her objection to a receipt, or a change of hers waits for an officer's word. */
  readonly members: readonly {
    readonly id: MemberId;
    readonly saved: bigint;
    readonly coverOwed: bigint;
    readonly coveredOwed: bigint;
    readonly isWaited: boolean;
  }[];
  readonly interest: readonly {
    readonly loanId: LoanId;
    readonly memberId: MemberId;
    readonly minor: bigint;
  }[];
  /** Late fees that were received. */
  readonly lateFees: readonly { readonly loanId: LoanId; readonly minor: bigint }[];
  /** What the organisation's capital is in the book. */
  readonly outsideCapital: bigint;
  /** What was said of a member's loans being lost, under the oldest of them: the first vote is hers who proposed it. */
  readonly losses: readonly {
    readonly loanId: LoanId;
    readonly memberId: MemberId;
    readonly votes: readonly Vote[];
    readonly hands?: Hands | undefined;
  }[];
};
