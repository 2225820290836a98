import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type AddressId, asId, isId } from '../domain/ids.ts';

// The fields of what the database answers with, as JSON. Amounts come as digits and stay so until they are bigint: JSON
// numbers are floats. What does not fit is our own mistake between two files, and throws.

export const id = z.string().refine(isId);
export const digits = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt);
export const bytes = z.hex().transform((text) => Buffer.from(text, 'hex'));
export const date = z.iso.date().transform((text) => Temporal.PlainDate.from(text));
export const clock = z.iso.time().transform((text) => Temporal.PlainTime.from(text));
export const language = z.enum(['es', 'en']);
export const currency = z.enum(['MXN', 'USD']);
export const role = z.enum(['member', 'leader', 'treasurer', 'secretary']);
export const state = z.enum(['invited', 'pending', 'active', 'suspended', 'left']);
export const instant = z.string().transform((text, context) => {
  try {
    return Temporal.Instant.from(text.replace(' ', 'T'));
  } catch {
    context.addIssue({ code: 'custom', message: 'is no moment' });
    return z.NEVER;
  }
});

/** A name (or place) sealed under its owner's key. A shredded key leaves no name. */
export const sealed = { name: bytes, key: bytes.nullable() };

export type Sealed = { readonly name: Uint8Array; readonly key: Uint8Array | null };

export const reach = z.array(
  z.object({ addressId: id.transform((t) => asId<AddressId>(t)), channel: z.string() }),
);

/** The amounts of a payment by purpose. */
export const parts = { savings: digits, loan: digits, fine: digits, social: digits, turn: digits };

/** Somebody who may be written to: an officer, a borrower, a voter. */
export const officerJson = z.object({
  id,
  number: z.int(),
  ...sealed,
  role,
  language: language.nullable(),
  reach,
});
