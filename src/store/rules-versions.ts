import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Language } from '../conversation/message.ts';
import type { Currency } from '../domain/money.ts';
import { type Constitution, constitutionSchema } from './constitution.ts';
import { currency, language } from './json-fields.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** An officer who signed a version, by her number in the group and her name today. */
export type Signer = { readonly number: number; readonly name: string };

/** One version of a group's rules. */
export type RulesVersion = {
  readonly version: number;
  readonly constitution: Constitution;
  /** The day from which it holds, where the group lives. */
  readonly since: Temporal.PlainDate;
  /** Who signed it, author first; nobody for the rules that a group came with. */
  readonly signers: readonly Signer[];
};

/** A group with all versions of its rules, the first one first. */
export type RulesBook = {
  readonly name: string;
  readonly language: Language;
  readonly currency: Currency;
  readonly timeZone: string;
  /** The number of the version it lives by. */
  readonly current: number;
  readonly versions: readonly RulesVersion[];
};

const groupRow = z.object({
  id: z.string(),
  name: z.instanceof(Uint8Array),
  key: z.instanceof(Uint8Array).nullable(),
  language,
  currency,
  time_zone: z.string(),
  rules_version: z.int(),
});

const officer = z.instanceof(Uint8Array).nullable();
const versionRow = z.object({
  version: z.int(),
  constitution: constitutionSchema,
  since: z.string().transform((text) => Temporal.PlainDate.from(text)),
  author_id: z.string().nullable(),
  author_number: z.int().nullable(),
  author_name: officer,
  author_key: officer,
  witness_id: z.string().nullable(),
  witness_number: z.int().nullable(),
  witness_name: officer,
  witness_key: officer,
});
type VersionRow = z.infer<typeof versionRow>;

/** Reads a group's rules. Throws when there is no such group. */
export const readRules = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  groupId: string,
): Promise<RulesBook> => {
  const groups = await pool.query<Record<string, unknown>>(
    `select g.id, g.name, k.wrapped as key, g.language, g.currency, g.time_zone, g.rules_version
       from savings_group g join data_key k on k.id = g.id where g.id = $1`,
    [groupId],
  );
  const group = groupRow.parse(groups.rows[0]);
  const { rows } = await pool.query<Record<string, unknown>>(
    `select r.version, r.constitution, r.since::text,
            a.id as author_id, a.number as author_number, a.name as author_name, ak.wrapped as author_key,
            w.id as witness_id, w.number as witness_number, w.name as witness_name, wk.wrapped as witness_key
       from group_rules r
       left join member a on a.group_id = r.group_id and a.id = r.author_id left join data_key ak on ak.id = a.id
       left join member w on w.group_id = r.group_id and w.id = r.witness_id left join data_key wk on wk.id = w.id
      where r.group_id = $1 order by r.version`,
    [groupId],
  );
  return {
    name: openName(secrets, 'savings_group', group),
    language: group.language,
    currency: group.currency,
    timeZone: group.time_zone,
    current: group.rules_version,
    versions: rows.map((row) => versionOf(secrets, versionRow.parse(row))),
  };
};

const versionOf = (secrets: Secrets, row: VersionRow): RulesVersion => ({
  version: row.version,
  constitution: row.constitution,
  since: row.since,
  signers: [
    signer(secrets, row.author_id, { number: row.author_number, name: row.author_name, key: row.author_key }),
    signer(secrets, row.witness_id, {
      number: row.witness_number,
      name: row.witness_name,
      key: row.witness_key,
    }),
  ].filter((one) => one !== undefined),
});

type Officer = {
  readonly number: number | null;
  readonly name: Uint8Array | null;
  readonly key: Uint8Array | null;
};

const signer = (secrets: Secrets, id: string | null, who: Officer): Signer | undefined => {
  const { number, name, key } = who;
  if (id === null || number === null || name === null) return undefined;
  return { number, name: openName(secrets, 'member', { id, number, name, key }) };
};
