import type { Audience, Part } from '../../domain/broadcast/audience.ts';
import { type Item, type Named, type Place, readItems, type Told } from './audience-items.ts';
import { type AudienceWords, compilePhrases, type Places } from './audience-phrases.ts';

const TEXT_CHARS_MAX = 2_000;
/** Of each kind in one part, and of what is left out. */
const VALUES_MAX = 30;
const EXCEPT_MAX = 10;
/** How much of what was not understood is said back. */
const UNKNOWN_MAX = 5;
const UNKNOWN_CHARS_MAX = 60;

/** `unknown`: the pieces of her text that were not understood, at most five, in her own spelling; none in an empty text. */
export type AudienceReading =
  | { readonly ok: true; readonly audience: Audience }
  | { readonly ok: false; readonly unknown: readonly string[] };

/** Of a lexicon. */
type Words = {
  readonly audience: AudienceWords;
  readonly numbers: { readonly words: Readonly<Record<string, string>> };
};

/**
 * Whom a message is for: "líderes y tesoreras de Juchitán con préstamo", "todas menos las líderes y Las Jacarandas".
 * Names may lack accents, an article or one letter, or be said in part; one that could be two places is not understood.
 *
 * What is tied by "y" or a comma must be of one kind ("Juchitán, Tehuantepec"), or narrow down what was said ("que
 * deben y sin escribir 30 días"): "Juchitán y Las Jacarandas" could mean both of them or what they share, and is
 * refused. After "menos" each is left out by itself. Texts over 2,000 characters are refused.
 */
export const readAudience = (text: string, places: Places, { audience, numbers }: Words): AudienceReading => {
  if (text.length > TEXT_CHARS_MAX) return notUnderstood(text, [{ start: 0, end: text.length }]);
  const ear = { phrases: compilePhrases(places, audience), words: audience, numbers: numbers.words };
  const items = readItems(text, ear, UNKNOWN_MAX);
  const read = together(items);
  if (read.unknown.length > 0) return notUnderstood(text, read.unknown);
  const [main = NOBODY_NAMED, ...except] = read.drafts.map(({ part }) => part);
  const leftOut = [...read.not, ...except];
  const isNamed = items.length > 0;
  const isBounded = [main, ...leftOut].every(isSmall) && leftOut.length <= EXCEPT_MAX;
  if (!isNamed || !isBounded) return notUnderstood(text, [{ start: 0, end: text.length }]);
  return { ok: true, audience: leftOut.length > 0 ? { ...main, except: leftOut } : main };
};

const NOBODY_NAMED: Part = {};

const isSmall = (part: Part): boolean =>
  Object.values(part).every((value) => !Array.isArray(value) || value.length <= VALUES_MAX);

const notUnderstood = (text: string, at: readonly Place[]): AudienceReading => ({
  ok: false,
  unknown: at
    .slice(0, UNKNOWN_MAX)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((piece) => piece !== '')
    .map((piece) => (piece.length > UNKNOWN_CHARS_MAX ? `${piece.slice(0, UNKNOWN_CHARS_MAX)}…` : piece)),
});

/** A part as far as it was said, with its kinds in their order. */
type Draft = { part: Part; readonly kinds: (keyof Part)[]; last: Place };

/** `drafts`: the first is whom it is for, each other one is left out; `not`: left out by "sin préstamo". */
type Read = { readonly drafts: Draft[]; readonly not: Part[]; readonly unknown: Place[] };

const draftAt = ({ start, end }: Place): Draft => ({ part: {}, kinds: [], last: { start, end } });

const together = (items: readonly Item[]): Read => {
  const read: Read = { drafts: [draftAt({ start: 0, end: 0 })], not: [], unknown: [] };
  let except: Place | undefined;
  let fresh = false;
  for (const item of items) {
    if (item.type === 'unknown') {
      read.unknown.push(item);
      fresh = false;
    } else if (item.type === 'except') {
      if (fresh) read.unknown.push(item);
      except = item;
      fresh = true;
    } else {
      const isUnderstood = except ? leaveOut(read, item, fresh) : narrow(read, item);
      // What was tied wrongly is said back with what it was tied to.
      const tiedTo = item.join === 'none' ? item : (read.drafts.at(-1)?.last ?? item);
      if (!isUnderstood)
        read.unknown.push({ start: tiedTo.end > 0 ? tiedTo.start : item.start, end: item.end });
      fresh = false;
    }
  }
  if (fresh && except) read.unknown.push(except);
  return read;
};

