import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { Secrets } from './secrets.ts';

/** A message this process has leased and may send now. */
export type Leased = {
  readonly id: string;
  readonly addressId: string;
  /** Her address on the channel, in clear: it goes to the channel and nowhere else. */
  readonly address: string;
  readonly message: OutgoingMessage;
  readonly lane: number;
  readonly attempts: number;
  /** The time zone in whose night it waits: set for what a member did not ask for (invariant M9). */
  readonly quietIn: string | undefined;
  /** When she last wrote; undefined when she never did. */
  readonly heardAt: Temporal.Instant | undefined;
  /** Set for reminders: the book is asked again before they go. */
  readonly reminder:
    | { readonly groupId: string; readonly memberId: string; readonly meetingOn: string }
    | undefined;
};

type ClaimedRow = {
  id: string;
  address_id: string;
  value: Buffer;
  key: Buffer | null;
  body: Buffer | null;
  kind: string;
  lane: number;
  attempts: number;
  group_id: string | null;
  member_id: string | null;
  meeting_on: string | null;
  time_zone: string | null;
  heard_at: string | null;
  skipped: string | null;
};

const CLAIM = { name: 'claim-outbox', text: 'select * from claim_outbox($1, $2)' };
const COMPLETE = {
  name: 'complete-outbox',
  text: 'select complete_outbox($1::uuid[], $2::text[], $3::text[]) as more',
};
const RETURN = { name: 'return-outbox', text: 'select return_outbox($1, $2, $3, $4)' };

/**
 * Leases messages of one channel that are due. `claimed` counts the skipped ones too: zero means there is nothing
 * more to do now.
 */
export const claimOutbox = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  channel: string,
  limit: number,
): Promise<{ readonly claimed: number; readonly leased: readonly Leased[] }> => {
  const { rows } = await store.pool.query<ClaimedRow>({ ...CLAIM, values: [channel, limit] });
  const leased = rows
    .filter((row) => row.skipped === null)
    .map((row) => leasedOf(store.secrets, row))
    .filter((row) => row !== undefined)
    // The claim returns rows in no order: ids are made in the order of their causes.
    .toSorted((a, b) => a.lane - b.lane || (a.id < b.id ? -1 : 1));
  return { claimed: rows.length, leased };
};

const leasedOf = (secrets: Secrets, row: ClaimedRow): Leased | undefined => {
  if (row.key === null || row.body === null) return undefined;
  const place = { table: 'address', column: 'value', rowId: row.address_id };
  const reminds = row.kind === 'reminder' && row.group_id && row.member_id && row.meeting_on;
  return {
    id: row.id,
    addressId: row.address_id,
    address: secrets.open(secrets.unwrap(row.key), place, row.value),
    message: messageOf(secrets.outboxOpen(row.id, row.body)),
    lane: row.lane,
    attempts: row.attempts,
    quietIn: row.time_zone ?? undefined,
    heardAt: row.heard_at === null ? undefined : Temporal.Instant.from(row.heard_at),
    reminder: reminds
      ? { groupId: row.group_id ?? '', memberId: row.member_id ?? '', meetingOn: row.meeting_on ?? '' }
      : undefined,
  };
};

const language = z.enum(['es', 'en']);
const outgoing = z.object({
  text: z.string(),
  choices: z.array(z.object({ label: z.string(), payload: z.string() })),
  attachment: z
    .object({
      paper: z.enum(['passbook', 'report', 'sheet']),
      form: z.enum(['image', 'pdf']),
      groupId: z.string(),
      language,
      memberId: z.string().exactOptional(),
    })
    .exactOptional(),
  template: z.object({ key: z.string(), language, values: z.array(z.string()) }).exactOptional(),
  erase: z.literal(true).exactOptional(),
});

/** A message as it was sealed. */
export const messageOf = (json: string): OutgoingMessage => outgoing.parse(JSON.parse(json));

/** What went out, under which id the channel knows it. `sentAs`: "text", or the key of the prepared words. */
export type Sent = { readonly id: string; readonly sentId: string; readonly sentAs: string };

/** Records what has gone out; its words are dropped. Resolves to whether more waits for one of those addresses. */
export const completeOutbox = async (pool: Pool, sent: readonly Sent[]): Promise<boolean> => {
  const values = [sent.map((s) => s.id), sent.map((s) => s.sentId), sent.map((s) => s.sentAs)];
  const { rows } = await pool.query<{ more: boolean }>({ ...COMPLETE, values });
  return rows[0]?.more ?? false;
};

/**
 * Ends every lease, so that what a process was sending when it ended goes out again now and not when its lease runs out.
 * Only where no other process can be sending: on the embedded database, whose folder is locked.
 */
export const endLeases = async (pool: Pool): Promise<void> => {
  await pool.query(`update outbox set lease_until = now() where state = 'sending'`);
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

/**
 * Has a message wait until she writes, and tells her once, in prepared words, that something waits. Resolves to whether
 * that invitation was queued.
 */
export const holdOutbox = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  id: string,
  invitation: { readonly id: string; readonly message: OutgoingMessage } | undefined,
): Promise<boolean> => {
  const row = invitation && {
    id: invitation.id,
    body: secrets.outboxSeal(invitation.id, JSON.stringify(invitation.message)).toString('base64'),
  };
  const { rows } = await pool.query<{ invited: boolean }>('select hold_outbox($1, $2::jsonb) as invited', [
    id,
    row ? JSON.stringify(row) : null,
  ]);
  return rows[0]?.invited === true;
};

/** Ids of what went out to an address in the last two days, newest first: what a platform may still take back. */
export const recentSentIds = async (pool: Pool, addressId: string, before: string): Promise<string[]> => {
  const { rows } = await pool.query<{ sent_id: string }>(
    `select sent_id from outbox where address_id = $1 and id < $2 and state = 'sent' and sent_id is not null
        and created_at > now() - interval '2 days' and id > $3 order by id desc limit 1000`,
    [addressId, before, idsSince(Date.now() - 2 * 24 * 60 * 60 * 1_000)],
  );
  return rows.map((row) => row.sent_id);
};

/** The lowest id made at that moment: ids begin with their time, so old rows are never looked at. */
const idsSince = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

/** Nothing that waits now goes out, for `reason`. */
export const skipUnsent = async (pool: Pool, reason: string): Promise<void> => {
  await pool.query(
    `update outbox set state = 'skipped', reason = $1, body = null where state in ('queued', 'sending', 'held')`,
    [reason],
  );
};

/** She blocked the bot: nothing more is sent to this address until she writes. */
export const markBlocked = async (pool: Pool, addressId: string): Promise<void> => {
  await pool.query('update address set blocked_at = now() where id = $1', [addressId]);
};
