import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import type { OddSignId } from '../domain/odd/signs.ts';
import { staffContacts } from './company-facts.ts';
import { date, id, instant } from './json-fields.ts';
import type { OddKeys } from './odd.ts';
import { type OutboxMessage, outboxJson } from './outbox-json.ts';
import { companyJson } from './snapshot-json.ts';

const dueJson = z.array(
  z.object({
    id,
    due: instant,
    groups: z.array(id),
    staff: companyJson.shape.staff,
    told: z.array(z.object({ groupId: id, sign: z.string(), on: date })),
  }),
);

/** A programme whose week is to be looked at, whom to tell, and up to which day they were told of a sign of a group. */
export type OddProgramme = {
  readonly id: string;
  readonly due: Temporal.Instant;
  readonly groupIds: readonly string[];
  readonly staff: readonly Contact[];
  toldUpTo(groupId: string, sign: OddSignId): Temporal.PlainDate | undefined;
};

/** Programmes with staff that were not looked at since Monday morning, where their first group lives; none at night. */
export const oddDue = async ({ pool, secrets }: OddKeys, now: Temporal.Instant): Promise<OddProgramme[]> => {
  const { rows } = await pool.query<{ facts: unknown }>('select odd_due($1::timestamptz) as facts', [
    now.toString(),
  ]);
  return dueJson.parse(rows[0]?.facts).map(({ groups, staff, told, ...programme }) => ({
    ...programme,
    groupIds: groups,
    staff: staffContacts(secrets, staff),
    toldUpTo: (groupId, sign) => told.find((one) => one.groupId === groupId && one.sign === sign)?.on,
  }));
};

/** A sign that was seen in a group, the last time on this day. */
export type OddNews = {
  readonly groupId: string;
  readonly sign: OddSignId;
  readonly on: Temporal.PlainDate;
};

/** Writes that a programme was looked at, with what was new and who is told of it; false when somebody was quicker. */
export const commitOdd = async (
  { pool, secrets }: OddKeys,
  { id: programme, due }: OddProgramme,
  { news, outbox }: { readonly news: readonly OddNews[]; readonly outbox: readonly OutboxMessage[] },
): Promise<boolean> => {
  const doc = {
    programme,
    due: due.toString(),
    new: news.map(({ groupId, sign, on }) => ({ sign, group_id: groupId, on_day: on.toString() })),
    outbox: outbox.map((row) => outboxJson(secrets, row)),
  };
  const { rows } = await pool.query<{ done: boolean }>('select commit_odd($1::jsonb) as done', [
    JSON.stringify(doc),
  ]);
  return rows[0]?.done === true;
};
