// The invented programme of tests/fixtures/programme, brought into a test's database.

import fs from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { idMaker } from '../../src/app/new-id.ts';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import type { Database } from '../../src/store/database.ts';
import { type ImportReport, importProgramme } from '../../src/store/import-programme.ts';
import type { ProgrammeDocument, ProgrammeForm } from '../../src/store/import-schema.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { drawInviteCode } from '../../src/store/invite-code.ts';
import { createSecrets } from '../../src/store/secrets.ts';

export const orilla = new URL('../fixtures/programme/orilla.json', import.meta.url);
export const importedAt = Temporal.Instant.from('2026-11-21T18:00:00Z');
export const secrets = createSecrets({ bytes: Buffer.alloc(32, 7), created: false, warnings: [] });

/** Where an import gets its ids, codes and clock from. */
export const means = () => ({ now: importedAt, newId: idMaker(), newCode: drawInviteCode });

export const documentOf = (file: URL): ProgrammeDocument =>
  JSON.parse(fs.readFileSync(file, 'utf8')) as ProgrammeDocument;

export const formOf = (document: ProgrammeDocument): ProgrammeForm => {
  const reading = readProgrammeFile(JSON.stringify(document), { now: importedAt });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.programme;
};

export const bringIn = (database: Database, document: ProgrammeDocument): Promise<ImportReport> =>
  importProgramme(database, secrets, { form: formOf(document), ...means() });

/** As if the database were new. Cheaper than a new one; its own guards are off only for this. */
export const emptied = async (database: Database): Promise<void> => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
  );
  await asSuperuser(database, `truncate ${rows.map(({ name }) => name).join(', ')}`);
};

/** Runs statements with every trigger and foreign key off, as somebody with the database in her hands could. */
export const asSuperuser = async (database: Database, ...statements: readonly string[]): Promise<void> => {
  await inTransaction(database.pool, async (session) => {
    await session.query('set local session_replication_role = replica');
    for (const statement of statements) await session.query(statement);
  });
};

/** Balances as people mean them, by account with the member's number in place of her id. */
export const balancesOf = async (
  database: Database,
  programmeId: string,
): Promise<Record<string, string>[]> => {
  const { rows } = await database.pool.query<{ balances: Record<string, string> }>(
    `select jsonb_object_agg(
              coalesce('savings/' || m.number, 'loan/' || l.number, 'interest/' || i.number, a.name),
              (a.balance_minor * case a.side when 'credit' then -1 else 1 end)::text) as balances
       from savings_group g join account a on a.group_id = g.id
       left join member m on m.group_id = g.id and a.name = 'savings/' || m.id
       left join (loan lo join member l on l.id = lo.member_id) on lo.group_id = g.id and a.name = 'loan/' || lo.id
       left join (loan io join member i on i.id = io.member_id) on io.group_id = g.id and a.name = 'interest/' || io.id
      where g.programme_id = $1 group by g.id order by g.id`,
    [programmeId],
  );
  return rows.map((row) => row.balances);
};
