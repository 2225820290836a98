// A country's reminders in one minute: every group meets at the same hour, which is the worst that a week can be.

import { performance } from 'node:perf_hooks';
import { Temporal } from 'temporal-polyfill';
import type { Locales } from '../src/app/load-locales.ts';
import { createMetrics } from '../src/app/metrics.ts';
import { idMaker } from '../src/app/new-id.ts';
import { tick } from '../src/app/tick.ts';
import { createContent } from '../src/content/render.ts';
import { createLog } from '../src/log.ts';
import type { Database } from '../src/store/database.ts';
import { WORDS_KEPT } from '../src/store/housekeeping.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { copyGroups } from './copies.ts';
import { fillPeople } from './people.ts';

/** What a tick took that found the reminders of everybody due. */
export type Planned = {
  readonly members: number;
  readonly groups: number;
  /** Who owes something, as the book was laid: everybody but who has given and has no loan. */
  readonly owing: number;
  readonly messages: number;
  readonly seconds: number;
  /** The minute before, when nothing was due, and the minute after, when all was planned. */
  readonly idleSeconds: readonly [number, number];
  /** Messages that another tick wrote for the same minute: none. */
  readonly again: number;
  /** Memory of the process before, and at most in the first and in the second half. */
  readonly residentMb: readonly [number, number, number];
};

const MEMBERS_PER_GROUP = 25;
/** Made by the program's own import; the rest are copies of their rows. */
const REAL_GROUPS = 40;
const COPIED = [
  'savings_group',
  'group_rules',
  'cycle',
  'member',
  'address',
  'member_address',
  'loan',
  'account',
];
/** One in eight has given already; of these one in three has a loan (people.ts) and so still owes an instalment. */
const ONE_IN_PAID = 8;
const MEETING = '2026-12-01';
const DUE = Temporal.ZonedDateTime.from('2026-11-30T18:00[America/Tijuana]').toInstant();
const SAMPLE_MS = 100;
const MB = 1_000_000;

/** Fills a fresh database with `copies` times forty groups, and ticks when all their reminders are due. */
export const planReminders = async (
  database: Database,
  {
    secrets,
    locales,
    copies,
  }: { readonly secrets: Secrets; readonly locales: Locales; readonly copies: number },
): Promise<Planned> => {
  const { pool } = database;
  await fillPeople(database, secrets, {
    groups: REAL_GROUPS,
    members: REAL_GROUPS * MEMBERS_PER_GROUP,
    history: 0,
  });
  await copyGroups(pool, copies - 1, COPIED);
  await payAhead(database);
  const ticking = {
    store: { pool, secrets, log: createLog('error'), metrics: createMetrics() },
    content: createContent(locales.texts),
    newId: idMaker(),
    lessons: new Map(),
    wake: () => undefined,
    keepRecordsDays: 400,
    wordsKept: WORDS_KEPT,
    auditYears: 5,
  };
  const tickAt = (at: Temporal.Instant) => timed(() => tick(ticking, at));
  const before = await tickAt(DUE.subtract({ minutes: 1 }));
  const memory = watchMemory();
  const { seconds } = await tickAt(DUE);
  const residentMb = memory.stop();
  const [counts] = (await pool.query<Record<'members' | 'groups' | 'owing' | 'messages', string>>(COUNTS))
    .rows;
  const messages = Number(counts?.messages);
  const after = await tickAt(DUE.add({ minutes: 1 }));
  const { rows } = await pool.query<{ messages: string }>('select count(*) as messages from outbox');
  return {
    members: Number(counts?.members),
    groups: Number(counts?.groups),
    owing: Number(counts?.owing),
    messages,
    seconds,
    idleSeconds: [before.seconds, after.seconds],
    again: Number(rows[0]?.messages) - messages,
    residentMb,
  };
};

const COUNTS = `select (select count(*) from member) as members, (select count(*) from savings_group) as groups,
    (select count(*) from outbox where kind = 'reminder') as messages,
    (select count(*) from member m where not exists (select from payment p where p.group_id = m.group_id and p.member_id = m.id)
        or exists (select from loan l where l.group_id = m.group_id and l.member_id = m.id)) as owing`;

/** Groups that begin two days before their reminder, and what some members have given for that meeting. */
const payAhead = async ({ pool }: Database): Promise<void> => {
  const session = await pool.connect();
  try {
    await session.query('set statement_timeout = 0');
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    await session.query('update savings_group set created_at = $1', [DUE.subtract({ hours: 48 }).toString()]);
    for (const statement of PAID) await session.query(statement);
    await session.query('commit');
    await session.query('vacuum analyze');
    await session.query('checkpoint');
    await session.query('reset statement_timeout');
  } finally {
    session.release();
  }
};

const PAID = [
  `insert into journal_entry (group_id, id, seq, kind, idempotency_key, batch, author_id, occurred_on, rules_version, posting_count, prev_hash, hash)
     select group_id, md5('entry' || id)::uuid, 100000 + number, 'payment', 'ahead/' || id, md5('batch' || group_id)::uuid, id, '${MEETING}', 1, 1,
            sha256(id::text::bytea), sha256(group_id::text::bytea) from member where number % ${ONE_IN_PAID} = 0`,
  `insert into payment (group_id, id, member_id, savings_minor, state, meeting_on, batch, reported_by, decided_by, entry_id)
     select group_id, md5('payment' || id)::uuid, id, 5000, 'confirmed', '${MEETING}', md5('batch' || group_id)::uuid, id, id, md5('entry' || id)::uuid
       from member where number % ${ONE_IN_PAID} = 0`,
];

const timed = async (work: () => Promise<unknown>): Promise<{ readonly seconds: number }> => {
  const start = performance.now();
  await work();
  return { seconds: (performance.now() - start) / 1_000 };
};

/** The most memory that the process has, in the first and in the second half of what is done meanwhile. */
const watchMemory = () => {
  const resident = (): number => process.memoryUsage.rss() / MB;
  const samples = [resident()];
  const timer = setInterval(() => samples.push(resident()), SAMPLE_MS);
  return {
    stop: (): readonly [number, number, number] => {
      clearInterval(timer);
      const half = Math.ceil(samples.length / 2);
      return [
        samples[0] ?? 0,
        Math.max(...samples.slice(0, half)),
        Math.max(resident(), ...samples.slice(half)),
      ];
    },
  };
};
