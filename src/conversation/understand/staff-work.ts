import { z } from 'zod';
import { normalise } from './normalise.ts';

const ENTRIES_MAX = 100;
const PHRASE_CHARS_MAX = 60;
/** Longer is no command: a message that she means for others may begin like one. */
const SAID_CHARS_MAX = 80;
/** A number at the end of what was said, of up to nine digits: "envío 12", "envío n.º 12", "envío #12". */
const ENDS_WITH_NUMBER = /^(.+?) (?:(?:n|no|num|numero|number)\.?[º°]? ?)?#?(\d{1,9})$/u;

/** The id of a lesson and, behind it, the rest: "f4", "f 4 a todas". */
const BEGINS_WITH_ID = /^(f|n|r|rs|b|c|p)[ .#_-]?0?([1-9]\d?)(?: (.+))?$/u;

const phrases = z.array(z.string().min(1).max(PHRASE_CHARS_MAX)).max(ENTRIES_MAX);

/** What staff write who send messages to many members: whole phrases, so nothing is guessed. */
export const staffWorkSchema = z.strictObject({
  compose: phrases,
  /** What was sent, and how it went. */
  sent: phrases,
  saved: phrases,
  /** Alone, or before the number of one. */
  cancel: phrases,
  retry: phrases,
  /** Before the number of one. */
  show: phrases,
  talks: phrases,
  /** What is worth a look in their groups. */
  odd: phrases,
  /** Before how many will get it: she repeats the count, so that it cannot be sent by a slip. */
  send: phrases,
  /** Between that and a lesson's id, and between the id and to whom. */
  lesson: phrases,
  to: phrases,
});

type Words = z.infer<typeof staffWorkSchema>;

/** `number`: the one she named, 0–999,999,999; undefined when she named none. */
export type StaffWork =
  | { readonly type: 'compose' | 'sent' | 'saved' | 'talks' | 'odd' }
  | { readonly type: 'cancel' | 'retry'; readonly number: number | undefined }
  | { readonly type: 'show'; readonly number: number }
  | { readonly type: 'send'; readonly count: number }
  /** `whom`: in her words, lower case; undefined when she has not said it yet. */
  | { readonly type: 'lesson'; readonly lessonId: string; readonly whom: string | undefined };

/** "Quiero mandar un mensaje", "envíos", "envío 12", "cancelar envío 12", "enviar 34", "mandar F4 a todas"; else undefined. */
export const staffWork = (text: string, words: Words): StaffWork | undefined => {
  if (text.length > SAID_CHARS_MAX) return undefined;
  const said = normalise(text);
  const alone = (['compose', 'sent', 'saved', 'talks', 'odd'] as const).find((type) =>
    words[type].includes(said),
  );
  if (alone) return { type: alone };
  const bare = (['cancel', 'retry'] as const).find((type) => words[type].includes(said));
  if (bare) return { type: bare, number: undefined };
  const [, before = '', digits = ''] = ENDS_WITH_NUMBER.exec(said) ?? [];
  const number = Number(digits);
  if (words.send.includes(before)) return { type: 'send', count: number };
  const ofOne = (['cancel', 'retry', 'show'] as const).find((type) => words[type].includes(before));
  return ofOne ? { type: ofOne, number } : lessonToSend(said, words);
};

const lessonToSend = (said: string, { send, lesson, to }: Words): StaffWork | undefined => {
  const rest = behind(said, send);
  if (rest === undefined) return undefined;
  const [, letters = '', place = '', whom] = BEGINS_WITH_ID.exec(behind(rest, lesson) ?? rest) ?? [];
  if (place === '') return undefined;
  const named = whom === undefined ? undefined : behind(whom, to);
  // Something else stands there, such as an hour: nothing is guessed.
  if (whom !== undefined && named === undefined) return undefined;
  return { type: 'lesson', lessonId: `${letters}${place}`.toUpperCase(), whom: named };
};

/** What stands behind the longest of these phrases that it begins with. */
const behind = (said: string, phrases: readonly string[]): string | undefined => {
  const [before] = phrases
    .filter((phrase) => said.startsWith(`${phrase} `))
    .toSorted((one, other) => other.length - one.length);
  return before === undefined ? undefined : said.slice(before.length + 1);
};
