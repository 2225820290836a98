import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import type { OpenElection } from '../conversation/election-facts.ts';
import { contact } from './company-facts.ts';
import { electionJson } from './election-facts-json.ts';
import { electionFacts } from './elections-json.ts';
import { officerJson } from './json-fields.ts';
import type { Secrets } from './secrets.ts';
import { groupJson } from './snapshot-json.ts';

/** Until when the members should have voted, and she who was elected should have answered. */
export type ElectionTimes = { readonly voted: Temporal.Instant; readonly answered: Temporal.Instant };

/** Groups in which one of both did not happen in time. */
export const electionsDue = async (
  pool: Pool,
  { voted, answered }: ElectionTimes,
): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ group_id: string }>(
    'select group_id from elections_due($1::timestamptz, $2::timestamptz) order by 1',
    [voted.toString(), answered.toString()],
  );
  return rows.map((row) => row.group_id);
};

const dueJson = z.object({ group: groupJson, election: electionJson, voters: z.array(officerJson) });

/** The election of a group that is open, with all who may vote on it. */
export const electionDueFacts = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  groupId: string,
  now: Temporal.Instant,
): Promise<{
  readonly open: OpenElection | undefined;
  readonly voters: readonly Contact[];
  readonly timeZone: string;
}> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    'select election_due_facts($1, $2::timestamptz) as facts',
    [groupId, now.toString()],
  );
  const { group, election, voters } = dueJson.parse(rows[0]?.facts);
  return {
    open: electionFacts(secrets, election, group.language).open,
    voters: voters.map((voter) => contact(secrets, voter, group.language)),
    timeZone: group.timeZone,
  };
};
