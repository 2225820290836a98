// Programmes as their people can read and keep it: the form of the programme file, with today's balances as opening.

import type { Database } from './database.ts';
import { balancesCsv } from './export-csv.ts';
import { groupDocument } from './export-document.ts';
import { addressesOf, readStaff } from './export-people.ts';
import { readGroup, readGroups, readProgrammes } from './export-rows.ts';
import type { ProgrammeDocument } from './import-schema.ts';
import { inReadTransaction, type ReadTransaction } from './in-read-transaction.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/**
 * Every programme as it stands at one moment, names readable: whoever holds the key may have it.
 *
 * Importing one again gives the same boxes, savings and loans. What a group had earned in interest and fines comes back
 * as `earnings`, and its past entries do not come back: this is a copy for people, not a backup of the database.
 */
export async function exportProgrammes(database: Database, secrets: Secrets): Promise<ProgrammeDocument[]> {
  return inReadTransaction(database, async (session) => {
    const documents: ProgrammeDocument[] = [];
    for (const { id, name, language, currency, lessons, pin, safeWord, notices } of await readProgrammes(
      session,
    )) {
      documents.push({
        programme: { name, language, currency, pin, safeWord, notices, lessons },
        ...(await peopleOf(session, secrets, { id, currency })),
      });
    }
    return documents;
  });
}

/** Each member's balances as a table for a spreadsheet: see `balancesCsv`. */
export async function exportCsv(database: Database, secrets: Secrets): Promise<string> {
  return balancesCsv(await exportProgrammes(database, secrets));
}

async function peopleOf(
  session: ReadTransaction,
  secrets: Secrets,
  { id: programmeId, currency }: Pick<ProgrammeDocument['programme'], 'currency'> & { readonly id: string },
): Promise<Omit<ProgrammeDocument, 'programme'>> {
  const staff = await readStaff(session, programmeId);
  const groups: ProgrammeDocument['groups'] = [];
  for (const group of await readGroups(session, programmeId)) {
    groups.push(groupDocument(secrets, await readGroup(session, group), currency));
  }
  return {
    staff: staff.map((person) => ({
      name: openName(secrets, 'staff', person),
      role: person.role,
      duty: person.duty,
      language: person.language,
      addresses: addressesOf(secrets, person.addresses),
    })),
    groups,
  };
}
