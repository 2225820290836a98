import { Temporal } from 'temporal-polyfill';
import { loadLocales } from '../app/load-locales.ts';
import { createPapers, type Papers } from '../app/paper/papers.ts';
import { reportCsv } from '../app/paper/report-csv.ts';
import { createContent } from '../content/render.ts';
import { checkWords } from '../domain/check-code.ts';
import { AMOUNT_MINOR_MAX, money, parseDecimal, toDecimal } from '../domain/money.ts';
import { ROOT } from '../start.ts';
import { groupPaper, memberMovements } from '../store/paper-facts.ts';
import { listPeople, type Person } from '../store/simulator-people.ts';
import { complain, noteNames, print, withStore } from './command.ts';
import { NO_GROUP, withGroup } from './find-group.ts';
import { findPerson, severalCalled } from './find-person.ts';
import { endingOf, writeNewFile } from './new-file.ts';

type Passbook = {
  readonly as: string;
  readonly out: string;
  readonly goal?: string;
  readonly discreet?: boolean;
};
type GroupPaper = { readonly group: string; readonly out: string };

/** A member's passbook as a picture (.png) or for printing (.pdf), in her own language. */
export const passbookCommand = async (options: Passbook): Promise<number> => {
  const kind = endingOf(options.out, ['png', 'pdf']);
  if (!kind.ok) return refuse(kind.problem);
  const goalMinor = options.goal === undefined ? undefined : goalOf(options.goal);
  if (options.goal !== undefined && goalMinor === undefined) {
    return refuse(
      `--goal "${options.goal}" is not an amount above zero and up to ${toDecimal(AMOUNT_MINOR_MAX)}. Write it like 1500.00.`,
    );
  }
  return withStore(async ({ store }) => {
    const found = onePerson(await listPeople(store), options.as);
    await noteNames({ store }, 'paper passbook', found.ok ? `member/${found.id}` : undefined);
    if (!found.ok) return refuse(found.problem);
    const facts = await groupPaper(store, found.groupId, Temporal.Now.instant());
    const me = facts.members.find(({ id }) => id === found.id);
    if (!me) return refuse(`"${options.as}" has no place in her group any more.`);
    const movements = await memberMovements(store, { id: me.id, group: facts.group }, facts.now);
    const goal = goalMinor === undefined ? me.goal?.amount : money(goalMinor, facts.group.currency);
    const passbook = { ...facts, me, movements, goal, discreet: options.discreet ?? false };
    const { passbookPicture, passbookPdf } = papers();
    const make = kind.ending === 'png' ? passbookPicture : passbookPdf;
    return write(options.out, await make(passbook, me.language));
  });
};

/** A group's report as a picture (.png), for printing (.pdf), or as a table for staff (.csv). */
export const reportCommand = async (options: GroupPaper): Promise<number> => {
  const kind = endingOf(options.out, ['pdf', 'png', 'csv']);
  if (!kind.ok) return refuse(kind.problem);
  return withGroup(options.group, async ({ store }, groupId) => {
    await noteNames({ store }, 'paper report', `group/${groupId}`);
    const paper = await groupPaper(store, groupId, Temporal.Now.instant());
    const facts = { ...paper, checkCode: checkWords(paper.group.book.head) };
    if (kind.ending === 'csv') return write(options.out, reportCsv(facts));
    const { reportPicture, reportPdf } = papers();
    const make = kind.ending === 'png' ? reportPicture : reportPdf;
    return write(options.out, await make(facts, facts.group.language));
  });
};

/** The sheet for a group's next meeting, to be filled in by hand (.pdf). */
export const sheetCommand = async (options: GroupPaper): Promise<number> => {
  const kind = endingOf(options.out, ['pdf']);
  if (!kind.ok) return refuse(kind.problem);
  return withGroup(options.group, async ({ store }, groupId) => {
    await noteNames({ store }, 'paper sheet', `group/${groupId}`);
    const facts = await groupPaper(store, groupId, Temporal.Now.instant());
    return write(options.out, await papers().sheetPdf(facts, facts.group.language));
  });
};

const papers = (): Papers => createPapers(createContent(loadLocales(new URL('locales/', ROOT)).texts));

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};

const write = async (file: string, bytes: Uint8Array | string): Promise<number> => {
  const problem = await writeNewFile(file, bytes);
  if (problem !== undefined) return refuse(problem);
  print(`Wrote ${file}.`);
  return 0;
};

const goalOf = (text: string): bigint | undefined => {
  const minor = parseDecimal(text);
  return minor !== undefined && minor > 0n && minor <= AMOUNT_MINOR_MAX ? minor : undefined;
};

type Found =
  | { readonly ok: true; readonly id: string; readonly groupId: string }
  | { readonly ok: false; readonly problem: string };

const onePerson = (people: readonly Person[], name: string): Found => {
  const members = people.filter(({ groupId }) => groupId !== undefined);
  if (members.length === 0) return { ok: false, problem: NO_GROUP };
  const found = findPerson(members, name);
  if (found.length > 1) return { ok: false, problem: severalCalled(found) };
  const [one] = found;
  if (one?.groupId !== undefined) return { ok: true, id: one.id, groupId: one.groupId };
  return {
    ok: false,
    problem: `No member is called "${name}". Write a first name, a full name, or a name with its group: --as "Ana, Flor de Milpa".`,
  };
};
