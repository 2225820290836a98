// The book as transcripts show it: its entries, its balances, and whether it is right.

import { toDecimal } from '../../src/domain/money.ts';
import { listPeople, type Person } from '../../src/store/simulator-people.ts';
import { type BooksReport, verifyBooks } from '../../src/store/verify-books.ts';
import type { World } from './world.ts';

export const faultsOf = (books: BooksReport) =>
  JSON.stringify(books.faults, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));

/** What was written in the book after entry `after`, and the number of the last entry. */
export const entriesAfter = async (
  world: World,
  after: number,
): Promise<{ readonly lines: readonly string[]; readonly last: number }> => {
  const { rows } = await world.store.pool.query<{
    seq: string;
    kind: string;
    on: string;
    debit: string;
    credit: string;
    amount: string;
  }>(
    `select e.seq, e.kind, e.occurred_on as on, p.debit, p.credit, p.amount_minor as amount
       from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
      where e.seq > $1 order by e.group_id, e.seq, p.n`,
    [after],
  );
  const everybody = await everybodyOf(world);
  const last = rows.reduce((most, row) => Math.max(most, Number(row.seq)), after);
  const lines = rows.map((row) => {
    const amount = toDecimal(BigInt(row.amount)).padStart(10);
    return `  ${row.seq.padStart(3)} ${row.on} ${row.kind.padEnd(9)}${amount}  ${named(everybody, row.debit)} ← ${named(everybody, row.credit)}`;
  });
  return { lines, last };
};

/** Every account that is not at zero, and on which side; and that the whole book was checked and is right. */
export const balancesNow = async (world: World): Promise<string[]> => {
  const { rows } = await world.store.pool.query<{ name: string; balance: string }>(
    `select name, balance_minor::text as balance from account where balance_minor <> 0`,
  );
  const books = await verifyBooks(world.database);
  const everybody = await everybodyOf(world);
  const shown = rows.map(({ name, balance }) => {
    const minor = BigInt(balance);
    const amount = minor < 0n ? -minor : minor;
    return `  ${toDecimal(amount).padStart(10)}  ${(minor > 0n ? 'debe' : 'haber').padEnd(5)}  ${named(everybody, name)}`;
  });
  const verdict = books.faults.length === 0 ? 'el libro está bien' : faultsOf(books);
  return [...shown.toSorted(byAccount), `  ${verdict}`];
};

/** By the account's name, and where two loans have the same one by the amount. */
const byAccount = (a: string, b: string): number =>
  a.slice(12) === b.slice(12) ? (a < b ? -1 : 1) : a.slice(12) < b.slice(12) ? -1 : 1;

/** Those the story began with, though they may have left, and who has come since. */
const everybodyOf = async (world: World): Promise<readonly Person[]> => [
  ...world.people,
  ...(await listPeople(world.store)),
];

/** Accounts by the names of their members, so that people can read the book. */
const named = (everybody: readonly Person[], account: string): string => {
  const [kind, id = ''] = account.split('/');
  const person = everybody.find((p) => p.id === id);
  if (person) return `${kind}/${person.name.split(' ')[0]}`;
  const giver = everybody.find((p) => account === `round/${id}/${p.id}`);
  if (giver) return `round/${id}/${giver.name.split(' ')[0]}`;
  return kind === 'loan' || kind === 'interest' || kind === 'late-fee' ? kind : account;
};
