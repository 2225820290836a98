import { withinOneEdit } from './edit-distance.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A cry for help is heard through a misspelling of any word this long; other words need one letter more. */
const REPAIR_LETTERS_MIN = 4;
/** Words that may stand between the words of a phrase: "me [está] golpeando". */
const GAP_WORDS_MAX = 2;
/** "mepega": a phrase written as one word counts from this length. */
const JOINED_LETTERS_MIN = 6;

/**
 * The phrase of violence, threat, captivity or self-harm found in a message, or undefined. Told from misspellings too:
 * a card shown once too often costs little, one missed may cost a life.
 *
 * @param names words of the roster: a member called Socorro is no cry for help in a list
 */
export const findUrgent = (
  tokens: readonly Spelled[],
  vocabulary: Vocabulary,
  names: ReadonlySet<string> = new Set(),
): string | undefined => {
  const words = spokenKeys(tokens, vocabulary, names);
  const places = placesOf(words, vocabulary);
  const found = vocabulary.urgent.phrases.find((phrase) => isSaid(phrase, places) || isJoined(words, phrase));
  return found?.join(' ');
};

/** Where each word of the phrases was said, misspelt or not. */
const placesOf = (words: readonly string[], vocabulary: Vocabulary): Map<string, number[]> => {
  const places = new Map<string, number[]>();
  const met = new Map<string, string[]>();
  for (const [at, key] of words.entries()) {
    const patterns = met.get(key) ?? patternsMet(key, vocabulary);
    met.set(key, patterns);
    for (const pattern of patterns) {
      const known = places.get(pattern);
      if (known) known.push(at);
      else places.set(pattern, [at]);
    }
  }
  return places;
};

const patternsMet = (key: string, { urgent, urgentOrdinary }: Vocabulary): string[] => {
  if (key === '') return [];
  const ordinary = urgentOrdinary.has(key);
  const near = [key.length - 1, key.length, key.length + 1].flatMap(
    (length) => urgent.wordsByLength.get(length) ?? [],
  );
  const words = near.filter(
    (word) => word === key || (!ordinary && word.length >= REPAIR_LETTERS_MIN && withinOneEdit(key, word)),
  );
  const stems = urgent.stems.filter((stem) => key.startsWith(stem) || (!ordinary && beginsNearly(key, stem)));
  return [...words, ...stems.map((stem) => `${stem}*`)];
};

const beginsNearly = (key: string, stem: string): boolean =>
  stem.length > REPAIR_LETTERS_MIN &&
  [stem.length - 1, stem.length, stem.length + 1].some((letters) =>
    withinOneEdit(key.slice(0, letters), stem),
  );

/** True when the words of a phrase follow one another, with little between them. */
const isSaid = (phrase: readonly string[], places: ReadonlyMap<string, readonly number[]>): boolean => {
  const [first = '', ...rest] = phrase;
  let ends: readonly number[] = places.get(first) ?? [];
  for (const pattern of rest) {
    if (ends.length === 0) return false;
    const before = new Set(
      ends.flatMap((at) => Array.from({ length: GAP_WORDS_MAX + 1 }, (_, gap) => at + 1 + gap)),
    );
    ends = (places.get(pattern) ?? []).filter((at) => before.has(at));
  }
  return ends.length > 0;
};

/** The words to look at, as they sound: without phrases that only look grave, and without the names of members. */
const spokenKeys = (
  tokens: readonly Spelled[],
  vocabulary: Vocabulary,
  names: ReadonlySet<string>,
): string[] => {
  const keys: string[] = [];
  const spoken = tokens.filter((token) => token.type !== 'mark');
  for (let at = 0; at < spoken.length; ) {
    const never = phraseAt(vocabulary.urgentNever, spoken, at);
    const token = spoken[at];
    const key = token?.type === 'number' ? token.whole : (token?.keys[0] ?? '');
    if (never) keys.push('');
    else keys.push(names.has(key) ? '' : key);
    at += never?.length ?? 1;
  }
  return keys;
};

const isJoined = (words: readonly string[], phrase: readonly string[]): boolean => {
  const joined = phrase.join('');
  if (phrase.length < 2 || joined.length < JOINED_LETTERS_MIN || joined.includes('*')) return false;
  return words.some((word) => word.includes(joined));
};
