import { z } from 'zod';
import { asId, type LoanRequestId, type MemberId } from '../domain/ids.ts';
import { LOAN_PURPOSES } from '../domain/loan/request.ts';
import { id } from './json-fields.ts';

const digits = z.string().regex(/^\d{1,12}$/);
const purpose = z.enum(LOAN_PURPOSES);
const whom = id
  .transform((text) => asId<MemberId>(text))
  .optional()
  .transform((member) => member);

/** A loan that is asked for, by her or for her. */
export const loanFlows = [
  z.object({ type: z.literal('loan-who') }),
  z.object({ type: z.literal('loan-amount'), for: whom }),
  z.object({ type: z.literal('loan-purpose'), amount: digits, for: whom }),
  z.object({ type: z.literal('loan-length'), amount: digits, purpose, for: whom }),
  z.object({
    type: z.literal('loan-confirm'),
    amount: digits,
    purpose,
    n: z.int(),
    requestId: id.transform((text) => asId<LoanRequestId>(text)),
    for: whom,
  }),
] as const;
