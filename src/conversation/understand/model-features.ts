import type { amountsIn } from './amount.ts';
import type { Spelled } from './phrase.ts';
import { remembering } from './remember.ts';

/** Longer words are read only so far: they are no words, and a message of one word must not take long. */
const LETTERS_MAX = 20;
/** Runs of so many letters are looked at inside a word: "ahorr" is in "ahorro", "ahorrar" and "ahorritos". */
const RUNS = [3, 4] as const;
/** How many words are remembered with their runs. */
const WORDS_REMEMBERED_MAX = 10_000;

/** What stands for an amount, for another number, and for a name of the group: which of them it is says nothing. */
const AMOUNT = '#';
const NUMBER = '9';
const NAME = '@';
/** The feature of a message that names a member. */
export const NAMED = `=${NAME}`;

/** A message as the model sees it. */
export type ModelWords = {
  readonly tokens: readonly Spelled[];
  readonly amounts: ReturnType<typeof amountsIn>;
  /** Sounds of the names in the group. */
  readonly names: ReadonlySet<string>;
};

/**
 * What the model may weigh of a message, each once: `=word` as it sounds and as it may be repaired, `=one two` for words
 * that follow one another (`^` and `$` are the ends), `~letters` inside words, `?` for a question mark.
 */
export const featuresOf = (message: ModelWords): Set<string> => {
  const features = new Set<string>();
  let before = '^';
  for (const [key, ...repairs] of keysOf(message)) {
    if (key === undefined) continue;
    for (const heard of [key, ...repairs]) features.add(`=${heard}`);
    const meant = repairs[0] ?? key;
    features.add(`=${before} ${meant}`);
    before = meant;
    for (const run of runsOf(key)) features.add(run);
  }
  features.add(`=${before} $`);
  if (message.tokens.some((token) => token.type === 'mark' && token.mark === '?')) features.add('?');
  return features;
};

/** Each word with what it may be a misspelling of; one sign for an amount, another number, and a name. */
const keysOf = ({ tokens, amounts, names }: ModelWords): (readonly string[])[] => {
  const keys: (readonly string[])[] = [];
  const lengths = new Map(amounts.map(({ at, amount }) => [at, amount.length]));
  for (let at = 0; at < tokens.length; ) {
    const length = lengths.get(at);
    const token = tokens[at];
    if (length !== undefined) keys.push([AMOUNT]);
    else if (token?.type === 'word') keys.push(names.has(token.key) ? [NAME] : short(token.keys));
    else if (token?.type === 'number' || token?.type === 'odd') keys.push([NUMBER]);
    at += Math.max(length ?? 1, 1);
  }
  return keys;
};

const short = (keys: readonly string[]): readonly string[] =>
  keys.every(({ length }) => length <= LETTERS_MAX) ? keys : keys.map((key) => key.slice(0, LETTERS_MAX));

const runsOf = remembering((key): readonly string[] => {
  if (key.length < RUNS[0]) return [];
  const word = `<${key}>`;
  return RUNS.flatMap((run) =>
    Array.from({ length: Math.max(word.length - run + 1, 0) }, (_, at) => `~${word.slice(at, at + run)}`),
  );
}, WORDS_REMEMBERED_MAX);
