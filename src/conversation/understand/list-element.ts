import { amountAt } from './amount.ts';
import { CROSSES, TICKS } from './chunk.ts';
import type { ListWord } from './lexicon.ts';
import { memberNumbers, splitPairs } from './list-numbers.ts';
import { type NameReading, readName } from './name.ts';
import { type PhraseFound, phraseAt, type Spelled } from './phrase.ts';
import type { Likeness, Names } from './roster.ts';
import type { PurposeWord, Vocabulary } from './vocabulary.ts';

export type Status = 'paid' | 'unpaid' | 'absent' | 'same';
export type Sign =
  | 'all'
  | 'rest'
  | 'except'
  | 'each'
  | 'and'
  | 'comma'
  | 'colon'
  | 'open'
  | 'close'
  | 'stop'
  | 'line'
  | 'question'
  | 'total'
  | 'lent'
  | 'fined'
  | 'given'
  | 'received'
  | 'link'
  /** A word no lexicon knows: it may be a name. */
  | 'strange'
  /** A word with a meaning that has no place in a list: the sentence says something else. */
  | 'other';

type Span = { readonly start: number; readonly end: number };
/**
 * `to`: "a Petra", "para Petra": money that goes to her, or a fine she gets. `noted`: "anótale 100 a Petra": it is
 * written down for her, so what is no fine is hers.
 */
export type NameElement = Span & {
  readonly type: 'name';
  readonly reading: NameReading;
  readonly to: boolean;
  readonly noted: boolean;
};
type AmountElement = Span & { readonly type: 'amount'; readonly minor: bigint | undefined };
type PurposeElement = Span & { readonly type: 'purpose'; readonly purpose: PurposeWord };
type StatusElement = Span & { readonly type: 'status'; readonly status: Status };
type SignElement = Span & { readonly type: Sign };

/** One thing a leader's list says. Small words are gone. */
export type Element = NameElement | AmountElement | PurposeElement | StatusElement | SignElement;

/** More words than this are not one name. */
const NAME_WORDS_MAX = 4;

type Reader = {
  readonly tokens: readonly Spelled[];
  readonly vocabulary: Vocabulary;
  readonly names: Names;
  readonly members: ReadonlyMap<number, 'skip' | 'member'>;
};
type Step = { readonly length: number; readonly elements: readonly Element[] };

/** The elements of a list, in order. */
export const listElements = (
  spelled: readonly Spelled[],
  vocabulary: Vocabulary,
  names: Names,
): Element[] => {
  const tokens = splitPairs(withoutStops(spelled, names));
  const reader = { tokens, vocabulary, names, members: memberNumbers(tokens, vocabulary, names) };
  const elements: Element[] = [];
  let to = false;
  let noted = false;
  for (let at = 0; at < tokens.length; ) {
    const step = stepAt(reader, at);
    const phrase = phraseAt(vocabulary.list, tokens, at);
    for (const element of step.elements)
      elements.push(element.type === 'name' ? { ...element, to: element.to || to, noted } : element);
    if (phrase?.tag === 'opening' && !elements.some(saysSomething)) elements.length = 0;
    to = phrase?.tag === 'to' || (to && step.elements.length === 0);
    noted = phrase?.tag === 'noted' || (noted && !step.elements.some(endsSentence));
    at += step.length;
  }
  return elements;
};

const endsSentence = ({ type }: Element): boolean => type === 'stop' || type === 'line';

const saysSomething = ({ type }: Element): boolean =>
  type === 'name' || type === 'amount' || type === 'status';

/** "Ma. Elena", "María S. 100", "Sra. Petra", "Ana.....100": those marks end no sentence. */
const withoutStops = (tokens: readonly Spelled[], names: Names): Spelled[] =>
  tokens.filter((token, at) => {
    const before = tokens[at - 1];
    if (token.type !== 'mark') return true;
    if (token.mark !== '.') return true;
    if (isLeader(tokens, at)) return false;
    if (before?.type !== 'word' || before.end !== token.start || tokens[at + 1]?.type === 'mark') return true;
    return !(
      before.word.length === 1 ||
      before.word === 'ma' ||
      before.word === 'gpe' ||
      names.honorifics.has(before.word)
    );
  });

/** A row of dots between a name and what she gave, with no space in it. */
const isLeader = (tokens: readonly Spelled[], at: number): boolean => {
  const dotted = (place: number) => {
    const token = tokens[place];
    return token?.type === 'mark' && token.mark === '.';
  };
  let first = at;
  while (dotted(first - 1)) first -= 1;
  let last = at;
  while (dotted(last + 1)) last += 1;
  const glued = tokens.slice(first - 1, last + 1).every(({ end }, n) => tokens[first + n]?.start === end);
  return last > first && glued && tokens[first - 1]?.type === 'word' && tokens[last + 1]?.type === 'number';
};

