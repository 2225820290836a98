import { readFile } from 'node:fs/promises';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { readBrought } from '../app/read-brought.ts';
import { type RulesReading, readRulesFile } from '../app/rules-file.ts';
import { type Opened, ROOT } from '../start.ts';
import { changeRules, type RulesRefusal } from '../store/rules-change.ts';
import { readRules } from '../store/rules-versions.ts';
import { complain, json, noteNames, print } from './command.ts';
import { withGroup } from './find-group.ts';
import { changesText, type Draft, languageOf, rulesJson, rulesText } from './rules-text.ts';

type Shown = {
  readonly group?: string;
  readonly version?: string;
  readonly language?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly template?: string;
};

type Change = {
  readonly group?: string;
  readonly file?: string;
  readonly by?: readonly string[];
  readonly since?: string;
  readonly language?: string;
  readonly dryRun?: boolean;
  readonly template?: string;
};

const TEMPLATES = ['savings-group', 'solidarity-credit', 'tanda'] as const;
const NUMBER = /^[1-9]\d{0,2}$/;
const DAY = z.iso.date();

/**
 * A group's rules in plain words: those it lives by, one version, or all with what changed between them.
 *
 * @returns 0 printed; 2 when the group, the version or an option is not known, with a sentence on standard error
 */
export const rulesCommand = async (options: Shown): Promise<number> => {
  if (options.template !== undefined) return template(options.template);
  const language = languageOf(options.language);
  if (!language.ok) return refuse(language.problem);
  const { group, version } = options;
  if (group === undefined) return refuse('Say whose rules: --group "Las Jacarandas". Or print a --template.');
  if (version !== undefined && options.all) return refuse('Give --version or --all, not both.');
  return withGroup(group, async ({ store }, groupId) => {
    const book = await readRules(store, groupId);
    const wanted = version ?? String(book.current);
    const chosen = options.all
      ? book.versions
      : book.versions.filter((one) => String(one.version) === wanted);
    if (chosen.length === 0) {
      return refuse(`There is no version ${wanted}. ${book.name} has 1 to ${book.versions.length}.`);
    }
    await noteNames({ store }, 'rules', `group/${groupId}`);
    print(
      options.json
        ? json(rulesJson(book, chosen, language.given))
        : rulesText(book, chosen, { language: language.given, changes: options.all ?? false }),
    );
    return 0;
  });
};

/**
 * Gives a group new rules from a file, signed by two officers, and says what changes.
 *
 * @returns 0 changed, or tried with --dry-run; 1 when the file or the rules forbid it; 2 when it could not be tried
 */
export const changeRulesCommand = async (options: Change): Promise<number> => {
  if (options.template !== undefined) return template(options.template);
  const { group, file, by = [], since } = options;
  const language = languageOf(options.language);
  if (!language.ok) return refuse(language.problem);
  if (group === undefined || file === undefined) {
    return refuse(
      'Give --group, --file with the new rules, and --by twice. --template prints a file to start from.',
    );
  }
  if (!by.every((number) => NUMBER.test(number))) {
    return refuse('--by is the number of an officer in her group, such as --by 1 --by 2.');
  }
  if (since !== undefined && !DAY.safeParse(since).success) {
    return refuse(`--since "${since}" is not a day. Write year-month-day, such as 2026-11-24.`);
  }
  const bytes = await readBrought(file).catch(() => undefined);
  if (!bytes) return refuse(`${file} cannot be read: there is no such file, or it is not yours to read.`);
  const reading = readRulesFile(bytes);
  if (!reading.ok) return faulty(reading.faults);
  return withGroup(group, (opened, groupId) =>
    change(opened, {
      groupId,
      constitution: reading.constitution,
      by: by.map(Number),
      since: since === undefined ? undefined : Temporal.PlainDate.from(since),
      now: Temporal.Now.instant(),
      language: language.given,
      dryRun: options.dryRun ?? false,
    }),
  );
};

const change = async ({ store }: Opened, draft: Draft): Promise<number> => {
  const book = await readRules(store, draft.groupId);
  const done = await changeRules(store.pool, { ...draft, from: book.current }, draft.dryRun);
  if (!done.ok) {
    complain(`${problemOf(done.refusal)} Nothing was changed.`);
    return 1;
  }
  print(changesText(book, { ...draft, ...done.value }));
  return 0;
};

const faulty = (faults: Extract<RulesReading, { ok: false }>['faults']): number => {
  for (const { place, problem, remedy } of faults) complain(`${place}: ${problem}. ${remedy}`);
  complain(`Nothing was changed: ${faults.length} to mend.`);
  return 1;
};

const problemOf = (refusal: RulesRefusal): string => {
  switch (refusal.type) {
    case 'not_two_officers':
      return 'Rules are signed by two different officers: give --by twice, with the number of each.';
    case 'no_member':
      return `Nobody in the group has number ${refusal.number}.`;
    case 'no_officer':
      return `Number ${refusal.number} is not an active officer of the group: its leader, treasurer or secretary signs.`;
    case 'changed_meanwhile':
      return `Somebody else has just changed these rules: version ${refusal.current} holds now. Read it with "comadre rules", and try again.`;
    case 'meeting_open':
      return `The meeting of ${refusal.on.toString()} is open. Close it first: a meeting has one set of rules.`;
    case 'nothing_changes':
      return 'The file says what already holds.';
    case 'product_fixed':
      return 'The group has money in its book, and another product keeps other boxes. Close the cycle and begin as a new group.';
    case 'shares_fixed':
      return 'The price of a share stays the same as long as anybody has savings, since they are counted in shares. Change it when the cycle has closed.';
    case 'not_yet':
      return `--since is a day to come. Rules hold from the day they are written down: at most ${refusal.today.toString()}.`;
    case 'before_the_last':
      return `--since is before ${refusal.since.toString()}, the day of the version that holds now.`;
  }
};

const template = async (name: string): Promise<number> => {
  const known = TEMPLATES.find((one) => one === name);
  if (!known) return refuse(`--template is one of: ${TEMPLATES.join(', ')}.`);
  print((await readFile(new URL(`demo/templates/${known}.json`, ROOT), 'utf8')).trimEnd());
  return 0;
};

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};
