import { withinOneEdit } from './edit-distance.ts';
import type { Lexicons } from './lexicon.ts';
import type { RosterEntry } from './meaning.ts';
import { fold, soundOf } from './normalise.ts';
import { remembering } from './remember.ts';

/** A shorter written name is never repaired, and a shorter beginning of a name is no name. */
const REPAIR_LETTERS_MIN = 6;
const PREFIX_LETTERS_MIN = 4;
/** A longer word is no name: it is not compared with any. */
const NAME_LETTERS_MAX = 60;
/** Groups whose names stay ready to be searched, and words remembered for each. */
const ROSTERS_MAX = 64;
const MET_WORDS_MAX = 1_000;

/** How one written word meets one word of a name, the surest first. `near` is a repaired spelling or a beginning. */
export type Likeness = 'same' | 'sound' | 'nickname' | 'near';
export const LIKENESSES: readonly Likeness[] = ['same', 'sound', 'nickname', 'near'];

type NameWord = { readonly word: string; readonly sound: string; readonly called: ReadonlySet<string> };
/** A member's name. `order`: her place in the roster. */
export type Written = {
  readonly number: number;
  readonly order: number;
  readonly words: readonly NameWord[];
};
/** A word of a name that a written word meets: its place in the name, and the place of the likeness in `LIKENESSES`. */
type Meeting = { readonly at: number; readonly rank: number };
/** The members whose names a written word meets, in the roster's order, with the surest meeting first. */
export type Meetings = ReadonlyMap<Written, readonly Meeting[]>;

/** A roster made ready to be searched. */
export type Names = {
  readonly roster: readonly Written[];
  /** The members' numbers, by their digits. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The words of the names as they sound; without and with the small ones ("de la"). */
  readonly sounds: ReadonlySet<string>;
  readonly allSounds: ReadonlySet<string>;
  readonly meetings: (written: string) => Meetings;
} & NameTables;

type NameTables = {
  readonly honorifics: ReadonlySet<string>;
  readonly connectors: ReadonlySet<string>;
  readonly numbered: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
  readonly nicknames: ReadonlyMap<string, ReadonlySet<string>>;
};

type Prepared = { readonly tables: NameTables; readonly rosters: Map<string, Names> };

const prepared = new WeakMap<Lexicons, Prepared>();

/** The names of a roster, from memory when one like it was searched lately. */
export const namesOf = (roster: readonly RosterEntry[], lexicons: Lexicons): Names => {
  const known = prepared.get(lexicons) ?? { tables: tablesOf(lexicons), rosters: new Map<string, Names>() };
  prepared.set(lexicons, known);
  const { tables, rosters } = known;
  const key = keyOf(roster);
  const names = rosters.get(key) ?? compileNames(roster, tables);
  rosters.delete(key);
  rosters.set(key, names);
  const [oldest] = rosters.keys();
  if (rosters.size > ROSTERS_MAX && oldest !== undefined) rosters.delete(oldest);
  return names;
};

/** Two rosters with the same key are the same: the lengths say where each name ends, whatever is in it. */
const keyOf = (roster: readonly RosterEntry[]): string => {
  let key = '';
  for (const { number, name } of roster) key += `${number} ${name.length} ${name}`;
  return key;
};

const compileNames = (members: readonly RosterEntry[], tables: NameTables): Names => {
  const roster = members.map(({ number, name }, order) => ({
    number,
    order,
    words: splitName(name)
      .filter((word) => !tables.connectors.has(word))
      .map((word) => nameWord(word, tables)),
  }));
  const parts = members.flatMap(({ name }) => fold(name).split(/[^\p{L}]+/u));
  return {
    ...tables,
    roster,
    numbers: new Map(members.map(({ number }) => [String(number), number])),
    sounds: new Set(roster.flatMap(({ words }) => words.map(({ sound }) => sound))),
    allSounds: new Set(parts.map(soundOf)),
    meetings: meetingsAmong(roster, tables),
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

/** The words of a name, folded. */
export const splitName = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/['’]/gu, ''))
    .filter((word) => word !== '');

const nameWord = (word: string, { nicknames }: NameTables): NameWord => {
  const sound = soundOf(word);
  const called = nicknames.get(sound) ?? diminutiveOf(sound, nicknames);
  return { word, sound, called };
};

/** "Juanita" and "Carmelita" without a table: the name before "-ita", "-cita" or "-ito". */
const diminutiveOf = (sound: string, nicknames: NameTables['nicknames']): ReadonlySet<string> => {
  const stem = /^(\p{L}{2,}?)(?:s?it[ao])$/u.exec(sound)?.[1];
  if (stem === undefined) return new Set([sound]);
  const full = [stem, `${stem}a`, `${stem}o`, `${stem}e`];
  return new Set([sound, ...full, ...full.flatMap((name) => [...(nicknames.get(name) ?? [])])]);
};

const NO_MEETINGS: Meetings = new Map();

/** Finds every member a written word meets. A word that several names share is compared once. */
const meetingsAmong = (roster: readonly Written[], tables: NameTables): Names['meetings'] => {
  const shared = new Map<string, { name: NameWord; places: { entry: Written; at: number }[] }>();
  for (const entry of roster) {
    for (const [at, name] of entry.words.entries()) {
      const known = shared.get(name.word) ?? { name, places: [] };
      known.places.push({ entry, at });
      shared.set(name.word, known);
    }
  }
  const meetingsOf = remembering((written): Meetings => {
    const word = nameWord(written, tables);
    const found: ({ entry: Written } & Meeting)[] = [];
    for (const { name, places } of shared.values()) {
      const rank = written.length === 1 ? initialRank(written, name) : rankOf(word, name, tables);
      if (rank !== undefined) for (const place of places) found.push({ ...place, rank });
    }
    if (found.length === 0) return NO_MEETINGS;
    found.sort((a, b) => a.entry.order - b.entry.order || a.rank - b.rank || a.at - b.at);
    const meetings = new Map<Written, Meeting[]>();
    for (const { entry, at, rank } of found) {
      const met = meetings.get(entry);
      if (met) met.push({ at, rank });
      else meetings.set(entry, [{ at, rank }]);
    }
    return meetings;
  }, MET_WORDS_MAX);
  return (written) => (written.length > NAME_LETTERS_MAX ? NO_MEETINGS : meetingsOf(written));
};

const initialRank = (initial: string, name: NameWord): number | undefined =>
  name.word.startsWith(initial) ? 0 : undefined;

/** The place in `LIKENESSES` of how a written word meets a word of a name. */
const rankOf = (written: NameWord, name: NameWord, tables: NameTables): number | undefined => {
  const likeness = likenessOf(written, name, tables);
  return likeness && LIKENESSES.indexOf(likeness);
};

const likenessOf = (written: NameWord, name: NameWord, { given }: NameTables): Likeness | undefined => {
  if (written.word === name.word) return 'same';
  if (written.sound === name.sound) return 'sound';
  for (const called of written.called)
    if (called === name.sound || name.called.has(called)) return 'nickname';
  if (given.has(written.sound)) return undefined;
  if (written.word.length >= PREFIX_LETTERS_MIN && name.word.startsWith(written.word)) return 'near';
  return written.word.length >= REPAIR_LETTERS_MIN && withinOneEdit(written.word, name.word)
    ? 'near'
    : undefined;
};
