import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { Offered } from '../conversation/session.ts';
import type { Claiming } from './claim-outbox.ts';
import { sealAsked } from './outbox-json.ts';
import type { Secrets } from './secrets.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

const COMPLETE = {
  name: 'complete-outbox',
  text: 'select * from complete_outbox($1::uuid[], $2::text[], $3::text[], $4::text[], $5, $6, $7::timestamptz)',
};

const RETURN = { name: 'return-outbox', text: 'select return_outbox($1, $2, $3, $4)' };

/**
 * What went out, under which id the channel knows it. `sentAs`: "text", or the key of the prepared words. `placed`:
 * whether it had a place in the channel's line; what had none is counted when it is recorded.
 */
export type Sent = {
  readonly id: string;
  readonly sentId: string;
  readonly sentAs: string;
  readonly placed: boolean;
  /** 0: somebody waits for what follows it; 1: bulk. */
  readonly lane: number;
  /** The choices of what got its words as it was sent; the row of any other message has its own. */
  readonly asks: { readonly addressId: string; readonly choices: readonly Offered[] } | undefined;
};

export type Completed = {
  /** More waits for one of those addresses. */
  readonly more: boolean;
  /** So many seconds of what the platform allows are taken already, by all processes. */
  readonly aheadSeconds: number;
};

/** Records what has gone out at `now`; its words are dropped, and what it asked is hers to answer from now on. */
export const completeOutbox = async (
  { pool, secrets }: Keys,
  sent: readonly Sent[],
  { channel, now }: Pick<Claiming, 'channel'> & { readonly now: Temporal.Instant },
): Promise<Completed> => {
  const answers = sent.filter((s) => !s.placed).length;
  const values = [
    sent.map((s) => s.id),
    sent.map((s) => s.sentId),
    sent.map((s) => s.sentAs),
    sent.map(({ asks }) => (asks && asks.choices.length > 0 ? sealAsked(secrets, asks) : null)),
    channel,
    answers,
    now.toString(),
  ];
  const { rows } = await pool.query<{ more: boolean; ahead: number }>({ ...COMPLETE, values });
  return { more: rows[0]?.more ?? false, aheadSeconds: rows[0]?.ahead ?? 0 };
};

/** Gives a message back: to be tried again in `afterSeconds`, or skipped or failed for good. */
export const returnOutbox = async (
  pool: Pool,
  id: string,
  what: {
    readonly state: 'queued' | 'skipped' | 'failed';
    readonly reason: string;
    readonly afterSeconds?: number;
  },
): Promise<void> => {
  await pool.query({ ...RETURN, values: [id, what.state, what.reason, what.afterSeconds ?? 0] });
};

/** The platform keeps it from her for today: it is tried again in a day, twice at most, and then given up. */
export const holdBack = async (pool: Pool, id: string): Promise<void> => {
  await pool.query('select hold_back($1)', [id]);
};

/** Writes down which parts of a leased message are out, so that its next try goes on after them. */
export const keepSentParts = async (pool: Pool, id: string, sentParts: readonly string[]): Promise<void> => {
  await pool.query(`update outbox set sent_id = $2 where id = $1 and state = 'sending'`, [
    id,
    sentParts.join(','),
  ]);
};

type Invitation = { readonly id: string; readonly message: OutgoingMessage };

/**
 * Has a message wait until she writes, or, where it is closed, until she asks to see it; and tells her once that something
 * waits. Resolves to whether that invitation was queued.
 */
export const holdOutbox = async (
  { pool, secrets }: Keys,
  id: string,
  { invitation, closed }: { readonly invitation: Invitation | undefined; readonly closed: boolean },
): Promise<boolean> => {
  const row = invitation && {
    id: invitation.id,
    body: secrets.outboxSeal(invitation.id, JSON.stringify(invitation.message)).toString('base64'),
  };
  const { rows } = await pool.query<{ invited: boolean }>(
    'select hold_outbox($1, $2::jsonb, $3) as invited',
    [id, row ? JSON.stringify(row) : null, closed],
  );
  return rows[0]?.invited === true;
};

/** Nothing that waits now goes out, for `reason`. */
export const skipUnsent = async (pool: Pool, reason: string): Promise<void> => {
  await pool.query(
    `update outbox set state = 'skipped', reason = $1, body = null where state in ('queued', 'sending', 'held')`,
    [reason],
  );
};
