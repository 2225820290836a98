import type { Leased } from '../store/claim-outbox.ts';
import { releaseOutbox } from '../store/leases.ts';
import type { Store } from './store.ts';

/** A lease lasts 50 s in the database; what waited here longer than this may be somebody else's by now. */
export const LEASE_HELD_MS = 40_000;

/** A leased message, and until when it is ours (`performance.now()`). */
export type Held = { readonly message: Leased; readonly until: number };

export const held = (messages: readonly Leased[], since: number): Held[] =>
  messages.map((message) => ({ message, until: since + LEASE_HELD_MS }));

/** Gives back what is still ours. Where that fails, its lease ends by itself. */
export const release = async ({ pool, log }: Store, messages: readonly Held[]): Promise<void> => {
  const now = performance.now();
  const ids = messages.flatMap(({ message, until }) => (now < until ? [message.id] : []));
  if (ids.length === 0) return;
  await releaseOutbox(pool, ids).catch((error: unknown) =>
    log.warn({ error }, 'messages that were not sent stay leased for a minute'),
  );
};
