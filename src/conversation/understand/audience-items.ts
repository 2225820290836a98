import type { Part } from '../../domain/broadcast/audience.ts';
import { type Match, partOfName, phraseFrom } from './audience-match.ts';
import type { AudienceWords, Phrases } from './audience-phrases.ts';
import { type HeardWord, heardWords } from './heard-word.ts';
import { longestAt } from './longest-at.ts';

const DAYS_MAX = 365;
const DAYS_PER_WEEK = 7;
/** What people mean by "un mes" of silence. */
const DAYS_PER_MONTH = 30;

export type Place = { readonly start: number; readonly end: number };

/** One thing that was said. */
export type Item = (Place & { readonly type: 'except' }) | (Place & { readonly type: 'unknown' }) | Told;
export type Told = Named | (Place & Tie & { readonly type: 'everyone' });
export type Named = Place &
  Tie & { readonly type: 'named' | 'not'; readonly kind: keyof Part; readonly part: Part };

/**
 * How it is tied to what was said before. `article`: it is of its own ("y las de …"); `words`: how many words it has.
 */
type Tie = { readonly join: Join; readonly article: boolean; readonly words: number };
type Join = 'none' | 'and' | 'or' | 'nor';

/** `numbers`: number words to their value in digits. */
export type Ear = {
  readonly phrases: Phrases;
  readonly words: AudienceWords;
  readonly numbers: Readonly<Record<string, string>>;
};

type Heard = Ear & { readonly heard: readonly HeardWord[] };
type Reading = { readonly items: Item[]; join: Join; article: boolean; joinedAt: number };

/** What a text says, from left to right; after `unknownMax` pieces that say nothing to us the rest is not looked at. */
export const readItems = (text: string, ear: Ear, unknownMax: number): Item[] => {
  const heard: Heard = { ...ear, heard: heardWords(text) };
  const reading: Reading = { items: [], join: 'none', article: false, joinedAt: -1 };
  let at = 0;
  while (at < heard.heard.length) {
    if (reading.items.filter(({ type }) => type === 'unknown').length > unknownMax) return reading.items;
    if (heard.heard[at]?.before === 'list' && reading.join === 'none') reading.join = 'and';
    at += take(heard, reading, at);
  }
  if (reading.joinedAt >= 0) push(heard, reading, { at: reading.joinedAt, length: 1 });
  return reading.items;
};

/** Reads what begins here; gives back how many words it took. */
const take = (heard: Heard, reading: Reading, at: number): number => {
  // "Todas - las líderes": a dash may mean "without".
  const isOdd = heard.heard[at]?.before === 'odd';
  const silence = isOdd ? undefined : silenceAt(heard, at);
  if (silence) {
    push(heard, reading, { at, ...silence });
    return silence.length;
  }
  const match = matchAt(heard, at);
  const said = isOdd ? undefined : match.said;
  if (!said) push(heard, reading, { at, length: match.length });
  else if (said.type === 'named' || said.type === 'not' || said.type === 'everyone' || said.type === 'except')
    push(heard, reading, { at, length: match.length, said });
  else if (said.type === 'unseen') push(heard, reading, { at, length: match.length });
  else small(reading, said.type, at);
  return match.length;
};

/** Small words: they tie things together, or say nothing. */
const small = (
  reading: Reading,
  type: 'and' | 'or' | 'nor' | 'article' | 'filler' | 'hint',
  at: number,
): void => {
  if (type === 'article') reading.article = true;
  if (type !== 'and' && type !== 'or' && type !== 'nor') return;
  reading.join = type;
  reading.article = false;
  reading.joinedAt = at;
};

