import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Contact } from '../conversation/contact.ts';
import type { GroupFacts } from '../conversation/group-facts.ts';
import type { MemberFacts } from '../conversation/member-facts.ts';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { MeetingHabit } from '../domain/calendar.ts';
import { companyFacts } from './company-facts.ts';
import { groupFacts } from './group-facts.ts';
import { memberFacts } from './member-facts.ts';
import { memberJson } from './member-json.ts';
import type { Secrets } from './secrets.ts';
import { companyJson, groupJson } from './snapshot-json.ts';

/** A group and when it meets: all that planning needs to know whether a reminder is due. */
export type GroupHabit = {
  readonly groupId: string;
  readonly habit: MeetingHabit;
  readonly reminderTime: Temporal.PlainTime;
  /** How many days after a meeting, where that is the group's own choice: of a reminder, negative or zero. */
  readonly daysAfter?: number;
  /** The last occurrence that was planned or skipped; from the group's first day when there was none. */
  readonly after: Temporal.Instant;
};

type HabitRow = {
  id: string;
  time_zone: string;
  meeting_weekday: string;
  meeting_time: string;
  reminder_time: string;
  days_before: number | null;
  after: string;
};

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

/** Groups read at a time, so that memory stays flat whatever their number. */
const PAGE = 500;

/** What is done for each group once a week: before a meeting, or the day after it. */
export type WeeklyJobName = 'reminder' | 'late' | 'digest';

const HABITS = {
  name: 'group-habits',
  text: `select g.id, g.time_zone, g.meeting_weekday, g.meeting_time::text,
                -- Planned on the first day and at the first hour that anybody of the group wants; each message waits for hers.
                case $2 when 'reminder' then greatest(days_before(g.meeting_weekday, g.reminder_weekday), (select max(days_before(g.meeting_weekday, m.reminder_weekday))
                          from member m where m.group_id = g.id and m.state = 'active' and m.reminder_weekday is not null)) end as days_before,
                case $2 when 'reminder' then least(g.reminder_time, (select min(m.reminder_time) from member m where m.group_id = g.id and m.state = 'active'))
                        else g.reminder_time end::text as reminder_time,
                coalesce((select max(o.due_at) from occurrence o where o.job = $2 and o.subject_id = g.id), g.created_at) as after
           from savings_group g left join job_due d on d.job = $2 and d.subject_id = g.id
          where g.id > $1 and (d.at is null or d.at <= $3::timestamptz)
            and case $2 when 'late' then g.late_reminders and g.reminders when 'digest' then g.digest else g.reminders end
          order by g.id limit ${PAGE}`,
};

/**
 * Groups with their habit, a page at a time: all of them, or those for which something may be due at `now`. What is
 * known to come later only is not read.
 */
export async function* groupHabits(
  pool: Pool,
  due?: { readonly job: WeeklyJobName; readonly now: Temporal.Instant },
): AsyncGenerator<readonly GroupHabit[]> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const values = [last, due?.job ?? 'reminder', due?.now.toString() ?? 'infinity'];
    const { rows } = await pool.query<HabitRow>({ ...HABITS, values });
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      groupId: row.id,
      habit: {
        weekday: weekday.parse(row.meeting_weekday),
        time: Temporal.PlainTime.from(row.meeting_time),
        timeZone: row.time_zone,
      },
      reminderTime: Temporal.PlainTime.from(row.reminder_time),
      ...(row.days_before !== null && { daysAfter: -row.days_before }),
      after: Temporal.Instant.from(row.after),
    }));
    last = rows.at(-1)?.id ?? last;
  }
}

/** Writes down when there is something to do next for these groups. Nothing rests on it but how often they are looked at. */
export const setNext = async (
  pool: Pool,
  job: WeeklyJobName,
  next: readonly { readonly groupId: string; readonly at: Temporal.Instant }[],
): Promise<void> => {
  await pool.query(
    `insert into job_due (job, subject_id, at) select $1, n.id, n.at from unnest($2::uuid[], $3::timestamptz[]) as n(id, at)
         on conflict (job, subject_id) do update set at = excluded.at`,
    [job, next.map(({ groupId }) => groupId), next.map(({ at }) => at.toString())],
  );
};

