import type { Choice, IncomingBody } from '../conversation/message.ts';
import { firstName } from '../domain/group.ts';
import type { OpeningGroup } from '../store/simulator-opening.ts';
import { clockLine, headerOf } from './transcript-header.ts';

/** What happened on a phone, or to the clock. `address` is the id of one of the people, or a stranger's own. */
export type Told =
  | {
      readonly type: 'said';
      readonly address: string;
      readonly body: IncomingBody;
      readonly label: string | undefined;
    }
  | {
      readonly type: 'heard';
      readonly address: string;
      readonly text: string;
      readonly choices: readonly Choice[];
      readonly file?: { readonly kind: string; readonly name: string };
    }
  /** A message of the bot on her screen says other words from now on. */
  | {
      readonly type: 'edited';
      readonly address: string;
      readonly text: string;
      readonly choices: readonly Choice[];
    }
  /** A message of the bot was taken back from her screen. */
  | { readonly type: 'erased'; readonly address: string }
  | { readonly type: 'clock'; readonly at: string };

export type Story = {
  /** ISO instant at which it begins. */
  readonly at: string;
  readonly happenings: readonly Told[];
  readonly groups: readonly OpeningGroup[];
  readonly staff: readonly string[];
  /** Everybody, by group and number; staff last. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Invitation codes that are known: each run has others. */
  readonly codes: readonly { readonly name: string; readonly code: string }[];
};

const SENT = { voice: 'voz', image: 'foto', document: 'archivo', video: 'video' } as const;
/** A line break inside what somebody wrote: a step is one line. */
export const LINE_BREAK = '⏎';
/** Stands for a message of the bot that went from her screen. */
export const ERASED = '(un mensaje se quita)';
/** Stands before the words that a message of the bot says from now on. */
export const EDITED = '(un mensaje cambia)';
const STRANGER = 'nueva-';

/** What happened, in the format of tests/transcripts: who was there, what was said, what was answered. */
export const transcriptOf = (story: Story): string => {
  const zone = story.groups[0]?.timeZone ?? 'UTC';
  const names = namesOf(story.people);
  const lines = [...headerOf(story, zone), ''];
  for (const { step, answers } of turnsOf(story.happenings)) {
    const speaker = step?.type === 'said' ? step.address : undefined;
    if (step) lines.push(...stepLines(step, { story, names, zone }));
    const rank = (address: string): number => {
      const seat = story.people.findIndex((person) => person.id === address);
      return address === speaker ? -1 : seat < 0 ? story.people.length : seat;
    };
    for (const heard of answers.toSorted((a, b) => rank(a.address) - rank(b.address))) {
      const to = heard.address === speaker ? undefined : firstName(names(heard.address));
      lines.push(...botLines(shownOf(heard), to));
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
};

/** The check words are made of ids, which are other ones in every run. */
const CHECK_WORDS = /(Palabras de hoy|Palabras de control|Today's words|Check words): [^.]+\./;

/**
 * One answer as a transcript shows it.
 *
 * @param to who heard it, when it was not whoever has just written
 */
export const botLines = (
  heard: { readonly text: string; readonly choices: readonly { readonly label: string }[] },
  to?: string,
): string[] => {
  const [head = '', ...rest] = heard.text.replace(CHECK_WORDS, '$1: (cuatro palabras).').split('\n');
  const labels = heard.choices.map((choice) => `[${choice.label}]`).join(' ');
  return [
    `  ${to === undefined ? 'bot' : `bot → ${to}`}: ${head}`,
    ...rest.map((line) => `       ${line}`),
    ...(labels ? [`       ${labels}`] : []),
  ];
};

/** What she heard, with the name of the file above the words. */
export const textWithFile = ({
  text,
  file,
}: {
  readonly text: string;
  readonly file?: { readonly kind: string; readonly name: string };
}): string => (file ? `[${file.kind} ${file.name}]\n${text}` : text);

type Heard = Extract<Told, { readonly type: 'heard' | 'edited' | 'erased' }>;

const shownOf = (heard: Heard): { readonly text: string; readonly choices: readonly Choice[] } => {
  if (heard.type === 'heard') return { ...heard, text: textWithFile(heard) };
  if (heard.type === 'edited') return { ...heard, text: `${EDITED}\n${heard.text}` };
  return { text: ERASED, choices: [] };
};
type Turn = { readonly step: Exclude<Told, Heard> | undefined; readonly answers: Heard[] };

/** Each thing done with what was heard until the next one. */
const turnsOf = (happenings: readonly Told[]): Turn[] => {
  const turns: Turn[] = [];
  for (const told of happenings) {
    if (told.type === 'said' || told.type === 'clock') turns.push({ step: told, answers: [] });
    else if (turns.length === 0) turns.push({ step: undefined, answers: [told] });
    else turns.at(-1)?.answers.push(told);
  }
  return turns;
};

/** First names, and whole ones where two people share the first. */
const namesOf = (people: Story['people']) => {
  const byId = new Map(people.map(({ id, name }) => [id, name]));
  const firsts = people.map(({ name }) => firstName(name));
  return (address: string): string => {
    const name = byId.get(address);
    if (name === undefined) return address.replace(STRANGER, '');
    const first = firstName(name);
    return firsts.filter((other) => other === first).length > 1 ? name : first;
  };
};

type Wording = { readonly story: Story; readonly names: (address: string) => string; readonly zone: string };

const stepLines = (step: Exclude<Told, Heard>, { story, names, zone }: Wording): string[] => {
  if (step.type === 'clock') return ['', clockLine(step.at, zone), 'minuto'];
  const name = names(step.address);
  const { body } = step;
  switch (body.type) {
    case 'text':
      return [`${name}: ${withoutCodes(body.text, story.codes).replaceAll('\n', LINE_BREAK)}`];
    case 'start':
      return [`${name}: /start${body.code ? ` ${withoutCodes(body.code, story.codes)}` : ''}`];
    case 'button':
      return [`${name} oprime: ${step.label ?? body.payload}`];
    case 'media':
      return [`${name} manda: ${SENT[body.kind]}`];
    case 'unread':
      return [body.kind === 'edited' ? `${name} edita: …` : `${name} manda: ${body.kind}`];
    case 'moved':
      return [`${name} cambia: dirección`];
    case 'contact':
    case 'pin':
    case 'group-chat':
    case 'reachable':
      return [`# ${name}: ${body.type}`];
  }
};

const withoutCodes = (text: string, codes: Story['codes']): string =>
  codes.reduce((words, { name, code }) => words.replaceAll(code, `{código ${name}}`), text);
