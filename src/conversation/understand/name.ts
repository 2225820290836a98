import { TEXT_CHARS_MAX } from '../message.ts';
import type { Lexicons } from './lexicon.ts';
import type { RosterEntry } from './meaning.ts';
import {
  LIKENESSES,
  type Likeness,
  type Meetings,
  type Names,
  namesOf,
  splitName,
  type Written,
} from './roster.ts';
import { tokenize } from './token.ts';

/** More words than this are no name. */
const NAME_WORDS_MAX = 6;

export type NameReading =
  | { readonly type: 'member'; readonly number: number }
  | { readonly type: 'ambiguous'; readonly candidates: readonly number[] }
  | { readonly type: 'unknown' };

/**
 * The member a name stands for: by nickname, diminutive, initial, first name and surname, or her number in the list.
 * Several members fit: ambiguous, with their numbers. A misspelling of one letter counts only for words of six letters
 * and more, when one member fits, nobody fits better, and it is not another name.
 */
export const resolveName = (
  text: string,
  roster: readonly RosterEntry[],
  lexicons: Lexicons,
): NameReading => {
  const names = namesOf(roster, lexicons);
  const tokens = tokenize(text.slice(0, TEXT_CHARS_MAX));
  const number = tokens.filter((token) => token.type === 'number');
  if (number.length > 0) return byNumber(splitName(text.slice(0, TEXT_CHARS_MAX)), names);
  if (tokens.some((token) => token.type === 'odd')) return { type: 'unknown' };
  return readName(
    tokens.filter((token) => token.type === 'word').map((token) => token.word),
    names,
  );
};

const byNumber = (words: readonly string[], names: Names): NameReading => {
  const [digits, ...more] = words.filter((word) => !names.numbered.has(word) && !names.honorifics.has(word));
  const number = names.numbers.get(digits ?? '');
  return number === undefined || more.length > 0 ? { type: 'unknown' } : { type: 'member', number };
};

/** The least sure likeness that still counts. */
export type NameOptions = { readonly until: Likeness };

/** The member that folded words stand for. */
export const readName = (
  written: readonly string[],
  names: Names,
  options: NameOptions = { until: 'near' },
): NameReading => {
  const bare = written.filter((word) => !names.honorifics.has(word) && !names.connectors.has(word));
  const words = bare.length > 0 ? bare : written;
  if (words.length === 0 || words.length > NAME_WORDS_MAX) return { type: 'unknown' };
  const meetings = words.map(names.meetings);
  const entries = entriesMet(meetings);
  const [whole, ...others] = entries.filter((entry) => isWhole(words, entry));
  if (whole && others.length === 0) return { type: 'member', number: whole.number };
  if (entries.length === 0 || words.every((word) => word.length === 1)) return { type: 'unknown' };
  const longestFirst = meetings
    .map((met, at) => ({ met, letters: words[at]?.length ?? 0 }))
    .toSorted((a, b) => b.letters - a.letters);
  const until = LIKENESSES.indexOf(options.until);
  const atBest = entries.map((entry) => bestRank(meetings, entry));
  for (let rank = Math.min(...atBest); rank <= until; rank += 1) {
    const reading = readingOf(
      entries.filter((entry, n) => (atBest[n] ?? 0) <= rank && meets(longestFirst, entry, rank)),
      LIKENESSES[rank] === 'near',
    );
    if (reading) return reading;
  }
  return { type: 'unknown' };
};

/** The members whose names every one of the written words meets. */
const entriesMet = (meetings: readonly Meetings[]): Written[] => {
  const [first] = meetings;
  if (!first || meetings.some(({ size }) => size === 0)) return [];
  return [...first.keys()].filter(
    (entry) => entry.words.length >= meetings.length && meetings.every((met) => met.has(entry)),
  );
};

/** No rank surer than this can do for all the words: a look that saves most of the others. */
const bestRank = (meetings: readonly Meetings[], entry: Written): number =>
  Math.max(...meetings.map((met) => met.get(entry)?.[0]?.rank ?? LIKENESSES.length));

const readingOf = (candidates: readonly Written[], near: boolean): NameReading | undefined => {
  const [only, ...others] = candidates;
  if (!only) return undefined;
  if (others.length === 0) return { type: 'member', number: only.number };
  if (near) return undefined;
  return { type: 'ambiguous', candidates: candidates.map(({ number }) => number) };
};

const isWhole = (words: readonly string[], entry: Written): boolean =>
  words.length === entry.words.length && words.every((word, at) => word === entry.words[at]?.word);

/** True when every written word meets another word of the name. Long words choose first: they say more. */
const meets = (words: readonly { readonly met: Meetings }[], entry: Written, rank: number): boolean => {
  const taken = new Set<number>();
  for (const { met } of words) {
    const free = met.get(entry)?.find((meeting) => meeting.rank <= rank && !taken.has(meeting.at));
    if (!free) return false;
    taken.add(free.at);
  }
  return true;
};
