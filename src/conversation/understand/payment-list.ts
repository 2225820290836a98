import { type Element, listElements, type Sign } from './list-element.ts';
import { listEntries } from './list-entry.ts';
import { type Part, type Predicate, readPredicate } from './list-predicate.ts';
import type { Entries, Entry, Named } from './list-state.ts';
import type { AmbiguousName, ListItem } from './meaning.ts';
import type { Spelled } from './phrase.ts';
import type { Names } from './roster.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A leader's message about what members gave. */
export type PaymentList = {
  readonly intent: 'payments.record' | 'attendance' | 'fine' | 'loan.disburse';
  readonly items: ListItem[];
  readonly ambiguous: AmbiguousName[];
  readonly unknown: string[];
  readonly clarify: boolean;
  readonly why: string[];
};

/** `all`: said of everybody; `except`: she was left out of that; anything else was said of her herself. */
type Said = 'all' | 'except' | 'herself';

type Draft = {
  items: (ListItem & { readonly text: string; readonly said: Said })[];
  ambiguous: AmbiguousName[];
  unknown: string[];
  fragments: string[];
  absences: number;
  flags: Set<Sign>;
  /** Something else than fines given to members was said. */
  unfined: boolean;
  last: readonly Part[];
  /** Members of whom something was said that is not certain: what is said of all is not said of them. */
  unsure: Set<number>;
};

/** `alone`: the message speaks of one entry only. `known`: it says something certain of some member. */
type Source = {
  readonly text: string;
  readonly names: Names;
  readonly alone: boolean;
  readonly known: boolean;
  readonly allSaid: boolean;
  /** Of all it was said that they gave nothing or were not there. */
  readonly allDenied: boolean;
};
type Parts = Extract<Predicate, { type: 'parts' }>;

/**
 * Reads a leader's list. Undefined when the message is no list: it records nothing of a sentence that only mentions a
 * member and a number. What cannot be read for certain is left out of the items and kept as written in `unknown`.
 */
export const readPaymentList = (
  spelled: { readonly text: string; readonly tokens: readonly Spelled[] },
  vocabulary: Vocabulary,
  names: Names,
): PaymentList | undefined => {
  const elements = listElements(spelled.tokens, vocabulary, names);
  const read = listEntries(elements);
  const source = sourceOf(read, { text: spelled.text, names });
  const draft = draftOf(read, source);
  if (isBareFine(elements, read))
    return { ...NOTHING_SAID, intent: 'fine', why: ['list: a fine, no amount'] };
  if (!isList(draft, read, source)) return undefined;
  for (const element of read.loose) draft.fragments.push(fragment(element, source));
  const items = withoutContradictions(draft, source);
  const total = totalFits(read.total, items) ? [] : [`total ${read.total}`];
  const clarify = draft.fragments.length > 0 || total.length > 0;
  return {
    intent: intentOf(draft, items),
    items,
    ambiguous: draft.ambiguous,
    unknown: [...draft.unknown, ...draft.fragments],
    clarify,
    why: [`list: ${items.length} items from ${read.entries.length} entries`, ...total],
  };
};

const NOTHING_SAID = { items: [], ambiguous: [], unknown: [], clarify: false };

/** "fine Ana", "charge Rosa a fine": whom it is for is known, how much is not. */
const isBareFine = ([first]: readonly Element[], { entries, loose }: Entries): boolean => {
  const [only, ...more] = entries;
  if (!only || more.length > 0 || loose.length > 0 || only.tainted) return false;
  if (first?.type !== 'fined' && first?.type !== 'given') return false;
  const said = [...only.lead, ...only.body].filter(({ type }) => type !== 'and' && type !== 'comma');
  const fines = said.flatMap((element) => (element.type === 'purpose' ? [element.purpose] : []));
  if (fines.length < said.length || (fines.length === 0 && only.purpose !== 'fine')) return false;
  const known = only.names.length > 0 && only.names.every(({ reading }) => reading.type === 'member');
  return known && fines.every((purpose) => purpose === 'fine');
};

