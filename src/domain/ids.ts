import type { Brand } from './brand.ts';
import { invariant } from './result.ts';

/** One brand per noun. All are UUIDs made by us (version 7 in production, counted in tests). */
export type ProgrammeId = Brand<string, 'ProgrammeId'>;
export type GroupId = Brand<string, 'GroupId'>;
export type MemberId = Brand<string, 'MemberId'>;
export type StaffId = Brand<string, 'StaffId'>;
export type AddressId = Brand<string, 'AddressId'>;
export type LoanId = Brand<string, 'LoanId'>;
export type PaymentId = Brand<string, 'PaymentId'>;
export type EntryId = Brand<string, 'EntryId'>;
export type ProposalId = Brand<string, 'ProposalId'>;
export type InviteId = Brand<string, 'InviteId'>;
export type DisputeId = Brand<string, 'DisputeId'>;
export type LoanRequestId = Brand<string, 'LoanRequestId'>;
export type LoanPlanId = Brand<string, 'LoanPlanId'>;
export type MeetingId = Brand<string, 'MeetingId'>;
export type CycleId = Brand<string, 'CycleId'>;
export type DrawId = Brand<string, 'DrawId'>;
export type CoverId = Brand<string, 'CoverId'>;
export type MoneyOutId = Brand<string, 'MoneyOutId'>;
export type SecondWordId = Brand<string, 'SecondWordId'>;
export type ElectionId = Brand<string, 'ElectionId'>;
export type TandaOrderId = Brand<string, 'TandaOrderId'>;
export type TandaPayoutId = Brand<string, 'TandaPayoutId'>;
export type BroadcastId = Brand<string, 'BroadcastId'>;
export type TalkId = Brand<string, 'TalkId'>;
export type DangerId = Brand<string, 'DangerId'>;
export type RightsRequestId = Brand<string, 'RightsRequestId'>;
export type ErasureId = Brand<string, 'ErasureId'>;

type AnyId =
  | ProgrammeId
  | GroupId
  | MemberId
  | StaffId
  | AddressId
  | LoanId
  | PaymentId
  | EntryId
  | ProposalId
  | InviteId
  | DisputeId
  | LoanPlanId
  | LoanRequestId
  | MeetingId
  | CycleId
  | DrawId
  | CoverId
  | TandaOrderId
  | TandaPayoutId
  | MoneyOutId
  | BroadcastId
  | TalkId
  | DangerId
  | RightsRequestId
  | ErasureId
  | SecondWordId
  | ElectionId;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` has the form of our ids. Ids that come from outside (a button, a file) are checked with this first. */
export const isId = (text: string): boolean => UUID.test(text);

/** The one place where a string becomes an id. Throws when it is not one: past the edge that is our own mistake. */
export const asId = <Id extends AnyId>(text: string): Id => {
  invariant(isId(text), 'an id is a lower-case UUID');
  return text as Id;
};
