import type { Pool } from 'pg';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import { companyFacts } from './company-facts.ts';
import { language, sealed } from './json-fields.ts';
import { openName } from './open-name.ts';
import { type OutboxMessage, outboxJson } from './outbox-json.ts';
import type { Secrets } from './secrets.ts';
import { companyJson } from './snapshot-json.ts';

/**
 * Books in which a fault was found are closed to new entries until they are mended; those that are right again are
 * opened. Resolves to the groups that were closed just now.
 */
export const freezeBooks = async (pool: Pool, faulty: readonly string[]): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>(
    `with opened as (
       update savings_group set frozen_at = null where frozen_at is not null and id <> all ($1::uuid[])
     )
     update savings_group set frozen_at = now() where frozen_at is null and id = any ($1::uuid[]) returning id`,
    [faulty],
  );
  return rows.map(({ id }) => id);
};

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

const frozenJson = z.object({
  group: z.object({ id: z.string(), ...sealed, language }),
  company: companyJson,
});

/** What a group is called, and the staff to be told of it. */
export const frozenGroup = async (
  { pool, secrets }: Keys,
  groupId: string,
): Promise<{ readonly name: string; readonly staff: readonly Contact[] }> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    `select jsonb_build_object('group', group_facts($1), 'company', company_facts($1)) as facts`,
    [groupId],
  );
  const { group, company } = frozenJson.parse(rows[0]?.facts);
  return {
    name: openName(secrets, 'savings_group', group),
    staff: companyFacts(secrets, company, group.language).staff,
  };
};

/** Queues messages that the program decided on by itself. */
export const queueNotices = async (
  { pool, secrets }: Keys,
  groupId: string,
  outbox: readonly OutboxMessage[],
): Promise<void> => {
  const doc = { outbox: outbox.map((row) => outboxJson(secrets, row)) };
  await pool.query('select commit_outbox($1, $2::jsonb)', [groupId, JSON.stringify(doc)]);
};