const stepAt = (reader: Reader, at: number): Step => {
  const token = reader.tokens[at];
  const member = reader.members.get(at);
  if (!token || member === 'skip') return { length: 1, elements: [] };
  if (member === 'member') return memberStep(token, reader);
  if (token.type === 'mark' && token.mark !== '$') return markStep(token);
  return nameStep(reader, at) ?? amountStep(reader, at, true) ?? wordStep(reader, at);
};

const memberStep = (token: Spelled, { names }: Reader): Step => {
  const number = names.numbers.get(token.text.replace('#', ''));
  const reading: NameReading = number === undefined ? { type: 'unknown' } : { type: 'member', number };
  return { length: 1, elements: [named(reading, token)] };
};

const named = (reading: NameReading, span: Span): NameElement => ({
  type: 'name',
  reading,
  to: false,
  noted: false,
  ...spanOf(span),
});

const spanOf = ({ start, end }: Span): Span => ({ start, end });

const MARKS: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  [',', 'comma'],
  [';', 'stop'],
  ['.', 'stop'],
  ['!', 'stop'],
  ['…', 'stop'],
  ['\n', 'line'],
  ['?', 'question'],
  [':', 'colon'],
  ['(', 'open'],
  ['[', 'open'],
  [')', 'close'],
  [']', 'close'],
  ['&', 'and'],
  ['+', 'and'],
]);

const markStep = (token: Spelled): Step => {
  const sign = MARKS.get(token.text);
  if (sign) return { length: 1, elements: [{ type: sign, ...spanOf(token) }] };
  if (TICKS.includes(token.text)) return statusStep(token, 'paid');
  if (CROSSES.includes(token.text)) return statusStep(token, 'unpaid');
  return { length: 1, elements: [] };
};

const statusStep = (span: Span, status: Status, length = 1): Step => ({
  length,
  elements: [{ type: 'status', status, ...spanOf(span) }],
});

/** The longest run of words from here that is a name in this group. */
const nameStep = (reader: Reader, at: number, until: Likeness = 'nickname'): Step | undefined => {
  const { tokens, vocabulary, names } = reader;
  const words = nameWords(tokens, at);
  const [first] = words;
  if (first === undefined || !beginsName(first, names)) return undefined;
  const phrase = phraseAt(vocabulary.list, tokens, at) ?? phraseAt(vocabulary.purposes, tokens, at);
  const isWord = phrase !== undefined && phrase.words[0] === tokens[at]?.keys[0];
  for (let length = words.length; length > 0; length -= 1) {
    const end = words[length - 1] ?? '';
    if (names.connectors.has(end) || names.honorifics.has(end)) continue;
    const asWord = isWord && length === 1;
    const reading = readName(words.slice(0, length), names, { until: asWord ? 'same' : until });
    if (reading.type === 'unknown') continue;
    const last = tokens[at + length - 1];
    const start = tokens[at]?.start ?? 0;
    return { length, elements: [named(reading, { start, end: last?.end ?? start })] };
  }
  return undefined;
};

