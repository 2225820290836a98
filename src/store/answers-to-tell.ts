import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import { byClockJson } from './commit-by-clock.ts';
import { staffContacts } from './company-facts.ts';
import { inTransaction } from './in-transaction.ts';
import type { OutboxMessage } from './outbox-json.ts';
import type { Secrets } from './secrets.ts';
import { companyJson } from './snapshot-json.ts';

const dueJson = z.array(z.object({ number: z.int(), count: z.int(), staff: companyJson.shape.staff }));

/** So many more have answered a message to many, and whom to tell. */
export type MoreAnswered = {
  readonly number: number;
  readonly count: number;
  readonly staff: readonly Contact[];
};

/**
 * Tells staff of those who answered since they heard last, `minutes` or more ago: each answer once, whoever else asks.
 * Resolves to how many messages are to go out.
 */
export const tellAnswers = (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  { now, minutes }: { readonly now: Temporal.Instant; readonly minutes: number },
  wordsOf: (more: MoreAnswered) => readonly OutboxMessage[],
): Promise<number> =>
  inTransaction(pool, async (session) => {
    const { rows } = await session.query<{ due: unknown }>(
      'select answers_to_tell($1::timestamptz, $2) as due',
      [now.toString(), minutes],
    );
    const outbox = dueJson
      .parse(rows[0]?.due)
      .flatMap((more) => wordsOf({ ...more, staff: staffContacts(secrets, more.staff) }));
    if (outbox.length === 0) return 0;
    const step = { groupId: undefined, now, events: [], outbox };
    await session.query('select commit_by_clock($1::jsonb)', [byClockJson(secrets, step)]);
    return outbox.length;
  });
