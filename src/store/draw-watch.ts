import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import type { DrawFacts } from '../conversation/draw-facts.ts';
import type { GroupFacts } from '../conversation/group-facts.ts';
import { contact } from './company-facts.ts';
import { drawFacts } from './draw-facts.ts';
import { drawJson } from './draws-json.ts';
import { groupFacts } from './group-facts.ts';
import { officerJson } from './json-fields.ts';
import type { Secrets } from './secrets.ts';
import { groupJson } from './snapshot-json.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** The groups that have a draw whose time for words, or for the secret, is up. */
export const drawsDue = async (pool: Pool, now: Temporal.Instant): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ group_id: string }>('select group_id from draws_due($1::timestamptz)', [
    now.toString(),
  ]);
  return [...new Set(rows.map((row) => row.group_id))];
};

/** A group's draw as it stands and the members who are told of it. */
export type DrawWatchFacts = {
  readonly group: GroupFacts;
  readonly draw: DrawFacts;
  readonly voters: readonly Contact[];
};

const watchJson = z.object({ group: groupJson, draw: drawJson.nullable(), voters: z.array(officerJson) });

/** The last draw of the group's open cycle, or undefined when there is none. */
export const drawWatchFacts = async (
  store: Keys,
  groupId: string,
  now: Temporal.Instant,
): Promise<DrawWatchFacts | undefined> => {
  const { rows } = await store.pool.query<{ facts: unknown }>(
    'select draw_watch_facts($1, $2::timestamptz) as facts',
    [groupId, now.toString()],
  );
  const { group, draw, voters } = watchJson.parse(rows[0]?.facts);
  return draw
    ? {
        group: groupFacts(store.secrets, group),
        draw: drawFacts(store.secrets, draw),
        voters: voters.map((voter) => contact(store.secrets, voter, group.language)),
      }
    : undefined;
};
