import type { Temporal } from 'temporal-polyfill';
import type { LoanId, LoanPlanId, LoanRequestId, MemberId } from '../domain/ids.ts';
import type { LoanRequest, LoanRequestState } from '../domain/loan/request.ts';
import type { LoanTerms } from '../domain/loan/terms.ts';

/** What was decided about a loan; money that moves is an entry beside it. */
export type LoanEvent =
  | { readonly type: 'loan-asked'; readonly request: LoanRequest }
  /** Handed over at a past meeting, and written down by an officer: asked for and handed over in one. */
  | { readonly type: 'loan-noted'; readonly request: LoanRequest; readonly step: LoanStep }
  | { readonly type: 'loan-moved'; readonly step: LoanStep }
  | { readonly type: 'loan-made'; readonly loan: MadeLoan }
  | { readonly type: 'loan-plan-proposed'; readonly plan: ProposedPlan }
  | {
      readonly type: 'loan-plan-decided';
      readonly id: LoanPlanId;
      readonly witness: MemberId;
      /** The day, and the last entry of the book then; undefined when it was refused. */
      readonly agreed: { readonly on: Temporal.PlainDate; readonly seq: bigint } | undefined;
    };

/** A step of a loan that was asked for. `handedBy` and `terms` are kept only while the borrower's word is missing. */
export type LoanStep = {
  readonly id: LoanRequestId;
  readonly was: LoanRequestState;
  readonly state: LoanRequestState;
  readonly decidedBy?: MemberId;
  readonly handedBy?: MemberId;
  readonly terms?: LoanTerms;
  readonly heldOn?: Temporal.PlainDate | undefined;
  readonly loanId?: LoanId;
};

export type MadeLoan = { readonly id: LoanId; readonly memberId: MemberId; readonly terms: LoanTerms };

/** What one officer says the group agreed on for the rest of a loan. */
export type ProposedPlan = {
  readonly id: LoanPlanId;
  readonly loanId: LoanId;
  readonly n: number;
  readonly firstDue: Temporal.PlainDate;
  readonly by: MemberId;
};
