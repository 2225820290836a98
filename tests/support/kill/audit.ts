// The book against what people were told, read from the tables after the program has stopped.

import type { Database } from '../../../src/store/database.ts';
import { verifyBooks } from '../../../src/store/verify-books.ts';
import type { Claim, Claims } from './claims.ts';

type PaymentRow = {
  id: string;
  member_id: string;
  total: string;
  savings: string;
  social: string;
  state: string;
  batch: string;
  decided_by: string | null;
  seq: string | null;
  entries: string;
};

/** How the book stood before the first of our messages. */
export type Baseline = {
  readonly payments: readonly string[];
  /** Balance in minor units, credit positive, by account: her savings by member, the social fund by group's id. */
  readonly balances: ReadonlyMap<string, bigint>;
  readonly inbox: number;
};

export type Told = {
  readonly claims: Claims;
  /** The inbox's index of each message that was accepted with 202. */
  readonly accepted: ReadonlySet<string>;
};

/** Each list names what is wrong; all are empty when the program keeps its word. */
export type Audit = {
  readonly bookFaults: readonly unknown[];
  readonly contradictions: readonly string[];
  /** Acknowledged, and not in the book with that receipt. */
  readonly lost: readonly string[];
  /** In the book more than once. */
  readonly doubled: readonly string[];
  /** In the book although nobody said yes, or by nobody's claim. */
  readonly invented: readonly string[];
  /** Balances that are not what the claims add up to. */
  readonly sums: readonly string[];
  /** Accepted with 202 but not in the inbox, or there without an answer. */
  readonly inbox: readonly string[];
  /** Receipts and answers that nobody will ever send. */
  readonly unsent: readonly string[];
  readonly counts: {
    readonly booked: number;
    readonly acknowledged: number;
    /** Yeses of which nobody knows what became: in the book, or not. */
    readonly inDoubtBooked: number;
    readonly inDoubtNot: number;
    /** Sendings that a kill made necessary again: what may have been on the wire twice. */
    readonly leasesLost: number;
  };
};

export const readBaseline = async (database: Database): Promise<Baseline> => {
  const payments = await database.pool.query<{ id: string }>('select id from payment');
  const inbox = await database.pool.query<{ count: string }>('select count(*)::text as count from inbox');
  return {
    payments: payments.rows.map(({ id }) => id),
    balances: await balancesOf(database),
    inbox: Number(inbox.rows[0]?.count),
  };
};

const balancesOf = async ({ pool }: Database): Promise<Map<string, bigint>> => {
  const { rows } = await pool.query<{ key: string; balance: string }>(
    `select case when name = 'social' then group_id::text else substr(name, 9) end as key, (-balance_minor)::text as balance
       from account where name = 'social' or name like 'savings/%'`,
  );
  return new Map(rows.map(({ key, balance }) => [key, BigInt(balance)]));
};

export const audit = async (database: Database, before: Baseline, told: Told): Promise<Audit> => {
  const { claims } = told;
  const rows = await paymentRows(database, before);
  const booked = rows.filter((row) => row.state === 'confirmed');
  const groupOf = new Map(claims.all().map(({ line }) => [line.member.address, line.group]));
  const rowsOf = new Map<Claim, PaymentRow[]>();
  const invented: string[] = [];
  for (const row of booked) {
    const claim = claims.of(groupOf.get(row.member_id) ?? '', BigInt(row.total));
    const isHers = claim?.line.member.address === row.member_id && claim.state !== 'unpressed';
    if (!claim || !isHers) invented.push(`payment ${row.id} of ${row.total}, ${claim?.state ?? 'unclaimed'}`);
    else rowsOf.set(claim, [...(rowsOf.get(claim) ?? []), row]);
  }
  const pressed = claims.all().filter(({ state }) => state === 'pressed');
  return {
    bookFaults: (await verifyBooks(database)).faults,
    contradictions: claims.contradictions,
    lost: [...lostClaims(claims, rowsOf), ...lostLists(claims, booked, groupOf)],
    doubled: doubledClaims(rows, rowsOf),
    invented,
    sums: await wrongSums(database, before, rowsOf),
    inbox: await inboxFaults(database, before, told.accepted),
    unsent: await unsentRows(database, before),
    counts: {
      booked: booked.length,
      acknowledged: claims.all().filter(({ state }) => state === 'acknowledged').length,
      inDoubtBooked: pressed.filter((claim) => rowsOf.has(claim)).length,
      inDoubtNot: pressed.filter((claim) => !rowsOf.has(claim)).length,
      leasesLost: await leasesLost(database),
    },
  };
};

/** Every payment made since, with its receipt's number and how many entries that stand carry its key. */
const paymentRows = async ({ pool }: Database, before: Baseline): Promise<PaymentRow[]> => {
  const { rows } = await pool.query<PaymentRow>(
    `select p.id, p.member_id, (p.savings_minor + p.loan_minor + p.fine_minor + p.social_minor)::text as total,
            p.savings_minor::text as savings, p.social_minor::text as social, p.state, p.batch, p.decided_by, e.seq::text as seq,
            (select count(*)::text from journal_entry j
              where j.group_id = p.group_id and j.kind = 'payment'
                and j.idempotency_key in (p.id || '/' || p.member_id, p.batch || '/' || p.member_id)
                and not exists (select from journal_entry r where r.group_id = j.group_id and r.reverses = j.id)) as entries
       from payment p left join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
      where p.id <> all ($1::uuid[])`,
    [before.payments],
  );
  return rows;
};

const nameOf = ({ line }: Claim): string => `${line.minor} of ${line.member.name}, ${line.group}`;

