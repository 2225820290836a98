import { Temporal } from 'temporal-polyfill';
import { newPin } from '../app/check-pin.ts';
import { loadLocales } from '../app/load-locales.ts';
import { randomSecret } from '../app/new-secret.ts';
import { createPapers } from '../app/paper/papers.ts';
import { personFile, personPdf } from '../app/person-file.ts';
import { createContent } from '../content/render.ts';
import { asId, type MemberId } from '../domain/ids.ts';
import { money, toDecimal } from '../domain/money.ts';
import { createLog } from '../log.ts';
import { type Opened, openCurriculum, ROOT } from '../start.ts';
import { erasePerson, erasureOutlook, noteExport } from '../store/erase-person.ts';
import { resetPin } from '../store/pin-tries.ts';
import { listPeople, type Person } from '../store/simulator-people.ts';
import { complain, json, noteNames, print, withStore } from './command.ts';
import { NO_GROUP } from './find-group.ts';
import { findPerson, plain, severalCalled } from './find-person.ts';
import type { NamingCommand } from './gate.ts';
import { endingOf, writeNewFile } from './new-file.ts';

export type PersonExport = { readonly as: string; readonly out: string; readonly private?: boolean };
export type PersonErase = { readonly as: string; readonly confirm?: string };
export type PersonPinReset = PersonErase;

/** Everything that is kept of one member, as she would get it herself (.pdf), or for a program (.json). */
export const personExportCommand = async (options: PersonExport): Promise<number> => {
  const kind = endingOf(options.out, ['pdf', 'json']);
  if (!kind.ok) return refuse(kind.problem);
  return withMember('person export', options.as, async ({ store }, whom) => {
    const now = Temporal.Now.instant();
    const { lessons: catalogue } = openCurriculum(createLog('silent'));
    const isWhole = options.private ?? false;
    const facts = await personFile({ store, catalogue }, { ...whom, isWhole });
    if (!facts) return refuse(`"${options.as}" has no place in her group any more.`);
    const papers = createPapers(createContent(loadLocales(new URL('locales/', ROOT)).texts));
    const bytes =
      kind.ending === 'json'
        ? `${json(facts)}\n`
        : await personPdf({ papers, catalogue, now }, facts, isWhole);
    const problem = await writeNewFile(options.out, bytes);
    if (problem !== undefined) return refuse(problem);
    await noteExport(store.pool, whom, now);
    print(`Wrote ${options.out}. That it was made is in the record: comadre audit.`);
    return 0;
  });
};

/** Forgets a member who asked for it on paper: without --confirm it only says what will be. */
export const personEraseCommand = async ({ as, confirm }: PersonErase): Promise<number> =>
  withMember('person erase', as, async ({ store }, whom, { erasureDays }) => {
    const outlook = await erasureOutlook(store.pool, whom);
    if (!outlook || outlook.isErased) return refuse(`"${as}" has been erased before.`);
    const { number, savedMinor, owedMinor, role } = outlook;
    const amount = (minor: bigint): string => toDecimal(money(minor, 'MXN').minor);
    if (confirm === undefined || plain(confirm) !== plain(whom.name)) {
      print(
        [
          `Member no. ${number} of ${whom.group}: her name, her telephones, her goal, her lessons and her conversations with staff go.`,
          `The book keeps her figures under "Socia ${number}": ${amount(savedMinor)} saved, ${amount(owedMinor)} owed.`,
          ...(role === 'member' ? [] : [`She is an officer (${role}): let the group name another one.`]),
          `Her name is unreadable at once; her key is destroyed ${erasureDays} days later, and until then she may come back by writing.`,
          ...(confirm === undefined ? [] : ['--confirm is not her full name.']),
          'Nothing has been done. To do it, say the same with --confirm and her full name.',
        ].join('\n'),
      );
      return 1;
    }
    await erasePerson(store.pool, whom, { now: Temporal.Now.instant(), days: erasureDays });
    print(`Done. She is "Socia ${number}" now; her key is destroyed in ${erasureDays} days.`);
    print('Nobody was told: tell her officers her number, and her what may still stand in her chat.');
    return 0;
  });

/** A number for a member who cannot get in with her PIN, to be told to her in person: with it she sets another. */
export const personPinResetCommand = async ({ as, confirm }: PersonPinReset): Promise<number> =>
  withMember('person pin-reset', as, async ({ store }, whom) => {
    if (confirm === undefined || plain(confirm) !== plain(whom.name)) {
      print(
        [
          `A number takes the place of the PIN of "${as}". Tell it to her in person: whoever has it and her telephone sets another.`,
          ...(confirm === undefined ? [] : ['--confirm is not her full name.']),
          'Nothing has been done. To do it, say the same with --confirm and her full name.',
        ].join('\n'),
      );
      return 1;
    }
    const { digits, hash } = await newPin(store, asId<MemberId>(whom.memberId), randomSecret);
    const done = await resetPin(store.pool, whom, { hash, now: Temporal.Now.instant() });
    if (!done) return refuse(`"${as}" has no PIN: she sets one by writing NIP.`);
    print(
      `${digits}\nWith this number she sets another PIN. That it was made is in the record: comadre audit.`,
    );
    return 0;
  });

type Whom = Pick<Person, 'name' | 'group'> & { readonly groupId: string; readonly memberId: string };

const withMember = async (
  command: NamingCommand,
  as: string,
  work: (opened: Opened, whom: Whom, rights: { readonly erasureDays: number }) => Promise<number>,
): Promise<number> =>
  withStore(async (opened, { rights }) => {
    const members = (await listPeople(opened.store, true)).filter(({ groupId }) => groupId !== undefined);
    if (members.length === 0) return refuse(NO_GROUP);
    const found = findPerson(members, as);
    const [one] = found;
    await noteNames(opened, command, one && found.length === 1 ? `member/${one.id}` : undefined);
    if (found.length > 1) return refuse(severalCalled(found));
    if (one?.groupId === undefined) {
      return refuse(
        `No member is called "${as}". Write a first name, a full name, or a name with its group: --as "Ana, Flor de Milpa".`,
      );
    }
    return work(opened, { name: one.name, group: one.group, groupId: one.groupId, memberId: one.id }, rights);
  });

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};