const sourceOf = ({ entries }: Entries, base: { text: string; names: Names }): Source => {
  const said = entries.map((entry) => {
    const predicate = readPredicate(entry);
    const says = predicate.type === 'parts';
    return { entry, says, denies: says && predicate.parts.every(({ purpose }) => purpose === 'unpaid') };
  });
  return {
    ...base,
    alone: entries.filter(({ kind, names }) => kind !== 'names' || names.length > 0).length === 1,
    known: said.some(
      ({ entry, says }) =>
        says && (entry.kind !== 'names' || entry.names.some(({ reading }) => reading.type !== 'unknown')),
    ),
    allSaid: said.some(({ entry, says }) => says && entry.kind === 'all'),
    allDenied: said.some(({ entry, denies }) => denies && entry.kind === 'all'),
  };
};

const fragment = ({ start, end }: { start: number; end: number }, { text }: Pick<Source, 'text'>): string =>
  text.slice(start, end).trim();

const draftOf = ({ entries }: Entries, source: Source): Draft => {
  const draft: Draft = {
    items: [],
    ambiguous: [],
    unknown: [],
    fragments: [],
    absences: 0,
    flags: new Set(),
    unfined: false,
    last: [],
    unsure: new Set(),
  };
  const everybody = entries.filter(({ kind }) => kind !== 'names');
  for (const entry of entries.filter(({ kind }) => kind === 'names')) addNames(draft, entry, source);
  const own = byMember(draft.items);
  const said = everybody.map((entry) => addEverybody(draft, entry, { source, own }));
  if (said.includes(true)) draft.items.sort((a, b) => a.member - b.member);
  return draft;
};

const addNames = (draft: Draft, entry: Entry, source: Source): void => {
  const predicate = exceptOr(readPredicate(entry), entry, source);
  if (predicate.type === 'nothing')
    return entry.tainted ? undefined : leaveSilent(draft, entry.names, source);
  const { owners, silent } = ownersOf(entry, predicate);
  leaveSilent(draft, silent, source);
  if (isSmallTalk(entry, predicate, source)) return undefined;
  const said = directed(predicate.type === 'same' ? sameAs(draft.last) : predicate, entry, source);
  if (said.type !== 'parts') {
    draft.fragments.push(fragment(entry, source));
    for (const name of owners) doubt(draft, name);
    return undefined;
  }
  draft.last = said.parts;
  for (const flag of said.flags) draft.flags.add(flag);
  if (!said.flags.includes('fined')) draft.unfined = true;
  const by =
    entry.except && entry.body.every(({ type }) => type === 'and' || type === 'comma') ? 'except' : 'herself';
  for (const name of owners) addName(draft, name, { said, source, by });
  return undefined;
};

type Directed = (Parts & { readonly flags: readonly Sign[] }) | { readonly type: 'unclear' };

/**
 * Money that goes to a member is a loan the group gives her, or a fine she gets: it is no payment of hers. A fine of
 * several members is one for each, as an amount behind "Ana y Petra" is what each gave.
 */
const directed = (said: Predicate, entry: Entry, { alone }: Source): Directed => {
  if (said.type !== 'parts') return { type: 'unclear' };
  const { flags } = entry;
  const money = said.parts.some(({ amountMinor }) => amountMinor !== undefined);
  const fines = said.parts.every(({ purpose }) => purpose === 'fine');
  const loans = said.parts.every(({ purpose }) => purpose === 'loan');
  const noted = entry.names.some((name) => name.noted);
  const to = entry.names.some((name) => name.to) && !flags.has('received');
  const fined = to || noted || flags.has('fined') || flags.has('given');
  if (fines) return { ...said, flags: fined ? ['fined'] : [] };
  // "anótale 500 de préstamo a Ana": a loan she got, or what she gave back? Nobody can tell.
  const loose = loans && noted && !flags.has('lent');
  if (flags.has('fined') || (flags.has('given') && !loans && !flags.has('lent')) || loose)
    return { type: 'unclear' };
  if (!money || !((to && !noted) || flags.has('lent') || flags.has('given'))) return { ...said, flags: [] };
  const lent = flags.has('lent') || loans;
  const [part, ...more] = said.parts;
  if (!lent || !alone || !part || more.length > 0 || entry.names.length > 1) return { type: 'unclear' };
  return { ...said, parts: [{ ...part, purpose: 'loan' }], flags: ['lent'] };
};

