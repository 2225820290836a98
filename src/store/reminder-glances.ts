import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Reach } from '../conversation/contact.ts';
import type { GroupFacts } from '../conversation/group-facts.ts';
import type { MemberFacts } from '../conversation/member-facts.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import type { Glimpsed } from '../domain/reminder.ts';
import type { GroupRules } from '../domain/rules.ts';
import { constitutionSchema, rulesOf } from './constitution.ts';
import { currency as currencyJson, id, language } from './json-fields.ts';
import { memberFacts } from './member-facts.ts';
import { memberJson } from './member-json.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import { tandaFacts, tandaJson } from './tanda-facts.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** A meeting of a group, of which its members may be reminded. */
export type MeetingOf = { readonly groupId: string; readonly meetingDate: Temporal.PlainDate };

/** What a reminder goes by of a group. */
export type ReminderGroup = Pick<GroupFacts, 'currency' | 'rules' | 'language'>;

/**
 * A member at one of her addresses, at a glance. `hour`: when she wants to be reminded, as "18:00:00", and `daysBefore` the
 * meeting (0: on its day).
 */
export type Glance = Glimpsed & {
  readonly groupId: string;
  readonly memberId: string;
  readonly hour: string;
  readonly daysBefore: number;
  readonly reach: Reach;
};

type GroupRow = { id: string; language: string; currency: string; constitution: string };

const GROUPS = {
  name: 'reminder-groups',
  text: `select g.id, g.language, g.currency, r.constitution::text as constitution from savings_group g
           join group_rules r on r.group_id = g.id and r.version = g.rules_version where g.id = any ($1::uuid[])`,
};

/** What reminders go by of groups. Many of a country sign the same constitution: it is read once for all of a page. */
export const reminderGroups = async (
  pool: Pool,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, ReminderGroup>> => {
  const { rows } = await pool.query<GroupRow>({ ...GROUPS, values: [groupIds] });
  const known = new Map<string, GroupRules>();
  const groups = new Map<string, ReminderGroup>();
  for (const row of rows) {
    const currency = currencyJson.parse(row.currency);
    const key = `${currency} ${row.constitution}`;
    const rules = known.get(key) ?? rulesOf(constitutionSchema.parse(JSON.parse(row.constitution)), currency);
    known.set(key, rules);
    groups.set(row.id, { currency, rules, language: language.parse(row.language) });
  }
  return groups;
};

type GlanceRow = {
  group_id: string;
  member_id: string;
  hour: string;
  days: number;
  savings: string;
  social: string;
  may_owe_more: boolean;
  address_id: string;
  channel: string;
};

const GLANCES = {
  name: 'reminder-glances',
  text: 'select * from reminder_glances($1::uuid[], $2::date[])',
};

/** The groups in whose book something stands of its meeting. Where nobody has written it down, nobody is known to be late. */
export const heldMeetings = async (
  pool: Pool,
  meetings: readonly MeetingOf[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ id: string }>(
    'select * from meetings_held($1::uuid[], $2::date[]) as id',
    valuesOf(meetings),
  );
  return new Set(rows.map(({ id }) => id));
};

const valuesOf = (meetings: readonly MeetingOf[]): unknown[] => [
  meetings.map((m) => m.groupId),
  meetings.map((m) => m.meetingDate.toString()),
];

/** Who may be reminded of these meetings, each at one of her addresses. */
export const reminderGlances = async (
  pool: Pool,
  meetings: readonly MeetingOf[],
  groups: ReadonlyMap<string, ReminderGroup>,
): Promise<Glance[]> => {
  const { rows } = await pool.query<GlanceRow>({ ...GLANCES, values: valuesOf(meetings) });
  return rows.flatMap((row) => {
    const group = groups.get(row.group_id);
    if (!group) return [];
    const { currency } = group;
    return [
      {
        groupId: row.group_id,
        memberId: row.member_id,
        hour: row.hour,
        daysBefore: row.days,
        given: { savings: money(BigInt(row.savings), currency), social: money(BigInt(row.social), currency) },
        mayOweMore: row.may_owe_more,
        reach: { addressId: asId<AddressId>(row.address_id), channel: row.channel },
      },
    ];
  });
};

const detailsJson = z.object({
  members: z.array(z.object({ groupId: id, facts: memberJson })),
  tandas: z.record(z.string(), tandaJson),
});

/** A member before a meeting, with what her group's tanda asks of her. */
export type Closely = {
  readonly groupId: string;
  readonly member: MemberFacts;
  readonly group: Pick<GroupFacts, 'currency' | 'rules' | 'tanda'>;
};

/** All that the book knows of members of whom a glance does not tell whether they owe. */
export const lookCloser = async (
  { pool, secrets }: Keys,
  members: readonly (MeetingOf & { readonly memberId: string })[],
  groups: ReadonlyMap<string, ReminderGroup>,
): Promise<Closely[]> => {
  const { rows } = await pool.query<{ details: unknown }>({
    name: 'reminder-details',
    text: 'select reminder_details($1::uuid[], $2::uuid[], $3::date[]) as details',
    values: [
      members.map((m) => m.groupId),
      members.map((m) => m.memberId),
      members.map((m) => m.meetingDate.toString()),
    ],
  });
  const details = detailsJson.parse(rows[0]?.details);
  const nameOf = (person: Parameters<typeof openName>[2]): string => openName(secrets, 'member', person);
  return details.members.flatMap(({ groupId, facts }) => {
    const group = groups.get(groupId);
    if (!group) return [];
    const json = details.tandas[groupId];
    const tanda = json && tandaFacts(json, { ...group, nameOf });
    return [{ groupId, member: memberFacts(secrets, facts, group), group: { ...group, tanda } }];
  });
};
