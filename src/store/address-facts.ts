import { Temporal } from 'temporal-polyfill';
import { EMPTY_SESSION, freshSession, type Session } from '../conversation/session.ts';
import type { AddressFacts } from '../conversation/snapshot.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import { waitingErasures } from './rights-json.ts';
import type { Secrets } from './secrets.ts';
import { readOffered, readSession, splitAsked } from './session-json.ts';
import type { SnapshotJson } from './snapshot-json.ts';

export const addressFacts = (
  secrets: Secrets,
  json: SnapshotJson,
  of: { readonly channel: string; readonly newAddressId: AddressId; readonly now: Temporal.Instant },
): AddressFacts => {
  const { address } = json;
  return {
    id: address ? asId<AddressId>(address.id) : of.newAddressId,
    channel: of.channel,
    language: address?.language ?? undefined,
    consented: Boolean(address?.consentedAt),
    stopped: Boolean(address?.stoppedAt),
    wrongCodes: address?.wrongCodes ?? 0,
    wrongCodeAt: address?.wrongCodeAt ?? undefined,
    session: address ? sessionOf(secrets, address, of.now) : EMPTY_SESSION,
    invited: address?.invited ?? false,
    afterMany: address?.many ?? false,
    contradicted: address?.contradicted ?? false,
    doubt: address?.doubt ?? undefined,
    recovering: address?.recovering ?? false,
    erasures: waitingErasures(secrets, address?.erasures ?? []),
    noticeSeen: json.noticeSeen,
  };
};

/** A question older than this is not answered by a bare number: she may mean anything. */
const ASKED_DAYS = 7;

const isRecent = (at: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  at !== null && now.since(at).total('hours') < 24 * ASKED_DAYS;

/** Her session; a question that has reached her unasked is answered by number while no question of ours is open. */
const sessionOf = (
  secrets: Secrets,
  address: NonNullable<SnapshotJson['address']>,
  now: Temporal.Instant,
): Session => {
  const stored = readSession(
    address.session === null ? undefined : secrets.outboxOpen(`session/${address.id}`, address.session),
  );
  const session = freshSession(stored, now);
  if (address.asked === null || !isRecent(address.askedAt, now)) return session;
  const asked = splitAsked(address.asked).map((one) =>
    readOffered(secrets.outboxOpen(`asked/${address.id}`, one)),
  );
  // A question of ours is open: the others wait, but a bare number may be meant for any of them.
  if (session.flow.type !== 'idle')
    return session.offered.length > 0 ? { ...session, others: asked } : session;
  return { ...session, others: asked.slice(0, -1), offered: asked.at(-1) ?? [] };
};