type Naming = { readonly said: Parts; readonly source: Source; readonly by: Said };

const addName = (draft: Draft, name: Named, { said, source, by }: Naming): void => {
  const { reading } = name;
  switch (reading.type) {
    case 'member':
      if (said.absent) draft.absences += 1;
      for (const part of said.parts)
        draft.items.push({ member: reading.number, ...part, text: fragment(name, source), said: by });
      return undefined;
    case 'ambiguous':
      draft.ambiguous.push({ text: fragment(name, source), candidates: reading.candidates });
      doubt(draft, name);
      return undefined;
    case 'unknown':
      draft.unknown.push(fragment(name, source));
      return undefined;
  }
};

/** "menos Petra": nothing more is said of her, and of all the others something is. "nadie pagó menos Petra": she did. */
const exceptOr = (predicate: Predicate, entry: Entry, { allSaid, allDenied }: Source): Predicate => {
  if (!entry.except || !allSaid || predicate.type !== 'nothing' || entry.tainted) return predicate;
  return allDenied ? { type: 'unclear' } : { type: 'parts', parts: [{ purpose: 'unpaid' }], absent: false };
};

const sameAs = (last: readonly Part[]): Predicate =>
  last.length > 0 ? { type: 'parts', parts: last, absent: false } : { type: 'unclear' };

/** "Ana, Petra 100": the amount is Petra's. "Ana y Petra 100": it is what each gave. */
const ownersOf = (entry: Entry, predicate: Predicate): { owners: Named[]; silent: Named[] } => {
  const last = entry.names.at(-1);
  const money =
    predicate.type === 'unclear' ||
    (predicate.type === 'parts' && predicate.parts.some((p) => p.amountMinor));
  const led = entry.lead.length > 0 || entry.heading !== undefined || entry.except;
  const each = entry.body.some(({ type }) => type === 'each');
  if (!last || entry.names.length < 2 || led || each || last.join === 'and')
    return { owners: entry.names, silent: [] };
  return money || last.join === 'none'
    ? { owners: [last], silent: entry.names.slice(0, -1) }
    : { owners: entry.names, silent: [] };
};

/** Members of whom nothing was said in a list: they are asked about. A stray word is no member. */
const leaveSilent = (draft: Draft, names: readonly Named[], source: Source): void => {
  for (const name of names) {
    if (!name.strange) draft.fragments.push(fragment(name, source));
    doubt(draft, name);
  }
};

const doubt = (draft: Draft, { reading }: Named): void => {
  if (reading.type === 'member') draft.unsure.add(reading.number);
  if (reading.type === 'ambiguous') for (const number of reading.candidates) draft.unsure.add(number);
};

/** Words nobody knows with a "sí" or a "no" where no member is spoken of: talk, not a member's name. */
const isSmallTalk = (entry: Entry, predicate: Predicate, { known }: Source): boolean =>
  !known &&
  entry.names.every(({ strange }) => strange) &&
  predicate.type === 'parts' &&
  predicate.parts.every(({ amountMinor }) => amountMinor === undefined);

/** `own`: what was said of each member herself. */
type Everybody = { readonly source: Source; readonly own: ReadonlyMap<number, readonly ListItem[]> };

/** Adds what is said of all, or of all the others. False when that is nothing certain. */
const addEverybody = (draft: Draft, entry: Entry, { source, own }: Everybody): boolean => {
  const predicate = readPredicate(entry);
  if (predicate.type === 'nothing') return false;
  draft.unfined = true;
  // Somebody nobody knows may be a member misspelt: then what is said of all the others may be said of her.
  if (predicate.type !== 'parts' || draft.unknown.length > 0 || isOrdered(entry, predicate)) {
    draft.fragments.push(fragment(entry, source));
    return false;
  }
  for (const { number } of source.names.roster) {
    const hers = own.get(number) ?? [];
    const added = hers.length > 0 && hers.every(({ purpose }) => isBeside(purpose, predicate.parts));
    if (draft.unsure.has(number) || (hers.length > 0 && (entry.kind === 'rest' || !added))) continue;
    for (const part of predicate.parts) draft.items.push({ member: number, ...part, text: '', said: 'all' });
    draft.absences += predicate.absent ? 1 : 0;
  }
  return true;
};

