import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Numbered, TelephonesDue } from '../conversation/flows/telephones-due.ts';
import type { Language } from '../conversation/message.ts';
import { type AddressId, asId, type MemberId, type SecondWordId } from '../domain/ids.ts';
import { companyFacts, contact } from './company-facts.ts';
import { id, officerJson } from './json-fields.ts';
import type { Secrets } from './secrets.ts';
import { companyJson, groupJson } from './snapshot-json.ts';

/** Groups where something is due about a telephone: a new one that wrote before `before`, or one that is silent. */
export const telephonesDue = async (pool: Pool, before: Temporal.Instant): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ group_id: string }>(
    'select group_id from telephones_due($1::timestamptz) order by 1',
    [before.toString()],
  );
  return rows.map((row) => row.group_id);
};

const dueJson = z.object({
  group: groupJson,
  company: companyJson,
  recoveries: z.array(z.object({ id, here: z.boolean(), member: officerJson })),
  gone: z.array(z.object({ addressId: id, member: officerJson })),
  nudged: z.array(officerJson),
});

/** What is due about telephones of a group. */
export const telephoneFacts = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  groupId: string,
  before: Temporal.Instant,
): Promise<TelephonesDue> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    'select telephone_facts($1, $2::timestamptz) as facts',
    [groupId, before.toString()],
  );
  const json = dueJson.parse(rows[0]?.facts);
  const { language } = json.group;
  const member = (one: z.infer<typeof officerJson>) => numbered(secrets, one, language);
  return {
    officers: companyFacts(secrets, json.company, language).officers,
    recoveries: json.recoveries.map((one) => ({
      id: asId<SecondWordId>(one.id),
      here: one.here,
      member: member(one.member),
    })),
    gone: json.gone.map((one) => ({ addressId: asId<AddressId>(one.addressId), member: member(one.member) })),
    nudged: json.nudged.map(member),
  };
};

const numbered = (secrets: Secrets, json: z.infer<typeof officerJson>, language: Language): Numbered => ({
  ...contact(secrets, json, language),
  id: asId<MemberId>(json.id),
  number: json.number,
});
