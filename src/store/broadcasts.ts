import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { BroadcastContent, BroadcastCounts } from '../conversation/broadcast-facts.ts';
import type { Contact } from '../conversation/contact.ts';
import type { Audience } from '../domain/broadcast/audience.ts';
import { askedAudience, audienceJson } from './audience-json.ts';
import { type BroadcastMessages, openContent, sealMessages } from './broadcast-words.ts';
import { byClockJson } from './commit-by-clock.ts';
import { staffContacts } from './company-facts.ts';
import { inTransaction } from './in-transaction.ts';
import { language, reach, sealed } from './json-fields.ts';
import { openName } from './open-name.ts';
import type { OutboxMessage } from './outbox-json.ts';
import type { Secrets } from './secrets.ts';
import { countsJson } from './staff-broadcasts-json.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** People whose messages are put into the outbox at a time. */
const PAGE = 5_000;

/** A broadcast that is due or on its way. */
export type OpenBroadcast = {
  readonly id: string;
  readonly programmeId: string;
  /** Stopped: what is left of it does not go. */
  readonly stopped: boolean;
  /** All its messages are in the outbox. */
  readonly expanded: boolean;
  readonly content: BroadcastContent;
  readonly audience: Audience;
  readonly sender: { readonly name: string; readonly programme: string };
};

type OpenRow = {
  id: string;
  programme_id: string;
  state: string;
  expanded: boolean;
  content: Buffer;
  audience: unknown;
  programme: string;
  author_id: string;
  author_name: Buffer;
  author_key: Buffer | null;
};

export const openBroadcasts = async (
  { pool, secrets }: Keys,
  now: Temporal.Instant,
): Promise<OpenBroadcast[]> => {
  const { rows } = await pool.query<OpenRow>({
    name: 'broadcasts-open',
    text: 'select * from broadcasts_open($1::timestamptz)',
    values: [now.toString()],
  });
  return rows.map((row) => ({
    id: row.id,
    programmeId: row.programme_id,
    stopped: row.state === 'cancelled',
    expanded: row.expanded,
    content: openContent(secrets, row.id, row.content),
    audience: audienceJson.parse(row.audience),
    sender: {
      name: openName(secrets, 'staff', { id: row.author_id, name: row.author_name, key: row.author_key }),
      programme: row.programme,
    },
  }));
};

/** Puts the messages of a broadcast into the outbox, a page at a time, each address once; false when another process is at it. */
export const expandBroadcast = async (
  { pool, secrets }: Keys,
  { id, programmeId, audience }: OpenBroadcast,
  how: { readonly messages: BroadcastMessages; readonly now: Temporal.Instant },
): Promise<void> => {
  const asked = JSON.stringify(await askedAudience(pool, { programmeId, audience, now: how.now }));
  const messages = sealMessages(secrets, id, how.messages);
  for (let more = true; more; ) {
    const { rows } = await pool.query<{ more: boolean }>(
      'select expand_broadcast($1, $2, $3::jsonb, $4::timestamptz, $5) as more',
      [id, messages, asked, how.now.toString(), PAGE],
    );
    more = rows[0]?.more === true;
  }
};

/** Marks what one that was stopped left behind, a page at a time. */
export const skipCancelled = async (pool: Pool, id: string): Promise<void> => {
  for (let more = true; more; ) {
    const { rows } = await pool.query<{ more: boolean }>('select skip_cancelled($1, $2) as more', [id, PAGE]);
    more = rows[0]?.more === true;
  }
};

/** How far a broadcast is, for its author. */
export type BroadcastWord = {
  readonly number: number;
  /** It was stopped before its end. */
  readonly stopped: boolean;
  readonly counts: BroadcastCounts;
  readonly audience: Audience;
  /** The message that told it before, which is changed. */
  readonly progressId: string | undefined;
  readonly author: Contact;
};

const wordJson = z.object({
  number: z.int(),
  stopped: z.boolean(),
  counts: countsJson,
  audience: audienceJson,
  progressId: z.string().nullable(),
  author: z.object({ id: z.string(), ...sealed, language, reach }),
});

/** What is told of it; `progressId` when it is the first word. */
export type ToldWord = { readonly outbox: readonly OutboxMessage[]; readonly progressId: string | undefined };

/**
 * Writes what is told of a broadcast, once: with its end, which this finds, or every `againSeconds` while it is on its
 * way. Resolves to whether anything was told.
 */
export const tellBroadcast = async (
  { pool, secrets }: Keys,
  of: { readonly id: string; readonly againSeconds: number; readonly now: Temporal.Instant },
  wordsOf: (word: BroadcastWord) => ToldWord,
): Promise<boolean> =>
  inTransaction(pool, async (session) => {
    const { rows } = await session.query<{ word: unknown }>(
      'select broadcast_word($1, $2, $3::timestamptz) as word',
      [of.id, of.againSeconds, of.now.toString()],
    );
    const json = wordJson.nullable().parse(rows[0]?.word ?? null);
    const [author] = json ? staffContacts(secrets, [json.author]) : [];
    if (!json || !author) return false;
    const { outbox, progressId } = wordsOf({ ...json, progressId: json.progressId ?? undefined, author });
    if (progressId !== undefined) {
      await session.query('update broadcast set progress_id = $2 where id = $1', [of.id, progressId]);
    }
    const step = { groupId: undefined, now: of.now, events: [], outbox };
    await session.query('select commit_by_clock($1::jsonb)', [byClockJson(secrets, step)]);
    return true;
  });