/** "cobrar 100 a todas", "prestar 100 a todas": something to be done, not something given. */
const isOrdered = ({ flags }: Entry, { parts }: Parts): boolean =>
  flags.has('lent') || (flags.has('fined') && parts.some(({ purpose }) => purpose !== 'fine'));

/** A fine beside what all gave, or another purpose where all had one named, is added; anything else is instead of it. */
const isBeside = (purpose: string, all: readonly Part[]): boolean => {
  if (purpose === 'fine' || purpose === 'social') return all.every((part) => part.purpose !== purpose);
  return (
    (purpose === 'savings' || purpose === 'loan') &&
    all.every((part) => part.purpose !== purpose && part.purpose !== 'pay' && part.purpose !== 'due')
  );
};

/** A list says something certain of a member, or names somebody with an amount where a name belongs. */
const isList = (draft: Draft, { entries }: Entries, source: Source): boolean => {
  if (draft.items.length > 0 || draft.ambiguous.length > 0) return true;
  const clean = entries.filter(
    (entry) => !entry.tainted && [...entry.lead, ...entry.body].some((e) => e.type === 'amount'),
  );
  const known = clean.some(
    ({ kind, names }) => kind !== 'names' || names.some(({ reading }) => reading.type !== 'unknown'),
  );
  const named = clean.filter(({ names }) => names.length > 0);
  const [only] = named;
  if (known || named.length > 1) return true;
  return only !== undefined && /^\p{Lu}/u.test(fragment(only, source)) && entries.length === 1;
};

/** A member twice with the same purpose, or once with an amount and once without one: nobody can tell which holds. */
const withoutContradictions = (draft: Draft, { names }: Source): ListItem[] => {
  const own = new Set(draft.items.filter(({ said }) => said === 'herself').map(({ member }) => member));
  draft.items = draft.items.filter(({ member, said }) => said !== 'except' || !own.has(member));
  const items = byMember(draft.items);
  const numbers = names.roster.map(({ number }) => number);
  const contradicted = new Set(numbers.filter((number) => contradicts(items.get(number) ?? [])));
  const texts = draft.items.filter(({ member, text }) => contradicted.has(member) && text !== '');
  draft.fragments.push(...new Set(texts.map(({ text }) => text)));
  return draft.items
    .filter(({ member }) => !contradicted.has(member))
    .map(({ member, purpose, amountMinor }) => ({
      member,
      purpose,
      ...(amountMinor === undefined ? {} : { amountMinor }),
    }));
};

const byMember = <Item extends ListItem>(items: readonly Item[]): ReadonlyMap<number, readonly Item[]> => {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(item.member);
    if (group) group.push(item);
    else groups.set(item.member, [item]);
  }
  return groups;
};

const contradicts = (items: readonly ListItem[]): boolean => {
  if (items.length < 2) return false;
  const purposes = new Set(items.map(({ purpose }) => purpose));
  const open = purposes.has('unpaid') || purposes.has('due');
  return open || purposes.size < items.length;
};

/** A total that was said must be the sum of the amounts; it cannot be checked while some said none. */
const totalFits = (total: bigint | undefined, items: readonly ListItem[]): boolean => {
  if (
    total === undefined ||
    items.some(({ purpose, amountMinor }) => purpose !== 'unpaid' && amountMinor === undefined)
  )
    return true;
  return items.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0n), 0n) === total;
};

const intentOf = (draft: Draft, items: readonly ListItem[]): PaymentList['intent'] => {
  const [only] = items;
  if (items.length === 1 && only && draft.flags.has('lent')) return 'loan.disburse';
  if (draft.flags.has('fined') && !draft.unfined && items.every(({ purpose }) => purpose === 'fine'))
    return 'fine';
  const absent = items.length > 0 && items.every(({ purpose }) => purpose === 'unpaid');
  return absent && draft.absences === items.length ? 'attendance' : 'payments.record';
};
