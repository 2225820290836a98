import { phraseAt, type Spelled } from './phrase.ts';
import { JOINED_LETTERS_MIN, type UrgentPhrase, type UrgentPhrases } from './urgent-phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words that may stand between the words of a phrase: "me [está] golpeando". */
const GAP_WORDS_MAX = 2;

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * The phrase of violence, threat, captivity or self-harm found in a message, or undefined. Told from misspellings too:
 * a card shown once too often costs little, one missed may cost a life. Of several phrases, the first in the lexicons.
 *
 * @param names words of the roster: a member called Socorro is no cry for help in a list
 */
export const findUrgent = (
  tokens: readonly Spelled[],
  vocabulary: Vocabulary,
  names: ReadonlySet<string> = NO_NAMES,
): string | undefined => {
  const words = spokenKeys(tokens, vocabulary, names);
  const telling = words.filter((word) => !vocabulary.filler.has(word)).length;
  const found = [...saidAmong(words, vocabulary.urgent), ...joinedAmong(words, vocabulary.urgent)].filter(
    (phrase) => !phrase.alone || telling === phrase.words.length,
  );
  return found.toSorted((a, b) => a.order - b.order)[0]?.words.join(' ');
};

/** The phrases whose words follow one another, with little between them. */
const saidAmong = (words: readonly string[], { byRarest, heardAs }: UrgentPhrases): UrgentPhrase[] => {
  const places = new Map<string, number[]>();
  for (const [at, key] of words.entries()) {
    for (const heard of heardAs(key)) {
      const known = places.get(heard);
      if (known) known.push(at);
      else places.set(heard, [at]);
    }
  }
  const candidates = [...places.keys()].flatMap((heard) => byRarest.get(heard) ?? []);
  return candidates.filter((phrase) => isSaid(phrase.words, places));
};

const isSaid = (phrase: readonly string[], places: ReadonlyMap<string, readonly number[]>): boolean => {
  const [first = '', ...rest] = phrase;
  let ends = places.get(first) ?? [];
  for (const word of rest) {
    if (ends.length === 0) return false;
    ends = soonAfter(ends, places.get(word) ?? []);
  }
  return ends.length > 0;
};

/** The places that come soon after one of the others. Both are in order, so one walk along both is enough. */
const soonAfter = (others: readonly number[], places: readonly number[]): number[] => {
  let next = 0;
  return places.filter((place) => {
    while ((others[next] ?? place) < place - 1 - GAP_WORDS_MAX) next += 1;
    return (others[next] ?? place) < place;
  });
};

/** The phrases written as one word, or inside one. */
const joinedAmong = (words: readonly string[], { byJoined }: UrgentPhrases): UrgentPhrase[] => {
  const found: UrgentPhrase[] = [];
  for (const word of words) {
    for (let at = 0; at + JOINED_LETTERS_MIN <= word.length; at += 1) {
      const group = byJoined.get(word.slice(at, at + JOINED_LETTERS_MIN));
      if (group) found.push(...group.filter(({ joined }) => word.startsWith(joined ?? ' ', at)));
    }
  }
  return found;
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
