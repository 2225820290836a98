import { z } from 'zod';
import { asId, type LoanRequestId, type MeetingId, type MemberId } from '../domain/ids.ts';
import { LOAN_PURPOSES } from '../domain/loan/request.ts';
import { id } from './json-fields.ts';

const memberId = id.transform((text) => asId<MemberId>(text));
const requestId = id.transform((text) => asId<LoanRequestId>(text));
const purpose = z.enum(LOAN_PURPOSES);
const digits = z.string().regex(/^\d{1,12}$/);

/** The count of the boxes, and what is written down late of a past meeting. */
export const lateFlows = [
  z.object({ type: z.literal('meeting-differs'), counted: z.array(digits) }),
  z.object({
    type: z.literal('meeting-count'),
    counted: z.array(digits),
    late: z
      .object({ id: id.transform((text) => asId<MeetingId>(text)), on: z.iso.date() })
      .optional()
      .transform((late) => late),
  }),
  z.object({ type: z.literal('count-witness') }),
  z.object({ type: z.literal('late-loan'), on: z.iso.date() }),
  z.object({ type: z.literal('late-loan-purpose'), on: z.iso.date(), memberId, amount: digits }),
  z.object({ type: z.literal('late-loan-length'), on: z.iso.date(), memberId, amount: digits, purpose }),
  z.object({
    type: z.literal('late-loan-confirm'),
    on: z.iso.date(),
    memberId,
    amount: digits,
    n: z.int(),
    purpose,
    requestId,
  }),
] as const;
