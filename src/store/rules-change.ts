import type { ClientBase, Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '../domain/calendar.ts';
import { parseDecimal } from '../domain/money.ts';
import { accept, invariant, type Result, refuse } from '../domain/result.ts';
import { type Constitution, constitutionSchema, rulesOf } from './constitution.ts';
import { inTransaction } from './in-transaction.ts';
import { ruleFaults } from './rules-checks.ts';

/** What a group's two officers want its rules to be from now on. */
export type RulesChange = {
  readonly groupId: string;
  /** The version they were shown and change. */
  readonly from: number;
  readonly constitution: Constitution;
  /** Two officers by their numbers in the group, author first. */
  readonly by: readonly number[];
  /** The day it holds from; today where the group lives when it is left out. */
  readonly since: Temporal.PlainDate | undefined;
  readonly now: Temporal.Instant;
};

export type RulesRefusal =
  | { readonly type: 'not_two_officers' }
  | { readonly type: 'no_member'; readonly number: number }
  | { readonly type: 'no_officer'; readonly number: number }
  /** Somebody changed the rules after `from` was shown. */
  | { readonly type: 'changed_meanwhile'; readonly current: number }
  | { readonly type: 'meeting_open'; readonly on: Temporal.PlainDate }
  | { readonly type: 'nothing_changes' }
  | { readonly type: 'product_fixed' }
  | { readonly type: 'shares_fixed' }
  | { readonly type: 'not_yet'; readonly today: Temporal.PlainDate }
  | { readonly type: 'before_the_last'; readonly since: Temporal.PlainDate };

/** What was written. Loans that run keep the terms they were made with, so that none of them is touched. */
export type RulesChanged = {
  readonly version: number;
  readonly since: Temporal.PlainDate;
  readonly runningLoans: number;
};

/**
 * Writes the next version of a group's rules and makes the group live by it, in one go. Versions are only added;
 * entries keep the number of the version they were made under.
 *
 * Refused: fewer than two different active officers; a version that is no longer the group's; while a meeting is open;
 * when nothing would change; another product once money is in the book, since its boxes are other ones; another price or
 * kind of shares while anybody has savings, since they are counted in shares of that price; a day to come, or one before
 * the version that it replaces.
 *
 * @param dryRun everything is tried and nothing kept
 * @throws when `constitution` was not checked with `newConstitutionSchema`
 * @see A1: changes of the constitution take two officers; the price of a share is fixed for the cycle
 */
export const changeRules = (
  pool: Pool,
  change: RulesChange,
  dryRun = false,
): Promise<Result<RulesChanged, RulesRefusal>> => {
  invariant(ruleFaults(change.constitution).length === 0, 'new rules fit together');
  return inTransaction(pool, (session) => write(session, change), { dryRun });
};

const write = async (
  session: ClientBase,
  change: RulesChange,
): Promise<Result<RulesChanged, RulesRefusal>> => {
  const group = await lockGroup(session, change.groupId);
  if (group.current !== change.from) return refuse({ type: 'changed_meanwhile', current: group.current });
  const officers = await officersOf(session, change);
  if (!officers.ok) return officers;
  const today = localDate(change.now, group.timeZone);
  const since = change.since ?? today;
  const wrong =
    (await openMeeting(session, change.groupId)) ??
    dayRefusal(since, { today, last: group.since }) ??
    ruleRefusal(change.constitution, group);
  if (wrong) return refuse(wrong);
  const version = change.from + 1;
  await session.query(
    `insert into group_rules (group_id, version, constitution, author_id, witness_id, since, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      change.groupId,
      version,
      JSON.stringify(change.constitution),
      ...officers.value,
      since.toString(),
      change.now.toString(),
    ],
  );
  await session.query('update savings_group set rules_version = $2 where id = $1', [change.groupId, version]);
  return accept({ version, since, runningLoans: group.runningLoans });
};

type LockedGroup = {
  readonly current: number;
  readonly constitution: Constitution;
  readonly since: Temporal.PlainDate;
  readonly timeZone: string;
  /** Whether anything was ever booked, and whether anybody has savings. */
  readonly hasEntries: boolean;
  readonly hasSavings: boolean;
  readonly runningLoans: number;
};

/**
 * The group as nobody else can change it until we are done. Two changes at once wait here for each other, and the second
 * then sees the first one's version. Meetings wait too: one that is opened meanwhile is opened under the new rules. The
 * order, group before meetings, is that of `commit_outcome`; "no key", because a new meeting refers to its group.
 */
const lockGroup = async (session: ClientBase, groupId: string): Promise<LockedGroup> => {
  await session.query('select 1 from savings_group where id = $1 for no key update', [groupId]);
  await session.query('lock table meeting in share mode');
  const { rows } = await session.query<{
    current: number;
    constitution: unknown;
    since: string;
    zone: string;
    entries: boolean;
    savings: boolean;
    loans: number;
  }>(
    `select g.rules_version as current, r.constitution, r.since::text, g.time_zone as zone, g.seq > 0 as entries,
            exists (select from account a where a.group_id = g.id and a.name like 'savings/%' and a.balance_minor <> 0) as savings,
            (select count(*)::int from account a where a.group_id = g.id and a.name like 'loan/%' and a.balance_minor <> 0) as loans
       from savings_group g join group_rules r on r.group_id = g.id and r.version = g.rules_version where g.id = $1`,
    [groupId],
  );
  const [row] = rows;
  invariant(row, 'rules are changed of a group that is there');
  return {
    current: row.current,
    constitution: constitutionSchema.parse(row.constitution),
    since: Temporal.PlainDate.from(row.since),
    timeZone: row.zone,
    hasEntries: row.entries,
    hasSavings: row.savings,
    runningLoans: row.loans,
  };
};

/** Author and second officer as ids; refused unless they are two active officers of the group. */
const officersOf = async (
  session: ClientBase,
  { groupId, by }: RulesChange,
): Promise<Result<readonly [string, string], RulesRefusal>> => {
  const { rows } = await session.query<{ id: string; number: number; officer: boolean }>(
    `select id, number, role <> 'member' and state = 'active' as officer from member where group_id = $1 and number = any($2)`,
    [groupId, by],
  );
  const found = by.map((number) => ({ number, row: rows.find((row) => row.number === number) }));
  for (const { number, row } of found) {
    if (!row) return refuse({ type: 'no_member', number });
    if (!row.officer) return refuse({ type: 'no_officer', number });
  }
  const [author, witness, ...more] = found.map(({ row }) => row?.id);
  if (author === undefined || witness === undefined || author === witness || more.length > 0) {
    return refuse({ type: 'not_two_officers' });
  }
  return accept([author, witness]);
};

const openMeeting = async (session: ClientBase, groupId: string): Promise<RulesRefusal | undefined> => {
  const { rows } = await session.query<{ on: string }>(
    `select meeting_on::text as on from meeting where group_id = $1 and state <> 'closed'`,
    [groupId],
  );
  return rows[0] && { type: 'meeting_open', on: Temporal.PlainDate.from(rows[0].on) };
};

const dayRefusal = (
  since: Temporal.PlainDate,
  { today, last }: { readonly today: Temporal.PlainDate; readonly last: Temporal.PlainDate },
): RulesRefusal | undefined => {
  if (Temporal.PlainDate.compare(since, today) > 0) return { type: 'not_yet', today };
  return Temporal.PlainDate.compare(since, last) < 0 ? { type: 'before_the_last', since: last } : undefined;
};

const ruleRefusal = (next: Constitution, group: LockedGroup): RulesRefusal | undefined => {
  const { constitution: last } = group;
  if (next.product !== last.product && group.hasEntries) return { type: 'product_fixed' };
  if (shareOf(next) !== shareOf(last) && group.hasSavings) return { type: 'shares_fixed' };
  return same(next, last) ? { type: 'nothing_changes' } : undefined;
};

/** What savings are counted in: the price of one share in minor units, or nothing. */
const shareOf = ({ savings }: Constitution): bigint | undefined =>
  savings.kind === 'shares' ? parseDecimal(savings.sharePrice) : undefined;

/** As rules, so that "20" is "20.00" and a rule that is left out is its default. */
const same = (one: Constitution, other: Constitution): boolean => inText(one) === inText(other);

const inText = (constitution: Constitution): string =>
  JSON.stringify(rulesOf(constitution, 'MXN'), (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
