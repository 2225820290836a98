import type { Content } from '../content/render.ts';
import type { Language } from '../conversation/message.ts';
import { type Say, say } from '../conversation/say.ts';
import { callName, firstName } from '../domain/group.ts';
import type { Person } from '../store/simulator-people.ts';

/** What a person who just typed `npm start` needs to know, and nothing else. */
export type StartFacts = {
  readonly url: string;
  /** The embedded database's folder; undefined on a server. */
  readonly folder: string | undefined;
  readonly telegramMode: string | undefined;
  readonly whatsAppCloud: boolean;
  /** Where the page of the QR is; undefined without that channel. */
  readonly qrPath: string | undefined;
  /** What is wrong in lessons, which are left out. */
  readonly lessonFaults: number;
  /** Empty when the simulator is off. */
  readonly people: readonly Person[];
  readonly codes: readonly { readonly name: string; readonly code: string }[];
};

/** The screen of `npm start`: where the simulator is, who you can be, what to type. */
export const startScreen = (content: Content, language: Language, facts: StartFacts): string => {
  const { url, folder, telegramMode, people } = facts;
  const lines: Say[] = [
    say('screen.ready'),
    ...(people.length > 0 ? [say('screen.simulator', { url })] : []),
    ...(telegramMode ? [say('screen.channel', { mode: telegramMode })] : []),
    ...(facts.whatsAppCloud ? [say('screen.whatsapp_cloud')] : []),
    ...(facts.qrPath === undefined ? [] : [say('screen.whatsapp_web', { url: `${url}${facts.qrPath}` })]),
    ...(facts.lessonFaults > 0 ? [say('screen.lessons', { count: facts.lessonFaults })] : []),
    folder === undefined ? say('screen.server') : say('screen.embedded', { folder }),
  ];
  const blocks = [lines, ...(people.length > 0 ? simulatorBlocks(facts) : []), [say('screen.stop')]];
  const shown = blocks.map((block) => block.map((line) => content.sentence(line, language)).join('\n'));
  return `\n${shown.join('\n\n')}\n\n`;
};

const simulatorBlocks = ({ people, codes }: StartFacts): Say[][] => {
  const leader = people.find((p) => p.role === 'leader');
  const member = people.find((p) => p.role === 'member' && p.linked);
  const staff = people.filter((p) => p.role === 'staff');
  const groups = [...new Set(people.filter((p) => p.role !== 'staff').map((p) => p.group))];
  return [
    [
      say('screen.who'),
      ...groups.map((group) =>
        say('screen.people', { group, names: people.filter((p) => p.group === group).map(nameAndRole) }),
      ),
      ...(staff.length > 0 ? [say('screen.team', { names: staff.map(nameAndRole) })] : []),
    ],
    [
      say('screen.what'),
      ...(leader ? [say('screen.leader', { name: firstName(leader.name) })] : []),
      ...(member ? [say('screen.member', { name: firstName(member.name) })] : []),
      ...staff.slice(0, 1).map((s) => say('screen.staff', { name: firstName(s.name) })),
      ...codes.map(({ name, code }) => say('screen.newcomer', { name: firstName(name), code })),
    ],
    ...(member ? [[say('screen.terminal'), say('screen.chat', { name: firstName(member.name) })]] : []),
  ];
};

const nameAndRole = (person: Person, _index: number, group: readonly Person[]): Say => {
  const name = callName(
    person.name,
    group.map((p) => p.name),
  );
  if (!person.linked) return say('role.invited', { name });
  switch (person.role) {
    case 'leader':
    case 'treasurer':
    case 'secretary':
      return say(`role.${person.role}`, { name });
    case 'member':
    case 'staff':
      return say('seat.one', { group: name });
  }
};
