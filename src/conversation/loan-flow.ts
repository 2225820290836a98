import type { LoanRequestId, MemberId } from '../domain/ids.ts';
import type { LoanPurpose } from '../domain/loan/request.ts';

/**
 * A loan that is asked for. `for` is the member without a telephone whom an officer asks for; undefined where she who writes asks
 * for herself. Amounts are decimal digits of minor units.
 */
export type LoanFlow =
  /** Who it is for, and perhaps how much. */
  | { readonly type: 'loan-who' }
  | { readonly type: 'loan-amount'; readonly for?: MemberId | undefined }
  | { readonly type: 'loan-purpose'; readonly amount: string; readonly for?: MemberId | undefined }
  | {
      readonly type: 'loan-length';
      readonly amount: string;
      readonly purpose: LoanPurpose;
      readonly for?: MemberId | undefined;
    }
  | {
      readonly type: 'loan-confirm';
      readonly amount: string;
      readonly purpose: LoanPurpose;
      readonly n: number;
      readonly requestId: LoanRequestId;
      readonly for?: MemberId | undefined;
    };
