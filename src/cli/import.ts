import { Temporal } from 'temporal-polyfill';
import type { FileFault } from '../app/import-file.ts';
import { loadLocales } from '../app/load-locales.ts';
import { readMembersCsv, readNewMembers } from '../app/members-csv.ts';
import { idMaker } from '../app/new-id.ts';
import { readProgrammeFile } from '../app/programme-file.ts';
import { readBrought } from '../app/read-brought.ts';
import type { Config } from '../config.ts';
import { hasPinPlace, NO_PIN_PLACE, type Opened, ROOT } from '../start.ts';
import type { InviteNote, WhatsAppChannel } from '../store/import-making.ts';
import { importMembers } from '../store/import-members.ts';
import { ImportRefused, importProgramme } from '../store/import-programme.ts';
import type { ProgrammeForm } from '../store/import-schema.ts';
import { drawInviteCode } from '../store/invite-code.ts';
import { codeLines, intoFile, type LinkedInvite, withLinks } from './codes-file.ts';
import { complain, json, print, withStore } from './command.ts';

type Options = {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  /** A new file for the codes, in place of the screen. */
  readonly codesTo?: string;
};

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
  return readBrought(file).catch(() => {
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
  const { lexicons } = loadLocales(new URL('locales/', ROOT));
  const more = members ? { members: members.members } : {};
  const reading = readProgrammeFile(programme, { now, lexicons, ...more });
  warn(reading.warnings);
  if (!reading.ok) return faulty(reading.faults, options);
  const form = reading.programme;
  return imported(options, async ({ database, store }, config) => {
    if (!whatsAppOf(config)) warn(numbersWithoutWhatsApp(form));
    if (form.programme.pin === 'required' && !hasPinPlace(config))
      throw new ImportRefused(`Not imported: ${NO_PIN_PLACE}.`);
    return importProgramme(database, store.secrets, { form, now, ...means(options, config) });
  });
};

const importCsv = async (csv: Uint8Array, options: Options): Promise<number> => {
  const now = Temporal.Now.instant();
  const reading = readNewMembers(csv, now.toString().slice(0, 10));
  if (!reading.ok) return faulty(reading.faults, options);
  warn(reading.warnings);
  return imported(options, async ({ database, store }, config) =>
    importMembers(database, store.secrets, { members: reading.members, now, ...means(options, config) }),
  );
};

const warn = (warnings: readonly string[]): void => {
  for (const warning of warnings) complain(`Note: ${warning}`);
};

/** People with WhatsApp in a place where it is not set up: they are not reached, and nobody would know why. */
const numbersWithoutWhatsApp = ({ groups, staff }: ProgrammeForm): string[] => {
  const members = groups.flatMap((group) => group.members);
  const silent = (
    people: readonly { addresses: { telegram?: string | undefined; whatsapp?: string | undefined } }[],
  ) =>
    people.filter(({ addresses }) => addresses.whatsapp !== undefined && addresses.telegram === undefined)
      .length;
  const [ofMembers, ofStaff] = [silent(members), silent(staff)];
  return [
    ...(ofMembers > 0
      ? [
          `${ofMembers} members have a WhatsApp number, and WhatsApp is not set up here: they get invitation codes.`,
        ]
      : []),
    ...(ofStaff > 0
      ? [
          `${ofStaff} of the staff have only a WhatsApp number, and WhatsApp is not set up here: nothing reaches them. Set it up first (docs/operating.md), or give their Telegram numbers.`,
        ]
      : []),
  ];
};

/** Of two the one to send by in production. */
const whatsAppOf = ({ whatsAppCloud, whatsAppWeb }: Config): WhatsAppChannel | undefined => {
  if (whatsAppCloud) return 'whatsapp-cloud';
  return whatsAppWeb && 'whatsapp-web';
};

const means = (options: Options, config: Config) => ({
  newId: idMaker(),
  newCode: drawInviteCode,
  whatsApp: whatsAppOf(config),
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
  readonly signers: { readonly asked: number; readonly onPaper: number };
  readonly invites: readonly InviteNote[];
};

const imported = async (
  options: Options,
  work: (opened: Opened, config: Config) => Promise<Report>,
): Promise<number> => {
  const { codesTo } = options;
  if (codesTo === undefined) return (await reported(options, work)).code;
  return intoFile(codesTo, () => reported(options, work));
};

type Ended = { readonly code: number; readonly invites: readonly LinkedInvite[] };

const reported = async (
  options: Options,
  work: (opened: Opened, config: Config) => Promise<Report>,
): Promise<Ended> => {
  let invites: readonly LinkedInvite[] = [];
  const code = await withStore(async (opened, config) => {
    try {
      const report = await work(opened, config);
      // The codes of a dry run open nothing: they get no links, and no platform is asked.
      if (!options.dryRun) invites = await withLinks(report.invites, config, opened.store.pool);
      const tried = report.invites.map((invite) => ({ ...invite, links: [] }));
      const codes = options.dryRun ? tried : invites;
      const linked = { ...report, invites: options.codesTo === undefined ? codes : [] };
      print(options.json ? json({ ok: true, ...linked }) : summary(linked, options));
      return 0;
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      complain(error.message);
      return 1;
    }
  });
  return { code, invites };
};

type Linked = Omit<Report, 'invites'> & { readonly invites: readonly LinkedInvite[] };

/** Who stands for the opening balances: nobody but those who were asked has said so to the program itself. */
const signersSaid = ({ asked, onPaper }: Report['signers']): string[] => [
  ...(asked > 0 ? [`${asked} officers are asked in the chat to sign what their books begin with.`] : []),
  ...(onPaper > 0
    ? [`By the file ${onPaper} officers have signed on paper what their books begin with.`]
    : []),
];

const summary = (report: Linked, options: Options): string => {
  const head = options.dryRun ? 'It would import' : 'Imported';
  const lines = [
    `${head} ${report.groups} groups, ${report.members} members (${report.linked} linked at once), ${report.loans} loans.`,
    ...signersSaid(report.signers),
  ];
  if (options.dryRun || report.invites.length === 0) return lines.join('\n');
  const isLinked = report.invites.some(({ links }) => links.length > 0);
  const how = isLinked
    ? 'Hand each to its person; a link opens the chat with it:'
    : 'Hand each to its person:';
  lines.push('', `Invitation codes, shown only now. ${how}`, ...codeLines(report.invites));
  return lines.join('\n');
};