/** A phrase or name; after "grupo" or "municipio" a name of that kind, and no other. */
const matchAt = ({ phrases, heard }: Heard, at: number): Match => {
  const match = phraseFrom(phrases, heard, { at }) ?? partOfName(phrases, heard, { at });
  if (match?.said?.type !== 'hint') return match ?? UNKNOWN;
  const { length } = match;
  const next = { at: at + length };
  const other = phraseFrom(phrases, heard, next) ?? partOfName(phrases, heard, next);
  const only = { ...next, only: match.said.kind };
  const name = phraseFrom(phrases, heard, only) ?? partOfName(phrases, heard, only);
  if (name && name.length >= (other?.length ?? 0)) return { length: length + name.length, said: name.said };
  const isOther = other && (other.said === undefined || other.said.type === 'named');
  const isPlace = isOther && (other.said?.type !== 'named' || PLACES.has(other.said.kind));
  return isPlace ? { length: length + other.length, said: undefined } : match;
};

const UNKNOWN: Match = { length: 1, said: undefined };
const PLACES: ReadonlySet<string> = new Set(['groups', 'municipalities']);

type Found = { readonly at: number; readonly length: number; readonly said?: Match['said'] };

const push = ({ heard }: Heard, reading: Reading, { at, length, said }: Found): void => {
  const first = heard[at];
  const place = { start: first?.start ?? 0, end: heard[at + length - 1]?.end ?? 0 };
  const { join, article } = reading;
  if (!said) pushUnknown(reading.items, place);
  else if (said.type === 'except') reading.items.push({ type: 'except', ...place });
  else if (said.type === 'named' || said.type === 'not' || said.type === 'everyone')
    reading.items.push({ ...said, ...place, join, article, words: length });
  reading.join = 'none';
  reading.article = false;
  reading.joinedAt = -1;
};

/** Words in a row that say nothing to us are one piece. */
const pushUnknown = (items: Item[], place: Place): void => {
  const last = items.at(-1);
  if (last?.type !== 'unknown') items.push({ type: 'unknown', ...place });
  else items[items.length - 1] = { type: 'unknown', start: last.start, end: place.end };
};

/** "Sin escribir desde hace 30 días", "hace 2 semanas que no escriben". */
const silenceAt = (heard: Heard, at: number): Omit<Found, 'at'> | undefined => {
  const unseen = unseenAt(heard, at);
  const span = spanAt(heard, at + unseen);
  if (!span) return undefined;
  const after = unseen > 0 ? 0 : unseenAt(heard, at + span.length);
  if (unseen + after === 0) return undefined;
  const length = unseen + span.length + after;
  if (span.days < 1 || span.days > DAYS_MAX) return { length };
  return { length, said: { type: 'named', kind: 'unseenDays', part: { unseenDays: span.days } } };
};

const unseenAt = ({ phrases, heard }: Heard, at: number): number => {
  const match = phraseFrom(phrases, heard, { at });
  return match?.said?.type === 'unseen' ? match.length : 0;
};

/** "(desde hace) 30 días", "un mes". */
const spanAt = (
  { words, numbers, heard }: Heard,
  at: number,
): { readonly days: number; readonly length: number } | undefined => {
  const since = longestOf(words.since, heard, at);
  const count = countOf(heard[at + since], words, numbers);
  const unit = heard[at + since + 1];
  const days = unit && unitDays(unit, words);
  if (count === undefined || days === undefined) return undefined;
  const more = longestOf(words.orMore, heard, at + since + 2);
  return { days: count * days, length: since + 2 + more };
};

const countOf = (
  said: HeardWord | undefined,
  { one }: AudienceWords,
  numbers: Ear['numbers'],
): number | undefined => {
  if (!said) return undefined;
  if (/^\d{1,4}$/.test(said.word)) return Number(said.word);
  if (one.includes(said.word)) return 1;
  const digits = Object.hasOwn(numbers, said.word) ? numbers[said.word] : undefined;
  return digits === undefined ? undefined : Number(digits);
};

const unitDays = ({ word }: HeardWord, { days, weeks, months }: AudienceWords): number | undefined => {
  if (days.includes(word)) return 1;
  if (weeks.includes(word)) return DAYS_PER_WEEK;
  return months.includes(word) ? DAYS_PER_MONTH : undefined;
};

const longestOf = (phrases: readonly string[], heard: readonly HeardWord[], at: number): number =>
  longestAt(phrases, at, (place) => heard[place]?.word);
