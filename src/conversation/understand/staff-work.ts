import { z } from 'zod';
import { normalise } from './normalise.ts';

const ENTRIES_MAX = 100;
const PHRASE_CHARS_MAX = 60;
/** Longer is no command: a message that she means for others may begin like one. */
const SAID_CHARS_MAX = 80;
/** A number at the end of what was said, of up to nine digits: "envío 12", "envío n.º 12", "envío #12". */
const ENDS_WITH_NUMBER = /^(.+?) (?:(?:n|no|num|numero|number)\.?[º°]? ?)?#?(\d{1,9})$/u;

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
});

type Words = z.infer<typeof staffWorkSchema>;

/** `number`: the one she named, 0–999,999,999; undefined when she named none. */
export type StaffWork =
  | { readonly type: 'compose' | 'sent' | 'saved' | 'talks' | 'odd' }
  | { readonly type: 'cancel' | 'retry'; readonly number: number | undefined }
  | { readonly type: 'show'; readonly number: number }
  | { readonly type: 'send'; readonly count: number };

/** "Quiero mandar un mensaje", "envíos", "envío 12", "cancelar envío 12", "enviar 34", "bandeja"; else undefined. */
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
  return (['cancel', 'retry', 'show'] as const)
    .filter((type) => words[type].includes(before))
    .map((type) => ({ type, number }))[0];
};
