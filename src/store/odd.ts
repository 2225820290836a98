import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OddGroup } from '../conversation/odd-facts.ts';
import { asId, type GroupId } from '../domain/ids.ts';
import { ODD_SIGNS, worthALook } from '../domain/odd/signs.ts';
import { date, id, role, sealed } from './json-fields.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** A statement that looks at all groups of a country would keep a connection for minutes. */
const GROUPS_AT_ONCE = 200;

const sign = z.enum(ODD_SIGNS.map((one) => one.id));

/** What odd_facts answers with. */
export const oddJson = z.array(
  z.object({
    id,
    ...sealed,
    signs: z.array(
      z.object({
        sign,
        times: z.int(),
        among: z.int(),
        days: z
          .array(date)
          .nullable()
          .transform((days) => days ?? []),
        roles: z.array(role),
      }),
    ),
    booked: z.int(),
    objections: z.int(),
  }),
);

/** The groups in which something is worth a look, by name. */
export const oddGroups = (secrets: Secrets, json: z.infer<typeof oddJson>): OddGroup[] =>
  json.flatMap(({ signs, booked, objections, ...group }) => {
    const findings = worthALook(signs);
    if (findings.length === 0) return [];
    const name = openName(secrets, 'savings_group', group);
    return [{ groupId: asId<GroupId>(group.id), name, findings, booked, objections }];
  });

export type OddKeys = { readonly pool: Pool; readonly secrets: Secrets };

/** The same of some groups, one by one counted from a day on; without it, of the last three weeks. */
export const readOdd = async (
  { pool, secrets }: OddKeys,
  asked: {
    readonly groupIds: readonly string[];
    readonly since: Temporal.PlainDate | undefined;
    readonly now: Temporal.Instant;
  },
): Promise<OddGroup[]> => {
  const odd: OddGroup[] = [];
  for (let from = 0; from < asked.groupIds.length; from += GROUPS_AT_ONCE) {
    const { rows } = await pool.query<{ facts: unknown }>(
      'select odd_facts($1::uuid[], $2::date, $3::timestamptz) as facts',
      [
        asked.groupIds.slice(from, from + GROUPS_AT_ONCE),
        asked.since?.toString() ?? null,
        asked.now.toString(),
      ],
    );
    odd.push(...oddGroups(secrets, oddJson.parse(rows[0]?.facts)));
  }
  return odd;
};
