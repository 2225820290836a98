import { readFile } from 'node:fs/promises';
import { Temporal } from 'temporal-polyfill';
import type { FileFault } from '../app/import-file.ts';
import { readMembersCsv, readNewMembers } from '../app/members-csv.ts';
import { idMaker } from '../app/new-id.ts';
import { readProgrammeFile } from '../app/programme-file.ts';
import type { Opened } from '../start.ts';
import type { InviteNote } from '../store/import-making.ts';
import { importMembers } from '../store/import-members.ts';
import { ImportRefused, importProgramme } from '../store/import-programme.ts';
import { drawInviteCode } from '../store/invite-code.ts';
import { complain, json, print, withStore } from './command.ts';

type Options = { readonly dryRun?: boolean; readonly json?: boolean };

/** A programme file, a CSV of members, or both. Every fault is said with its place; nothing is half written. */
export const importCommand = async (files: readonly string[], options: Options): Promise<number> => {
  const programmeFile = files.find((file) => file.toLowerCase().endsWith('.json'));
  const csvFile = files.find((file) => file.toLowerCase().endsWith('.csv'));
  if (files.length !== [programmeFile, csvFile].filter(Boolean).length) {
    complain('Give one programme file that ends in .json, one CSV of members that ends in .csv, or both.');
    return 2;
  }
  const contents = await Promise.all([programmeFile, csvFile].map(readIfNamed));
  const [programme, csv] = contents;
  if (programme === 'missing' || csv === 'missing') return 2;
  if (programme) return importBoth(programme, csv, options);
  return csv ? importCsv(csv, options) : 2;
};

const readIfNamed = async (file: string | undefined): Promise<Uint8Array | 'missing' | undefined> => {
  if (file === undefined) return undefined;
  return readFile(file).catch(() => {
    complain(`${file} cannot be read: there is no such file, or it is not yours to read.`);
    return 'missing' as const;
  });
};

const importBoth = async (
  programme: Uint8Array,
  csv: Uint8Array | undefined,
  options: Options,
): Promise<number> => {
  const now = Temporal.Now.instant();
  const members = csv ? readMembersCsv(csv) : undefined;
  if (members && !members.ok) return faulty(members.faults, options);
  warn(members?.warnings ?? []);
  const reading = readProgrammeFile(programme, { now, ...(members ? { members: members.members } : {}) });
  warn(reading.warnings);
  if (!reading.ok) return faulty(reading.faults, options);
  return imported(options, async ({ database, store }) =>
    importProgramme(database, store.secrets, { form: reading.programme, now, ...means(options) }),
  );
};

const importCsv = async (csv: Uint8Array, options: Options): Promise<number> => {
  const now = Temporal.Now.instant();
  const reading = readNewMembers(csv, now.toString().slice(0, 10));
  if (!reading.ok) return faulty(reading.faults, options);
  warn(reading.warnings);
  return imported(options, async ({ database, store }) =>
    importMembers(database, store.secrets, { members: reading.members, now, ...means(options) }),
  );
};

const warn = (warnings: readonly string[]): void => {
  for (const warning of warnings) complain(`Note: ${warning}`);
};

const means = (options: Options) => ({
  newId: idMaker(),
  newCode: drawInviteCode,
  dryRun: options.dryRun ?? false,
});

const faulty = (faults: readonly FileFault[], options: Options): number => {
  if (options.json) print(json({ ok: false, faults }));
  else {
    for (const fault of faults) complain(`${fault.place}: ${fault.problem}. ${fault.remedy}`);
    complain(`Nothing was imported: ${faults.length} to mend.`);
  }
  return 1;
};

type Report = {
  readonly groups: number;
  readonly members: number;
  readonly linked: number;
  readonly loans: number;
  readonly invites: readonly InviteNote[];
};

const imported = async (options: Options, work: (opened: Opened) => Promise<Report>): Promise<number> =>
  withStore(async (opened) => {
    try {
      const report = await work(opened);
      print(options.json ? json({ ok: true, ...report }) : summary(report, options));
      return 0;
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      complain(error.message);
      return 1;
    }
  });

const summary = (report: Report, options: Options): string => {
  const head = options.dryRun ? 'It would import' : 'Imported';
  const lines = [
    `${head} ${report.groups} groups, ${report.members} members (${report.linked} linked at once), ${report.loans} loans.`,
  ];
  if (options.dryRun || report.invites.length === 0) return lines.join('\n');
  lines.push('', 'Invitation codes, shown only now. Hand each to its person:');
  for (const { group, number, name, code } of report.invites) {
    lines.push(
      name === undefined ? `  ${group}, the whole group: ${code}` : `  ${group}, ${number} ${name}: ${code}`,
    );
  }
  return lines.join('\n');
};
