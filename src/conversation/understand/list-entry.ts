import type { Element } from './list-element.ts';
import { type Entries, type Entry, emptyState, type Named, type State } from './list-state.ts';

/** Groups the elements of a list by whom they speak of. Decides nothing about money. */
export const listEntries = (elements: readonly Element[]): Entries => {
  const state = emptyState();
  for (const [at, element] of elements.entries()) {
    const linked = state.afterLink;
    state.afterLink = element.type === 'link';
    take(state, element, { linked, rest: elements.slice(at + 1, at + LINE_ELEMENTS_MAX) });
  }
  endSentence(state, false);
  return { entries: state.entries, loose: state.loose, total: state.total };
};

/** How far the next line is looked at, to see whether it only says what the line above began. */
const LINE_ELEMENTS_MAX = 12;

type Around = { readonly linked: boolean; readonly rest: readonly Element[] };

const take = (state: State, element: Element, around: Around): void => {
  switch (element.type) {
    case 'name':
      return takeName(state, { ...element, join: state.join, strange: false });
    case 'strange':
      return takeStrange(state, element, around);
    case 'other':
      return taint(state);
    case 'amount':
    case 'purpose':
    case 'status':
    case 'each':
    case 'open':
    case 'close':
      return takePredicate(state, element);
    case 'all':
    case 'rest':
      return takeEverybody(state, element, element.type);
    case 'except':
      endEntry(state);
      state.exceptNext = true;
      return undefined;
    case 'and':
    case 'comma':
      return takeBoundary(state, element, element.type);
    case 'colon':
      return takeColon(state, element);
    case 'stop':
      return endSentence(state, false);
    case 'question':
      state.sentence = [];
      state.current = undefined;
      state.lead = [];
      return endSentence(state, false);
    case 'line':
      return continuesBelow(state, around.rest) ? undefined : endSentence(state, true);
    case 'total':
      return takeTotal(state);
    case 'lent':
    case 'fined':
    case 'received':
      (state.current && hasBody(state.current) ? state.flags : (state.current?.flags ?? state.flags)).add(
        element.type,
      );
      return undefined;
    case 'given':
      // "Petra 100 sacó": what was just said of her was no payment.
      (state.current && (state.join === 'none' || !hasBody(state.current))
        ? state.current.flags
        : state.flags
      ).add(element.type);
      return undefined;
    case 'link':
      return undefined;
  }
};

const isBoundary = (element: Element): boolean => element.type === 'and' || element.type === 'comma';
const hasBody = (entry: Entry): boolean =>
  entry.body.some((element) => !isBoundary(element) && element.type !== 'close');

const taint = (state: State): void => {
  if (state.current && state.join === 'none') state.current.tainted = true;
  else state.taintNext = true;
};

const takeBoundary = (state: State, element: Element, join: 'and' | 'comma'): void => {
  state.current?.body.push(element);
  if (state.taintNext && !state.current) state.loose.push(...state.lead.splice(0));
  if (!(state.join === 'and' && join === 'comma')) state.join = join;
  state.taintNext = false;
  // "no, Petra" and "sí, Ana 100" answer first and speak of her after.
  if (join === 'comma' && !state.current && state.lead.every(({ type }) => type === 'status'))
    state.lead = [];
  if (join === 'comma' && !state.current) state.clausePurpose = undefined;
};

/** Begins an entry; what was said just before the names comes along. */
const beginEntry = (state: State, kind: Entry['kind'], span: { start: number; end: number }): Entry => {
  const purposes = state.lead.filter((element) => element.type === 'purpose');
  if (purposes.length === state.lead.length && purposes.length === 1) {
    state.clausePurpose = purposes[0]?.purpose;
    state.lead = [];
  }
  const entry: Entry = {
    kind,
    names: [],
    except: state.exceptNext,
    lead: state.lead,
    body: [],
    heading: state.heading,
    purpose: state.clausePurpose ?? state.pagePurpose,
    flags: state.flags,
    owner: undefined,
    tainted: state.taintNext,
    start: Math.min(span.start, state.lead[0]?.start ?? span.start),
    end: span.end,
  };
  Object.assign(state, {
    current: entry,
    lead: [],
    flags: new Set(),
    exceptNext: false,
    taintNext: false,
    join: 'none',
  });
  return entry;
};

