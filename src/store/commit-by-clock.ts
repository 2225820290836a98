import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { DomainEvent } from '../conversation/domain-event.ts';
import { isStale } from './commit-outcome.ts';
import { dangerChanges } from './danger-changes.ts';
import { drawsJson } from './draws-json.ts';
import { electionsJson } from './elections-json.ts';
import { type OutboxMessage, outboxJson } from './outbox-json.ts';
import { paymentsJson } from './payments-json.ts';
import type { Secrets } from './secrets.ts';
import { telephonesJson } from './telephones-json.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** What the clock decided for a group: something happened, and these are told. */
export type ByClock = {
  /** Undefined of what concerns no group: a word to staff. */
  readonly groupId: string | undefined;
  readonly now: Temporal.Instant;
  readonly events: readonly DomainEvent[];
  readonly outbox: readonly OutboxMessage[];
};

/** Writes it, or nothing; false when somebody was quicker. */
export const commitByClock = async (store: Keys, step: ByClock): Promise<boolean> => {
  try {
    await store.pool.query('select commit_by_clock($1::jsonb)', [byClockJson(store.secrets, step)]);
    return true;
  } catch (error) {
    if (isStale(error)) return false;
    throw error;
  }
};

/** The document that commit_by_clock takes. */
export const byClockJson = (secrets: Secrets, step: ByClock): string =>
  JSON.stringify({
    groupId: step.groupId,
    now: step.now.toString(),
    ...drawsJson(secrets, step.events),
    ...paymentsJson(step.events),
    ...dangerChanges(secrets, step.events, undefined),
    ...telephonesJson(step.events),
    ...electionsJson(step.events),
    outbox: step.outbox.map((row) => outboxJson(secrets, row)),
  });
