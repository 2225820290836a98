import type { amountsIn } from './amount.ts';
import type { Lexicons } from './lexicon.ts';
import type { Intent } from './meaning.ts';
import type { Spelled } from './phrase.ts';
import { takenBy } from './report.ts';
import { isTimeWord, weekdayIn } from './said-day.ts';

type Amounts = ReturnType<typeof amountsIn>;
type Heard = {
  readonly text: string;
  readonly tokens: readonly Spelled[];
  readonly context: { readonly lexicons: Lexicons };
};

/** What has an hour or a weekday of its own, by what the same words mean without one. */
const TIMED: Partial<Record<string, Intent>> = {
  'lesson.next': 'lesson.hour',
  'reminders.on': 'reminders.on',
  'reminders.group-on': 'reminders.group-on',
};

/**
 * "Recuérdame los martes a las 7 de la noche": what is left without the time says what it is a time for.
 *
 * @param find the intent that words show, if they show one
 */
export const timedIntent = (
  { tokens, text, context }: Heard,
  amounts: Amounts,
  find: (words: readonly Spelled[]) => string | undefined,
): Intent | undefined => {
  const isHourSaid = isHour(tokens, amounts);
  if (amounts.length > 0 ? !isHourSaid : weekdayIn(text, context.lexicons) === undefined) return undefined;
  const taken = takenBy(amounts);
  const untimed = tokens.filter(
    (token, at) => !taken.has(at) && !(token.type === 'word' && isTimeWord(token.word, context.lexicons)),
  );
  const intent = TIMED[find(untimed) ?? ''];
  return intent === 'lesson.hour' && !isHourSaid ? undefined : intent;
};

/** "A las 6": one number, which is no money, after a word that makes an hour of it. */
const isHour = (tokens: readonly Spelled[], amounts: Amounts): boolean => {
  const [only, ...more] = amounts;
  return only?.amount.counted === true && more.length === 0 && tokens[only.at]?.type === 'word';
};
