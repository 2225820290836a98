// Who is who on WhatsApp: by telephone number where Meta gives it, else by the id that Meta made for her and this business.

import { PHONE, phoneOf } from '../phone-number.ts';

/** Business-scoped id: a country, a dot, letters and digits (Meta, business-scoped user IDs, 2026-05-28). */
const BUSINESS_SCOPED = /^[A-Za-z]{2}\.[A-Za-z0-9.]{1,140}$/u;
const SCOPED_PREFIX = 'bsuid:';

/** A person as Meta named her in one payload: by either of these, or by both. */
export type Named = { readonly phone?: string | undefined; readonly scopedId?: string | undefined };

export type Identity = { readonly address: string; readonly aliases: readonly string[] };

/** Her address (the number when it is there) with her other name as an alias; undefined when neither can be read. */
export function identityOf({ phone, scopedId }: Named): Identity | undefined {
  const number = phone === undefined ? undefined : phoneOf(phone);
  const scoped =
    scopedId !== undefined && BUSINESS_SCOPED.test(scopedId) ? SCOPED_PREFIX + scopedId : undefined;
  if (number !== undefined) return { address: number, aliases: scoped === undefined ? [] : [scoped] };
  return scoped === undefined ? undefined : { address: scoped, aliases: [] };
}

/** How a message names whom it is for; undefined when the address is none of ours. */
export function recipientOf(
  address: string,
): { readonly to: string } | { readonly recipient: string } | undefined {
  if (address.startsWith(SCOPED_PREFIX)) {
    const recipient = address.slice(SCOPED_PREFIX.length);
    return BUSINESS_SCOPED.test(recipient) ? { recipient } : undefined;
  }
  const to = PHONE.test(address) ? phoneOf(address) : undefined;
  return to === undefined ? undefined : { to };
}