/** The words in a row from here that may be of one name: no small word is taken for an initial. */
const nameWords = (tokens: readonly Spelled[], at: number): string[] => {
  const words: string[] = [];
  while (words.length < NAME_WORDS_MAX) {
    const token = tokens[at + words.length];
    if (token?.type !== 'word' || (token.word.length === 1 && !isInitial(token.text))) break;
    words.push(/['’]s$/iu.test(token.text) ? token.word.slice(0, -1) : token.word);
  }
  return words;
};

/** False when no name of this group can begin with the word. */
const beginsName = (word: string, names: Names): boolean =>
  !names.connectors.has(word) && (names.honorifics.has(word) || names.meetings(word).size > 0);

const isInitial = (text: string): boolean => /^[B-DF-NP-TV-XZ]$/.test(text) || /^[b-df-np-tvwz]$/.test(text);

const amountStep = ({ tokens, vocabulary }: Reader, at: number, sure: boolean): Step | undefined => {
  const spaced = tokens[at - 1]?.type !== 'number';
  const idiom = phraseAt(vocabulary.numbers.idioms, tokens, at);
  const word = phraseAt(vocabulary.list, tokens, at);
  if (idiom && idiom.length >= (word?.length ?? 0)) return { length: idiom.length, elements: [] };
  const found = amountAt(tokens, at, { numbers: vocabulary.numbers, spaced });
  const first = tokens[at];
  if (!found || !first) return undefined;
  if (sure && found.minor === undefined && !found.counted && first.type === 'word') return undefined;
  if (found.counted) return { length: found.length, elements: [] };
  const end = tokens[at + found.length - 1]?.end ?? first.end;
  return {
    length: found.length,
    elements: [{ type: 'amount', minor: found.minor, start: first.start, end }],
  };
};

/** A list word, a purpose, a name misspelt, or a word that has no place here. */
const wordStep = (reader: Reader, at: number): Step => {
  const { tokens, vocabulary, names } = reader;
  const token = tokens[at];
  if (!token) return { length: 1, elements: [] };
  const purpose = phraseAt(vocabulary.purposes, tokens, at);
  const word = phraseAt(vocabulary.list, tokens, at);
  const own = word ? word.words[0] === token.keys[0] : purpose?.words[0] === token.keys[0];
  const near = own ? undefined : nameStep(reader, at, 'near');
  if (near) return near;
  const unsure = own ? undefined : amountStep(reader, at, false);
  if (unsure) return unsure;
  if (word?.tag === 'fining' && isFining(reader, at, word.length)) return finingStep(reader, at, word.length);
  if (purpose && (word?.tag === 'fining' || purpose.length >= (word?.length ?? 0))) {
    const end = tokens[at + purpose.length - 1]?.end ?? token.end;
    return {
      length: purpose.length,
      elements: [{ type: 'purpose', purpose: purpose.tag, start: token.start, end }],
    };
  }
  if (word) return listWordStep(reader, at, word);
  if (token.type !== 'word') return { length: 1, elements: [{ type: 'other', ...spanOf(token) }] };
  const mayBeName = names.given.has(token.key) || !vocabulary.known.has(token.key);
  return { length: 1, elements: [{ type: mayBeName ? 'strange' : 'other', ...spanOf(token) }] };
};

/** Small words at which a clause does not begin: "porfa multa a Ana", "we fined Ana". */
const UNHEARD: ReadonlySet<string> = new Set<ListWord>(['filler', 'to', 'opening', 'fined', 'given']);
const CLAUSE_MARKS = /[,.;:!\n]/u;

/** "fine Ana 20", "a fine of 20 for Ana" where a clause begins: it is done to her. "Ana 20 fine" is what she gave. */
const isFining = (reader: Reader, at: number, length: number): boolean => {
  const { tokens, vocabulary } = reader;
  const amount = amountAt(tokens, at + length, { numbers: vocabulary.numbers, spaced: true })?.length ?? 0;
  const tag = (place: number) => phraseAt(vocabulary.list, tokens, place)?.tag;
  const next = at + length + amount;
  const joins: ReadonlySet<string | undefined> = new Set(amount > 0 ? ['to', 'link'] : ['to']);
  let name = next;
  while (joins.has(tag(name))) name += 1;
  if ((amount > 0 && name === next) || !nameStep(reader, name)) return false;
  for (let before = at - 1; before >= 0; before -= 1) {
    const token = tokens[before];
    if (token?.type === 'mark') return CLAUSE_MARKS.test(token.mark);
    const word = tag(before);
    if (word === 'and') return true;
    if (word === undefined || !UNHEARD.has(word)) return false;
  }
  return true;
};

const finingStep = ({ tokens }: Reader, at: number, length: number): Step => {
  const start = tokens[at]?.start ?? 0;
  const span = { start, end: tokens[at + length - 1]?.end ?? start };
  return {
    length,
    elements: [
      { type: 'fined', ...span },
      { type: 'purpose', purpose: 'fine', ...span },
    ],
  };
};

/** "Ana 100, Petra 50, son 150": an amount follows, and with it the line ends. */
const isSum = ({ tokens, vocabulary }: Reader, at: number): boolean => {
  const amount = amountAt(tokens, at, { numbers: vocabulary.numbers, spaced: true });
  if (!amount || amount.counted) return false;
  const total = phraseAt(vocabulary.list, tokens, at + amount.length);
  const end = tokens[at + amount.length + (total?.tag === 'total' ? total.length : 0)];
  return end === undefined || (end.type === 'mark' && /[.!\n)]/u.test(end.mark));
};

const listWordStep = (reader: Reader, at: number, word: PhraseFound<ListWord>): Step => {
  const { tokens, vocabulary } = reader;
  const start = tokens[at]?.start ?? 0;
  const span = { start, end: tokens[at + word.length - 1]?.end ?? start };
  switch (word.tag) {
    case 'paid':
    case 'unpaid':
    case 'absent':
    case 'same':
      return statusStep(span, word.tag, word.length);
    case 'no': {
      const next = phraseAt(vocabulary.list, tokens, at + word.length);
      const denied = next?.tag === 'paid' ? next.length : 0;
      return statusStep(span, 'unpaid', word.length + denied);
    }
    case 'nonePaid':
      return {
        length: word.length,
        elements: [
          { type: 'all', ...span },
          { type: 'status', status: 'unpaid', ...span },
        ],
      };
    case 'sum':
      return {
        length: word.length,
        elements: isSum(reader, at + word.length) ? [{ type: 'total', ...span }] : [],
      };
    case 'between':
    case 'fining':
      return { length: word.length, elements: [{ type: 'other', ...span }] };
    case 'self':
      return { length: word.length, elements: [{ type: 'strange', ...span }] };
    case 'to':
    case 'opening':
    case 'filler':
    case 'noted':
      return { length: word.length, elements: [] };
    case 'all':
    case 'rest':
    case 'except':
    case 'each':
    case 'and':
    case 'total':
    case 'lent':
    case 'fined':
    case 'given':
    case 'received':
    case 'link':
      return { length: word.length, elements: [{ type: word.tag, ...span }] };
  }
};
