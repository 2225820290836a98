import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import type { OldClaim } from '../conversation/flows/by-clock.ts';
import type { GroupFacts } from '../conversation/group-facts.ts';
import { asId, type PaymentId } from '../domain/ids.ts';
import { companyFacts, contact } from './company-facts.ts';
import { groupFacts } from './group-facts.ts';
import { date, id, instant, officerJson, parts } from './json-fields.ts';
import { partsOf } from './payment-facts.ts';
import type { Secrets } from './secrets.ts';
import { companyJson, groupJson } from './snapshot-json.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** Groups that have a claim nobody answered since `before`. */
export const claimsDue = async (pool: Pool, before: Temporal.Instant): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ group_id: string }>(
    'select group_id from claims_due($1::timestamptz) order by 1',
    [before.toString()],
  );
  return rows.map((row) => row.group_id);
};

const company = z.object({ group: groupJson, company: companyJson });
const claimJson = z.object({
  id,
  ...parts,
  state: z.enum(['reported', 'signed']),
  own: z.boolean(),
  payer: officerJson,
});
const claimsJson = company.extend({ claims: z.array(claimJson) });
const digestJson = company.extend({ written: z.boolean(), open: date.nullable() });

export type ClaimFacts = {
  readonly group: GroupFacts;
  readonly officers: readonly Contact[];
  readonly claims: readonly OldClaim[];
};

export const claimFacts = async (
  { pool, secrets }: Keys,
  groupId: string,
  before: Temporal.Instant,
): Promise<ClaimFacts> => {
  const { rows } = await pool.query<{ facts: unknown }>('select claim_facts($1, $2::timestamptz) as facts', [
    groupId,
    before.toString(),
  ]);
  const json = claimsJson.parse(rows[0]?.facts);
  const group = groupFacts(secrets, json.group);
  return {
    group,
    officers: companyFacts(secrets, json.company, group.language).officers,
    claims: json.claims.map((claim) => ({
      id: asId<PaymentId>(claim.id),
      state: claim.state,
      own: claim.own,
      parts: partsOf(claim, group.currency),
      payer: contact(secrets, claim.payer, group.language),
    })),
  };
};

/**
 * A group with its officers; `written`: whether something was booked in the week up to `on`; `open`: the day of a meeting
 * before `on` that nobody has closed.
 */
export const digestFacts = async (
  { pool, secrets }: Keys,
  groupId: string,
  on: Temporal.PlainDate,
): Promise<{
  readonly group: GroupFacts;
  readonly officers: readonly Contact[];
  readonly written: boolean;
  readonly open: Temporal.PlainDate | undefined;
}> => {
  const { rows } = await pool.query<{ facts: unknown }>('select digest_facts($1, $2::date) as facts', [
    groupId,
    on.toString(),
  ]);
  const json = digestJson.parse(rows[0]?.facts);
  const group = groupFacts(secrets, json.group);
  const { officers } = companyFacts(secrets, json.company, group.language);
  return { group, officers, written: json.written, open: json.open ?? undefined };
};

/** Groups whose opening balances wait for officers who were never told of it, with them. `since`: when the group came in. */
export const signersUntold = async (
  pool: Pool,
): Promise<
  readonly {
    readonly groupId: string;
    readonly since: Temporal.Instant;
    readonly members: readonly string[];
  }[]
> => {
  const { rows } = await pool.query<{ group_id: string; since: string; members: string[] }>(
    'select group_id, since, members from signers_untold()',
  );
  return rows.map((row) => ({
    groupId: row.group_id,
    since: instant.parse(row.since),
    members: row.members,
  }));
};

/** Open cycles that end within so many days and whose officers have not been told. */
export const cyclesEnding = async (
  pool: Pool,
  now: Temporal.Instant,
  days: number,
): Promise<readonly { readonly groupId: string; readonly ends: Temporal.PlainDate }[]> => {
  const { rows } = await pool.query<{ group_id: string; ends: string }>(
    'select group_id, ends from cycles_ending($1::timestamptz, $2)',
    [now.toString(), days],
  );
  return rows.map((row) => ({ groupId: row.group_id, ends: date.parse(row.ends) }));
};