const factsSchema = z.object({ group: groupJson, company: companyJson, members: z.array(memberJson) });

/** The members of one group as the book knows them for a meeting, and who signs to them. */
export type ReminderFacts = {
  readonly group: GroupFacts;
  readonly officers: readonly Contact[];
  readonly members: readonly MemberFacts[];
};

/** What a reminder of a meeting says, asked of the book. */
export const reminderFacts = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  groupId: string,
  on: Temporal.PlainDate,
): Promise<ReminderFacts> => {
  const { rows } = await store.pool.query<{ facts: unknown }>({
    name: 'reminder-facts',
    text: 'select reminder_facts($1, $2::date) as facts',
    values: [groupId, on.toString()],
  });
  const { group, company, members } = factsSchema.parse(rows[0]?.facts);
  return {
    group: groupFacts(store.secrets, group),
    officers: companyFacts(store.secrets, company, group.language).officers,
    members: members.map((member) => memberFacts(store.secrets, member, group)),
  };
};

/** One message to one address. */
export type ReminderRow = {
  readonly id: string;
  readonly addressId: string;
  readonly channel: string;
  readonly memberId: string;
  /** Undefined when its words are made as it is sent: a reminder says what holds by then. */
  readonly message: OutgoingMessage | undefined;
  /** Seconds from now until it may go out, when it is later than for the others. */
  readonly delaySeconds: number;
};

export type ReminderOccurrence = {
  readonly groupId: string;
  readonly dueAt: Temporal.Instant;
  readonly meetingDate: Temporal.PlainDate;
  readonly outcome: 'done' | 'skipped';
  readonly reason: string | undefined;
  readonly rows: readonly ReminderRow[];
  /** Seconds from now until they may go out, and until they are too late. */
  readonly delaySeconds: number;
  readonly expiresSeconds: number;
};

/** Of one outcome: so many occurrences were written, with so many messages. */
export type Written = {
  readonly outcome: 'done' | 'skipped';
  readonly occurrences: number;
  readonly messages: number;
};

const COMMIT = {
  name: 'commit-weekly',
  text: `select * from commit_weekly($1, $2::jsonb, $3::integer[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
           $9::double precision[])`,
};

/** Writes occurrences with their messages in one commit; what had been written before, by whomever, is left out. */
export const commitWeekly = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  job: WeeklyJobName | 'cycle' | 'opening',
  occurrences: readonly ReminderOccurrence[],
): Promise<readonly Written[]> => {
  const decided = occurrences.map((occurrence, n) => ({
    n,
    subject: occurrence.groupId,
    due_at: occurrence.dueAt.toString(),
    meeting_on: occurrence.meetingDate.toString(),
    outcome: occurrence.outcome,
    reason: occurrence.reason,
    messages: occurrence.rows.length,
    delay_s: occurrence.delaySeconds,
    expires_s: occurrence.expiresSeconds,
  }));
  const rows = occurrences.flatMap((occurrence) => occurrence.rows);
  const bodyOf = ({ id, message }: ReminderRow): string | null =>
    message ? secrets.outboxSeal(id, JSON.stringify(message)).toString('base64') : null;
  const values = [
    job,
    JSON.stringify(decided),
    occurrences.flatMap((occurrence, n) => occurrence.rows.map(() => n)),
    rows.map((row) => row.id),
    rows.map((row) => row.memberId),
    rows.map((row) => row.addressId),
    rows.map((row) => row.channel),
    rows.map(bodyOf),
    rows.map((row) => row.delaySeconds),
  ];
  return (await pool.query<Written>({ ...COMMIT, values })).rows;
};
