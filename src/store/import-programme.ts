// Brings a programme that runs on paper into the book: all of it, or nothing.

import type { ClientBase } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from './database.ts';
import {
  bytes,
  type InviteNote,
  type Listed,
  listed,
  type Making,
  put,
  type Row,
  type Rows,
  sealer,
  TABLES,
  type WhatsAppChannel,
} from './import-making.ts';
import { programmeRows } from './import-rows.ts';
import type { ProgrammeForm } from './import-schema.ts';
import { inTransaction } from './in-transaction.ts';
import type { Secrets } from './secrets.ts';
import { verifyGroup } from './verify-books.ts';

/** Any number that no other lock of ours uses: two imports at once would not see each other's names. */
const IMPORT_LOCK = 4_026_011_403;
const UNIQUE_VIOLATION = '23505';

/** The import cannot be done, and nothing was changed. The message is for the operator. */
export class ImportRefused extends Error {
  override name = 'ImportRefused';
}

export type ImportOptions = {
  readonly now: Temporal.Instant;
  /** A fresh UUID, version 7 so that rows lie in the order they were made. */
  readonly newId: () => string;
  /** A fresh invitation code: `drawInviteCode`. */
  readonly newCode: () => string;
  /** The WhatsApp channel that runs here; undefined: none, so WhatsApp numbers are only noted and those people need a code. */
  readonly whatsApp?: WhatsAppChannel | undefined;
  /** Everything is tried and nothing kept; the codes it reports are worth nothing. */
  readonly dryRun?: boolean;
};

export type ImportReport = {
  readonly dryRun: boolean;
  readonly programmeId: string;
  readonly staff: number;
  readonly groups: number;
  readonly members: number;
  /** Members who can use the chat at once. */
  readonly linked: number;
  readonly loans: number;
  readonly entries: number;
  /** Officers who stand for what a group brought into its book: they are asked in the chat, or signed on paper. */
  readonly signers: { readonly asked: number; readonly onPaper: number };
  /** To be printed and handed over once: only hashes of the codes are kept. */
  readonly invites: readonly InviteNote[];
};

/**
 * Writes a programme with its groups, members, loans and opening balances, and checks the new books before they stay.
 *
 * @param form as `readProgrammeFile` accepted it
 * @throws ImportRefused when there is a programme of that name already
 */
export async function importProgramme(
  database: Database,
  secrets: Secrets,
  work: { readonly form: ProgrammeForm } & ImportOptions,
): Promise<ImportReport> {
  const { form, whatsApp, dryRun = false } = work;
  const wanted = form.groups.flatMap((group) => group.members).map((member) => member.addresses);
  const all = [...wanted, ...form.staff.map((person) => person.addresses)].flatMap((one) =>
    listed(one, whatsApp),
  );
  return inWords(() =>
    inTransaction(
      database.pool,
      async (session) => {
        await refuseKnownName(session, form.programme.name);
        const making = await startMaking(session, { secrets, ...work }, all);
        const programmeId = programmeRows(making, form);
        await writeRows(session, making.rows);
        await checkBooks(session, making.rows);
        return { ...reportOf(making), dryRun, programmeId };
      },
      { dryRun },
    ),
  );
}

/** Looks up which addresses are known already: the same woman may be in two groups. */
export async function startMaking(
  session: ClientBase,
  { secrets, now, newId, newCode, whatsApp }: { readonly secrets: Secrets } & ImportOptions,
  wanted: readonly Listed[],
): Promise<Making> {
  await session.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
  const asked = wanted.map(({ channel, value }) => ({
    channel,
    index: bytes(secrets.blindIndex(channel, value)),
  }));
  const { rows } = await session.query<{ id: string; channel: string; index: string }>(
    `select a.id, a.channel, w.index from jsonb_to_recordset($1::jsonb) as w(channel text, index text)
       join address a on a.channel = w.channel and a.value_index = w.index::bytea`,
    [JSON.stringify(asked)],
  );
  const known = new Map(rows.map((row) => [`${row.channel}|${row.index}`, row.id]));
  const addressId = (channel: string, value: string): string => {
    const index = bytes(secrets.blindIndex(channel, value));
    const found = known.get(`${channel}|${index}`);
    if (found !== undefined) return found;
    const id = newId();
    known.set(`${channel}|${index}`, id);
    const seal = sealer(making, 'address', id);
    put(making, 'address', { id, channel, value: seal('value', value), value_index: index });
    return id;
  };
  const fresh = { rows: new Map(), invites: [] };
  const making: Making = { secrets, now, newId, newCode, whatsApp, addressId, ...fresh };
  return making;
}

/** Writes rows table by table, each in one statement: the postings of an entry must come all at once. */
export async function writeRows(session: ClientBase, rows: Rows): Promise<void> {
  for (const table of TABLES) {
    const some = rows.get(table) ?? [];
    if (some.length === 0) continue;
    const columns = Object.keys(some[0] ?? {})
      .map((column) => `"${column}"`)
      .join(', ');
    await session.query(
      `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(some)],
    );
  }
  // Addresses that were known already count as having consented too, from the first time on.
  await session.query(
    `update address a set consented_at = c.at
       from (select address_id, min(at) as at from consent where address_id = any ($1::uuid[]) and given group by address_id) c
      where a.id = c.address_id and a.consented_at is null`,
    [(rows.get('consent') ?? []).map((row) => row['address_id'])],
  );
  // What the database checks at the end is checked now, so that a dry run finds it too.
  await session.query('set constraints all immediate');
}

async function checkBooks(session: ClientBase, rows: Rows): Promise<void> {
  for (const group of rows.get('savings_group') ?? []) {
    const { faults } = await verifyGroup(session, String(group['id']));
    const [fault] = faults;
    if (fault) throw new Error(`an imported book is not right: ${fault.rule}`);
  }
}

async function refuseKnownName(session: ClientBase, name: string): Promise<void> {
  await session.query('select pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
  const { rowCount } = await session.query('select from programme where lower(name) = lower($1)', [name]);
  if (rowCount === 0) return;
  throw new ImportRefused(
    `The programme "${name}" is in the database already, so nothing was imported. To add members to its groups, import a CSV file of members; a second programme needs another name.`,
  );
}

export const reportOf = (making: Making): Omit<ImportReport, 'dryRun' | 'programmeId'> => {
  const rowsOf = (table: (typeof TABLES)[number]): Row[] => making.rows.get(table) ?? [];
  const signers = (state: string): number =>
    rowsOf('opening_signature').filter((row) => row['state'] === state).length;
  return {
    staff: rowsOf('staff').length,
    groups: rowsOf('savings_group').length,
    members: rowsOf('member').length,
    linked: rowsOf('member').filter((row) => row['state'] === 'active').length,
    loans: rowsOf('loan').length,
    entries: rowsOf('journal_entry').length,
    signers: { asked: signers('asked'), onPaper: signers('paper') },
    invites: making.invites,
  };
};

/** A member who writes to the bot while the import runs may make her own address first. */
export async function inWords<Value>(importing: () => Promise<Value>): Promise<Value> {
  try {
    return await importing();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) {
      throw new ImportRefused(
        'Something the import was to write was written at the same moment by somebody else, so nothing was imported. Run the import again.',
        { cause: error },
      );
    }
    throw error;
  }
}