const endEntry = (state: State): void => {
  if (state.current) state.sentence.push(state.current);
  state.current = undefined;
};

const takeName = (state: State, name: Named): void => {
  const { current } = state;
  if (current && current.kind === 'names' && !hasBody(current) && !current.owner) {
    const greeted = state.join === 'colon' && current.names.every(({ strange }) => strange);
    if (!greeted) return addName(state, current, name);
    state.current = undefined;
  } else if (current) nextSubject(state, current, name.to);
  addName(state, beginEntry(state, 'names', name), name);
};

const addName = (state: State, entry: Entry, name: Named): void => {
  const last = entry.names.at(-1);
  if (last && state.join === 'none' && isSameMember(last, name)) {
    entry.names[entry.names.length - 1] = { ...last, end: name.end };
  } else if (last?.strange && state.join === 'none' && last.join !== 'colon') {
    entry.names[entry.names.length - 1] = {
      ...last,
      reading: { type: 'unknown' },
      strange: true,
      end: name.end,
    };
  } else entry.names.push(name);
  entry.end = name.end;
  state.join = 'none';
};

/** "nº 3 Refugio": her number and her name. */
const isSameMember = ({ reading: a }: Named, { reading: b }: Named): boolean =>
  a.type === 'member' && b.type === 'member' && a.number === b.number;

/** Words that are no name of the group: after a name they are something else, elsewhere they may be a name. */
const takeStrange = (state: State, element: Element, { linked }: Around): void => {
  const { current } = state;
  const named = current?.kind === 'names' && !hasBody(current) && state.join === 'none';
  if (current && (linked || (named && !current.names.at(-1)?.strange))) {
    current.tainted = true;
    current.end = element.end;
    return;
  }
  const { start, end } = element;
  takeName(state, {
    type: 'name',
    reading: { type: 'unknown' },
    to: false,
    noted: false,
    join: state.join,
    strange: true,
    start,
    end,
  });
};

const takeEverybody = (state: State, element: Element, kind: 'all' | 'rest'): void => {
  if (state.current) nextSubject(state, state.current, false);
  beginEntry(state, kind, element);
};

/** Ends an entry because another begins; "…, multa a Petra" and "… faltó Petra" give what stood before the name to her. */
const nextSubject = (state: State, entry: Entry, to: boolean): void => {
  const { body } = entry;
  const bound = body.findLastIndex(isBoundary);
  const tail = bound < 0 ? [] : body.slice(bound + 1);
  const last = body.at(-1);
  const before = body.slice(0, -1).some((element) => !isBoundary(element));
  const denial = last?.type === 'status' && (last.status === 'unpaid' || last.status === 'absent');
  if (
    tail.length > 0 &&
    (tail.every((e) => e.type === 'purpose') || tail.every((e) => e.type === 'status'))
  ) {
    state.lead = body.splice(bound + 1);
  } else if (
    last &&
    before &&
    ((last.type === 'purpose' && to) || (denial && bound < body.length - 1 && entry.lead.length === 0))
  ) {
    state.lead = body.splice(body.length - 1);
  }
  if (bound >= 0) state.clausePurpose = undefined;
  endEntry(state);
};

const takePredicate = (state: State, element: Element): void => {
  if (state.totalNext && element.type === 'amount') {
    state.total = element.minor;
    state.totalNext = false;
    return;
  }
  const { current } = state;
  if (!current) {
    state.lead.push(element);
    return;
  }
  const owner = current.except && element.type !== 'each' ? exceptOwner(state, current, element) : current;
  const rest = owner === current ? splitLead(state, current, element) : owner;
  if (!rest) {
    state.lead.push(element);
    return;
  }
  rest.body.push(element);
  rest.end = Math.max(rest.end, element.end);
  state.join = 'none';
};

/** "todas menos Petra 100": the amount is everybody's. "todas 100 menos Petra y Ana 50": nobody can tell. */
const exceptOwner = (state: State, current: Entry, element: Element): Entry => {
  const all = state.sentence.findLast(({ kind }) => kind === 'all');
  if (current.owner || (all && !hasBody(all) && all.lead.length === 0)) {
    current.owner ??= all;
    return current.owner ?? current;
  }
  const several = current.names.length > 1;
  if (several && element.type === 'amount' && !hasBody(current)) {
    if (current.names.at(-1)?.join === 'comma') return splitLast(state, current);
    current.tainted = true;
  }
  return current;
};

