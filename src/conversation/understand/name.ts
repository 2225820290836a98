import { TEXT_CHARS_MAX } from '../message.ts';
import { withinOneEdit } from './edit-distance.ts';
import type { Lexicons } from './lexicon.ts';
import type { RosterEntry } from './meaning.ts';
import { fold, soundOf } from './normalise.ts';
import { tokenize } from './token.ts';

/** A shorter written name is never repaired, and a shorter beginning of a name is no name. */
const REPAIR_LETTERS_MIN = 6;
const PREFIX_LETTERS_MIN = 4;
/** More words than this are no name. */
const NAME_WORDS_MAX = 6;

export type NameReading =
  | { readonly type: 'member'; readonly number: number }
  | { readonly type: 'ambiguous'; readonly candidates: number[] }
  | { readonly type: 'unknown' };

/** How one written word meets one word of a name, the surest first. `near` is a repaired spelling or a beginning. */
export type Likeness = 'same' | 'sound' | 'nickname' | 'near';
const LIKENESSES: readonly Likeness[] = ['same', 'sound', 'nickname', 'near'];

type NameWord = { readonly word: string; readonly sound: string; readonly called: ReadonlySet<string> };
type Written = { readonly number: number; readonly words: readonly NameWord[] };
/** A word of a name that a written word meets: its place in the name, and the place of the likeness in the list above. */
type Meeting = { readonly at: number; readonly rank: number };
type Meetings = ReadonlyMap<Written, readonly Meeting[]>;

/** A roster made ready to be searched. Build it once for each message. */
export type Names = {
  readonly roster: readonly Written[];
  readonly numbers: ReadonlySet<number>;
  /** What each written word met so far. */
  readonly met: Map<string, Meetings>;
  readonly honorifics: ReadonlySet<string>;
  readonly connectors: ReadonlySet<string>;
  readonly numbered: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
  readonly nicknames: ReadonlyMap<string, ReadonlySet<string>>;
};

type NameTables = Omit<Names, 'roster' | 'numbers' | 'met'>;

const tables = new WeakMap<Lexicons, NameTables>();

export const namesOf = (roster: readonly RosterEntry[], lexicons: Lexicons): Names => {
  const known = tables.get(lexicons) ?? tablesOf(lexicons);
  tables.set(lexicons, known);
  return {
    ...known,
    numbers: new Set(roster.map(({ number }) => number)),
    met: new Map(),
    roster: roster.map(({ number, name }) => ({
      number,
      words: splitName(name)
        .filter((word) => !known.connectors.has(word))
        .map((word) => nameWord(word, known)),
    })),
  };
};

const tablesOf = (lexicons: Lexicons): NameTables => {
  const both = [lexicons.es.nicknames, lexicons.en.nicknames];
  const nicknames = new Map<string, ReadonlySet<string>>();
  for (const [name, others] of both.flatMap((file) => Object.entries(file.nicknames))) {
    for (const called of [name, ...others]) {
      const sound = soundOf(fold(called));
      nicknames.set(sound, new Set([...(nicknames.get(sound) ?? []), soundOf(fold(name))]));
    }
  }
  const folded = (lists: readonly (readonly string[])[]) => new Set(lists.flat().map(fold));
  const given = folded(both.map((file) => file.names));
  return {
    nicknames,
    honorifics: folded(both.map((file) => file.honorifics)),
    connectors: folded(both.map((file) => file.connectors)),
    numbered: folded(both.map((file) => file.numbered)),
    given: new Set([...[...given].map(soundOf), ...nicknames.keys()]),
  };
};