const lostClaims = (claims: Claims, rowsOf: ReadonlyMap<Claim, readonly PaymentRow[]>): string[] =>
  claims
    .all()
    .filter(({ state }) => state === 'acknowledged')
    .filter((claim) => !rowsOf.get(claim)?.some(({ seq }) => seq === claim.receipt?.toString()))
    .map((claim) => `${nameOf(claim)}: acknowledged as receipt ${claim.receipt ?? '?'}`);

/** What a list's answer said: the receipts, their number, their sum, by whom and in one proposal. */
const lostLists = (
  claims: Claims,
  booked: readonly PaymentRow[],
  groupOf: ReadonlyMap<string, string>,
): string[] => {
  const byReceipt = new Map(
    booked.map((row) => [`${groupOf.get(row.member_id) ?? ''}/${row.seq ?? ''}`, row]),
  );
  const lists = claims.lists.filter(({ by, count, total, first, last }) => {
    const receipts = Array.from({ length: Number(last - first) + 1 }, (_, i) => first + BigInt(i));
    const rows = receipts.flatMap((receipt) => byReceipt.get(`${by.group}/${receipt}`) ?? []);
    const sum = rows.reduce((all, row) => all + BigInt(row.total), 0n);
    const isOne = new Set(rows.map((row) => `${row.batch}/${row.decided_by ?? ''}`)).size === 1;
    return !(rows.length === count && sum === total && isOne && rows[0]?.decided_by === by.address);
  });
  return [
    ...lists.map(
      ({ by, first, last, total }) => `list of ${by.name}: receipts ${first} to ${last}, ${total}`,
    ),
    ...claims.named
      .filter(({ group, receipt }) => !byReceipt.has(`${group}/${receipt}`))
      .map(({ group, receipt }) => `receipt ${receipt} of ${group}: said to be confirmed already`),
  ];
};

const doubledClaims = (
  rows: readonly PaymentRow[],
  rowsOf: ReadonlyMap<Claim, readonly PaymentRow[]>,
): string[] => [
  ...[...rowsOf]
    .filter(([, { length }]) => length > 1)
    .map(([claim, { length }]) => `${nameOf(claim)}: ${length} payments`),
  ...rows
    .filter(({ state, entries }) => entries !== (state === 'confirmed' ? '1' : '0'))
    .map((row) => `payment ${row.id}, ${row.state}: ${row.entries} entries`),
];

/** What each member has saved, and each group's social fund, against the claims that are in the book. */
const wrongSums = async (
  database: Database,
  before: Baseline,
  rowsOf: ReadonlyMap<Claim, readonly PaymentRow[]>,
): Promise<string[]> => {
  const expected = new Map(before.balances);
  const { rows } = await database.pool.query<{ id: string; group_id: string }>(
    'select id, group_id from member',
  );
  const groupIds = new Map(rows.map(({ id, group_id }) => [id, group_id]));
  for (const { line } of rowsOf.keys()) {
    const key = line.purpose === 'savings' ? line.member.address : (groupIds.get(line.member.address) ?? '');
    expected.set(key, (expected.get(key) ?? 0n) + line.minor);
  }
  const actual = await balancesOf(database);
  return [...expected]
    .filter(([key, balance]) => actual.get(key) !== balance)
    .map(([key, balance]) => `${key}: ${actual.get(key) ?? 'nothing'} instead of ${balance}`);
};

const inboxFaults = async (
  { pool }: Database,
  before: Baseline,
  accepted: ReadonlySet<string>,
): Promise<string[]> => {
  const { rows } = await pool.query<{ message_id: string; outcome: string; error: string | null }>(
    'select message_id, outcome, error from inbox',
  );
  const known = new Set(rows.map(({ message_id }) => message_id));
  return [
    ...[...accepted].filter((id) => !known.has(id)).map((id) => `${id}: accepted and not kept`),
    ...rows
      .filter(({ outcome }) => outcome !== 'done')
      .map(({ message_id, error }) => `${message_id}: parked, ${error ?? ''}`),
    ...(rows.length < before.inbox ? ['messages of before are gone'] : []),
  ];
};

/** Whatever is not sent by now, though its hour has come; and payments whose member is in the chat and was never written a receipt. */
const unsentRows = async ({ pool }: Database, before: Baseline): Promise<string[]> => {
  const waiting = await pool.query<{ id: string; kind: string; state: string; reason: string | null }>(
    `select id, kind, state, reason from outbox
      where state <> 'sent' and not (state = 'skipped' and reason in ('demo-history', 'paid'))
        and not (state = 'queued' and unsolicited and not_before > now() + interval '1 minute')`,
  );
  const silent = await pool.query<{ member_id: string; booked: string; receipts: string }>(
    `select p.member_id, count(*)::text as booked, max(o.receipts)::text as receipts
       from payment p cross join lateral (
         select count(*) as receipts from outbox o
          where o.member_id = p.member_id and o.kind = 'receipt' and o.reason is distinct from 'demo-history') o
      where p.state = 'confirmed' and p.id <> all ($1::uuid[])
        and exists (select from member_address ma where ma.group_id = p.group_id and ma.member_id = p.member_id)
      group by p.member_id having count(*) <> max(o.receipts)`,
    [before.payments],
  );
  return [
    ...waiting.rows.map(({ id, kind, state, reason }) => `${kind} ${id}: ${state} ${reason ?? ''}`),
    ...silent.rows.map((row) => `${row.member_id}: ${row.receipts} receipts for ${row.booked} payments`),
  ];
};

/** Every message here is leased once, unless the process that held the lease was killed. */
const leasesLost = async ({ pool }: Database): Promise<number> => {
  const { rows } = await pool.query<{ lost: string }>(
    `select coalesce(sum(attempts - 1), 0)::text as lost from outbox where attempts > 1`,
  );
  return Number(rows[0]?.lost);
};