/** The last name of a group becomes the subject of what follows. */
const splitLast = (state: State, entry: Entry): Entry => {
  const name = entry.names.pop();
  endEntry(state);
  const next = beginEntry(state, 'names', name ?? entry);
  if (name) next.names.push({ ...name, join: 'none' });
  return next;
};

/** Decides whose a predicate is when one was already said before the names. Undefined: it opens the next entry. */
const splitLead = (state: State, entry: Entry, element: Element): Entry | undefined => {
  if (entry.lead.length === 0 || entry.body.some(({ type }) => type === 'open')) return entry;
  const led = entry.lead.filter(({ type }) => type === 'amount' || type === 'status');
  const statusLed = led.some((e) => e.type === 'status');
  const amountLed = led.some((e) => e.type === 'amount');
  const denied = led.some((e) => e.type === 'status' && e.status !== 'paid');
  const opensNext = (element.type === 'amount' && amountLed) || (element.type === 'status' && statusLed);
  if (opensNext && entry.names.length + (entry.kind === 'names' ? 0 : 1) > 0) {
    const directly = state.join === 'none';
    if (directly && entry.names.length > 1 && entry.names.at(-1)?.join === 'comma')
      return splitLast(state, entry);
    endEntry(state);
    return undefined;
  }
  if (element.type !== 'amount' || entry.names.length < 2 || hasBody(entry)) return entry;
  if (entry.names.at(-1)?.join !== 'and') return splitLast(state, entry);
  if (denied && entry.names.length > 2) entry.tainted = true;
  return denied && entry.names.length === 2 ? splitLast(state, entry) : entry;
};

const takeColon = (state: State, element: Element): void => {
  const { current, lead } = state;
  state.taintNext = false;
  if (current) {
    const summed = current.lead.length === 1 && current.lead[0]?.type === 'amount';
    if (hasBody(current) || summed)
      current.body.push({ type: 'open', start: element.start, end: element.end });
    else if (current.kind === 'names')
      state.join = current.names.every(({ strange }) => strange) ? 'colon' : state.join;
    return;
  }
  takeHeading(state, lead);
};

/** "Ahorro:" and "Faltaron:" speak for the lines below. The status stays in the lead for names on the same line. */
const takeHeading = (state: State, lead: readonly Element[]): void => {
  const [first] = lead;
  if (lead.length === 0 || !first) return;
  if (lead.every(({ type }) => type === 'purpose') && first.type === 'purpose') {
    state.pagePurpose = first.purpose;
    state.clausePurpose = undefined;
    state.heading = undefined;
    state.lead = [];
  } else if (first.type === 'status' && lead.every(({ type }) => type === 'status'))
    state.heading = first.status;
};

const takeTotal = (state: State): void => {
  const amount = state.lead.find((element) => element.type === 'amount');
  endEntry(state);
  if (amount?.type === 'amount' && state.lead.length === 1) {
    state.total = amount.minor;
    state.lead = [];
  } else state.totalNext = true;
};

/** A name on a line of its own, and under it a line that only says an amount. */
const continuesBelow = (state: State, rest: readonly Element[]): boolean => {
  const { current } = state;
  if (
    !current ||
    current.names.length !== 1 ||
    hasBody(current) ||
    current.lead.length > 0 ||
    current.heading
  )
    return false;
  const end = rest.findIndex(({ type }) => type === 'line' || type === 'stop');
  const below = end < 0 ? rest : rest.slice(0, end);
  return (
    below.length > 0 &&
    below.every(({ type }) => type === 'amount' || type === 'purpose' || type === 'status')
  );
};

const endSentence = (state: State, byLine: boolean): void => {
  endEntry(state);
  if (byLine) takeHeading(state, state.lead);
  state.loose.push(...state.lead.filter(({ type }) => type === 'amount'));
  const last = state.sentence.at(-1);
  if (last && state.lead.length > 0) last.tainted = true;
  if (!byLine) state.heading = undefined;
  state.entries.push(...state.sentence);
  Object.assign(state, {
    sentence: [],
    lead: [],
    join: 'none',
    flags: new Set(),
    exceptNext: false,
    taintNext: false,
    totalNext: false,
    clausePurpose: undefined,
  });
};