const splitName = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/['’]/gu, ''))
    .filter((word) => word !== '');

const nameWord = (word: string, { nicknames }: Pick<Names, 'nicknames'>): NameWord => {
  const sound = soundOf(word);
  const called = nicknames.get(sound) ?? diminutiveOf(sound, nicknames);
  return { word, sound, called };
};

/** "Juanita" and "Carmelita" without a table: the name before "-ita", "-cita" or "-ito". */
const diminutiveOf = (sound: string, nicknames: Names['nicknames']): ReadonlySet<string> => {
  const stem = /^(\p{L}{2,}?)(?:s?it[ao])$/u.exec(sound)?.[1];
  if (stem === undefined) return new Set([sound]);
  const full = [stem, `${stem}a`, `${stem}o`, `${stem}e`];
  return new Set([sound, ...full, ...full.flatMap((name) => [...(nicknames.get(name) ?? [])])]);
};

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
  const number = [...names.numbers].find((known) => String(known) === digits);
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
  const meetings = words.map((word) => meetingsOf(word, names));
  const entries = [...(meetings[0]?.keys() ?? [])].filter((entry) => meetings.every((met) => met.has(entry)));
  const [whole, ...others] = entries.filter((entry) => isWhole(words, entry));
  if (whole && others.length === 0) return { type: 'member', number: whole.number };
  const until = LIKENESSES.indexOf(options.until);
  for (let rank = 0; rank <= until; rank += 1) {
    const reading = readingOf(
      entries.filter((entry) => meets(words, entry, { meetings, rank })),
      LIKENESSES[rank] === 'near',
    );
    if (reading) return reading;
  }
  return { type: 'unknown' };
};

const readingOf = (candidates: readonly Written[], near: boolean): NameReading | undefined => {
  const [only, ...others] = candidates;
  if (!only) return undefined;
  if (others.length === 0) return { type: 'member', number: only.number };
  if (near) return undefined;
  return { type: 'ambiguous', candidates: candidates.map(({ number }) => number) };
};

const isWhole = (words: readonly string[], entry: Written): boolean =>
  words.length === entry.words.length && words.every((word, at) => word === entry.words[at]?.word);

/** True when every written word meets another word of the name, at least one of them by more than its initial. */
const meets = (
  words: readonly string[],
  entry: Written,
  { meetings, rank }: { readonly meetings: readonly Meetings[]; readonly rank: number },
): boolean => {
  const taken = new Set<number>();
  const longestFirst = words
    .map((word, at) => ({ word, at }))
    .toSorted((a, b) => b.word.length - a.word.length);
  for (const { at } of longestFirst) {
    const free = meetings[at]?.get(entry)?.find((met) => met.rank <= rank && !taken.has(met.at));
    if (!free) return false;
    taken.add(free.at);
  }
  return words.some((word) => word.length > 1);
};

/** Every member a written word meets, with the place in her name and how surely. Remembered for the message. */
const meetingsOf = (written: string, names: Names): Meetings => {
  const known = names.met.get(written);
  if (known) return known;
  const word = nameWord(written, names);
  const meetings = new Map<Written, Meeting[]>();
  for (const entry of names.roster) {
    const found = entry.words.flatMap((name, at) => {
      const rank = written.length === 1 ? initialRank(written, name) : rankOf(word, name, names);
      return rank === undefined ? [] : [{ at, rank }];
    });
    if (found.length > 0)
      meetings.set(
        entry,
        found.toSorted((a, b) => a.rank - b.rank),
      );
  }
  names.met.set(written, meetings);
  return meetings;
};

const initialRank = (initial: string, name: NameWord): number | undefined =>
  name.word.startsWith(initial) ? 0 : undefined;

/** The place in `LIKENESSES` of how a written word meets a word of a name. */
const rankOf = (written: NameWord, name: NameWord, names: Names): number | undefined => {
  const likeness = likenessOf(written, name, names);
  return likeness && LIKENESSES.indexOf(likeness);
};

const likenessOf = (written: NameWord, name: NameWord, names: Names): Likeness | undefined => {
  if (written.word === name.word) return 'same';
  if (written.sound === name.sound) return 'sound';
  for (const called of written.called)
    if (called === name.sound || name.called.has(called)) return 'nickname';
  if (names.given.has(written.sound)) return undefined;
  if (written.word.length >= PREFIX_LETTERS_MIN && name.word.startsWith(written.word)) return 'near';
  return written.word.length >= REPAIR_LETTERS_MIN && withinOneEdit(written.word, name.word)
    ? 'near'
    : undefined;
};
