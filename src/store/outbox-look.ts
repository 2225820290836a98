import type { Pool } from 'pg';

/** What is in the outbox, counted; never a word or a name. */
export type OutboxCount = {
  readonly channel: string;
  readonly state: string;
  /** Why it failed, was skipped or waits; undefined when there is nothing to say. */
  readonly reason: string | undefined;
  readonly messages: number;
  /** How long the oldest of them has been there, in seconds. */
  readonly oldestSeconds: number;
};

/** Messages by channel, state and reason. What went out is not counted: `comadre messages` does. */
export const countOutbox = async (pool: Pool): Promise<OutboxCount[]> => {
  const { rows } = await pool.query<{
    channel: string;
    state: string;
    reason: string | null;
    messages: number;
    oldest: number;
  }>(
    `select channel, state, reason, count(*)::integer as messages, extract(epoch from now() - min(created_at))::float8 as oldest
       from outbox where state <> 'sent' group by channel, state, reason order by channel, state, reason nulls first`,
  );
  return rows.map(({ oldest, reason, ...row }) => ({
    ...row,
    reason: reason ?? undefined,
    oldestSeconds: oldest,
  }));
};

/** A message that was given up, or one of ours that stopped on our own mistake. */
export type DeadLetter = {
  readonly id: string;
  readonly channel: string;
  readonly kind: string;
  readonly reason: string;
  readonly ageSeconds: number;
  /** Whether its words are still there, so that it can be tried again. */
  readonly kept: boolean;
};

/** Messages that were given up, the newest first. */
export const failedMessages = async (pool: Pool, limit: number): Promise<DeadLetter[]> => {
  const { rows } = await pool.query<Omit<DeadLetter, 'ageSeconds'> & { age: number }>(
    `select id, channel, kind, coalesce(reason, '') as reason, extract(epoch from now() - created_at)::float8 as age, can_be_said(outbox) as kept
       from outbox where state = 'failed' order by id desc limit $1`,
    [limit],
  );
  return rows.map(({ age, ...row }) => ({ ...row, ageSeconds: age }));
};

/** Messages that came in and stopped on our own mistake, the newest first. `reason`: the kind of the mistake. */
export const parkedMessages = async (pool: Pool, limit: number): Promise<DeadLetter[]> => {
  const { rows } = await pool.query<Omit<DeadLetter, 'ageSeconds'> & { age: number }>(
    `select left(message_id, 12) as id, channel, 'incoming' as kind, coalesce(error, '') as reason,
            extract(epoch from now() - received_at)::float8 as age, body is not null as kept
       from inbox where outcome = 'dead' order by received_at desc limit $1`,
    [limit],
  );
  return rows.map(({ age, ...row }) => ({ ...row, ageSeconds: age }));
};

/**
 * Puts messages that were given up for this reason in line again; one of several parts goes on where it stopped. Those whose words are
 * gone, whose time is over, or to whom nothing may be sent any more are left; the claim asks the rest again.
 */
export const retryFailed = async (pool: Pool, reason: string): Promise<number> => {
  const { rowCount } = await pool.query(
    `with again as (
       update outbox set state = 'queued', reason = null, attempts = 0, not_before = now(), lease_until = null, status_id = null
        where state = 'failed' and reason = $1 and can_be_said(outbox) and (expires_at is null or expires_at > now()) and sent_at is null returning 1
     ) select pg_notify('comadre_outbox', '') from again`,
    [reason],
  );
  return rowCount ?? 0;
};