/** Before "menos": what is said holds besides what was said before. */
const narrow = ({ drafts: [draft], not }: Read, item: Told): boolean => {
  if (!draft) return false;
  const isTied = item.join !== 'none' && draft.last.end > 0;
  if (item.join === 'nor') return false;
  if (item.type === 'everyone') {
    draft.last = item;
    return !isTied;
  }
  if (!(isTied ? isListed(draft, item) : isOpen(draft, item))) return false;
  if (item.type === 'not') {
    not.push(item.part);
    draft.kinds.push(item.kind);
    draft.last = item;
    return true;
  }
  return add(draft, item);
};

/** What says more of the same women, and names nobody by itself. */
const CONDITIONS: ReadonlySet<string> = new Set(['loan', 'late', 'unseenDays', 'languages']);

/** Tied by "y", "o" or a comma: the same kind again, or one more condition ("que deben y no escriben …"). */
const isListed = ({ kinds }: Draft, item: Named): boolean => {
  const last = kinds.at(-1) ?? '';
  if (last === item.kind) return item.type === 'named' && VALUED.has(item.kind);
  if (item.join !== 'and' || item.article || !CONDITIONS.has(item.kind)) return false;
  return !kinds.includes(item.kind) && (item.words > 1 || CONDITIONS.has(last));
};

const VALUED: ReadonlySet<string> = new Set(['groups', 'municipalities', 'roles', 'languages', 'tracks']);

/** Said next to each other: a kind is not taken up again once another one came between, or both would cross. */
const isOpen = ({ kinds }: Draft, { kind, type }: Named): boolean =>
  !kinds.includes(kind) || (kinds.at(-1) === kind && type === 'named' && VALUED.has(kind));

/** After "menos": each is left out by itself, unless it continues the last ("las líderes de Juchitán y Tehuantepec"). */
const leaveOut = ({ drafts }: Read, item: Told, fresh: boolean): boolean => {
  const draft = drafts.at(-1);
  if (item.type === 'not') return false;
  const isTied = item.join !== 'none';
  if (item.type === 'everyone') return !fresh && !isTied;
  if (!draft || fresh || (isTied && !continues(draft, item))) {
    // "Las líderes con préstamo y atrasadas": of the same women, or all who are late? Nobody can tell.
    if (draft && !fresh && isUnclear(draft, item)) return false;
    const next = draftAt(item);
    drafts.push(next);
    return add(next, item);
  }
  return isOpen(draft, item) && add(draft, item);
};

const continues = ({ kinds }: Draft, { article, kind }: Named): boolean =>
  kinds.length > 1 && !article && kinds.at(-1) === kind && VALUED.has(kind);

const isUnclear = ({ kinds }: Draft, { article, kind }: Named): boolean =>
  kinds.length > 1 && !article && CONDITIONS.has(kind) && CONDITIONS.has(kinds.at(-1) ?? '');

const add = (draft: Draft, { kind, part, start, end, join }: Named): boolean => {
  // "Las socias líderes" are leaders.
  const isOffice = join === 'none' && draft.part.roles?.join() === 'member' && kind === 'roles';
  draft.part = isOffice ? { ...draft.part, ...part } : merged(draft.part, part);
  if (draft.kinds.at(-1) !== kind) draft.kinds.push(kind);
  draft.last = { start, end };
  return true;
};

/** Of a list, what either names; of anything else, what was said last. */
const merged = (one: Part, other: Part): Part => ({
  ...one,
  ...other,
  ...(one.groups && other.groups && { groups: either(one.groups, other.groups) }),
  ...(one.municipalities &&
    other.municipalities && { municipalities: either(one.municipalities, other.municipalities) }),
  ...(one.roles && other.roles && { roles: either(one.roles, other.roles) }),
  ...(one.languages && other.languages && { languages: either(one.languages, other.languages) }),
  ...(one.tracks && other.tracks && { tracks: either(one.tracks, other.tracks) }),
});

const either = <One>(some: readonly One[], more: readonly One[]): One[] => [...new Set([...some, ...more])];
