import { amountAt } from './amount.ts';
import { CROSSES, TICKS } from './chunk.ts';
import type { ListWord } from './lexicon.ts';
import { memberNumbers } from './list-numbers.ts';
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
  | 'received'
  | 'link'
  /** A word no lexicon knows: it may be a name. */
  | 'strange'
  /** A word with a meaning that has no place in a list: the sentence says something else. */
  | 'other';

type Span = { readonly start: number; readonly end: number };
/** `to`: "a Petra", "para Petra": money that goes to her, or a fine she gets. */
export type NameElement = Span & {
  readonly type: 'name';
  readonly reading: NameReading;
  readonly to: boolean;
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
  const tokens = withoutAbbreviationStops(spelled, names);
  const reader = { tokens, vocabulary, names, members: memberNumbers(tokens, vocabulary, names) };
  const elements: Element[] = [];
  let to = false;
  for (let at = 0; at < tokens.length; ) {
    const step = stepAt(reader, at);
    for (const element of step.elements)
      elements.push(element.type === 'name' && to ? { ...element, to } : element);
    const phrase = phraseAt(vocabulary.list, tokens, at);
    if (phrase?.tag === 'opening' && !elements.some(saysSomething)) elements.length = 0;
    to = phrase?.tag === 'to' || (to && step.elements.length === 0);
    at += step.length;
  }
  return elements;
};

const saysSomething = ({ type }: Element): boolean =>
  type === 'name' || type === 'amount' || type === 'status';

/** "Ma. Elena", "María S. 100", "Sra. Petra": that stop ends no sentence. */
const withoutAbbreviationStops = (tokens: readonly Spelled[], names: Names): Spelled[] =>
  tokens.filter((token, at) => {
    const before = tokens[at - 1];
    if (token.type !== 'mark' || token.mark !== '.' || before?.type !== 'word') return true;
    if (before.end !== token.start || tokens[at + 1]?.type === 'mark') return true;
    return !(
      before.word.length === 1 ||
      before.word === 'ma' ||
      before.word === 'gpe' ||
      names.honorifics.has(before.word)
    );
  });

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
  return { length: 1, elements: [{ type: 'name', reading, to: false, ...spanOf(token) }] };
};

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
    return { length, elements: [{ type: 'name', reading, to: false, start, end: last?.end ?? start }] };
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
  if (idiom) return { length: idiom.length, elements: [] };
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
  if (purpose && purpose.length >= (word?.length ?? 0)) {
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

const listWordStep = ({ tokens, vocabulary }: Reader, at: number, word: PhraseFound<ListWord>): Step => {
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
    case 'self':
      return { length: word.length, elements: [{ type: 'strange', ...span }] };
    case 'to':
    case 'opening':
    case 'filler':
      return { length: word.length, elements: [] };
    case 'all':
    case 'rest':
    case 'except':
    case 'each':
    case 'and':
    case 'total':
    case 'lent':
    case 'fined':
    case 'received':
    case 'link':
      return { length: word.length, elements: [{ type: word.tag, ...span }] };
  }
};
