import type { ListWord } from './lexicon.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Names } from './roster.ts';
import type { NumberToken } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A list's own numbering and the members' numbers go no further than this. */
const PLACE_DIGITS_MAX = 2;

type Line = readonly { readonly token: Spelled; readonly at: number }[];
type Role = 'skip' | 'member';

/**
 * Which numbers of a list are no amounts: its own numbering ("1. Ana 100": skip) and members' numbers ("1 200", "#3").
 * By the place of each token.
 */
export const memberNumbers = (
  tokens: readonly Spelled[],
  vocabulary: Vocabulary,
  names: Names,
): Map<number, Role> => {
  const roles = new Map<number, Role>();
  for (const [index, line] of linesOf(tokens).entries()) {
    for (const [at, role] of lineRoles(line, { ordinal: index + 1, names, vocabulary })) roles.set(at, role);
  }
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    const hash = before?.type === 'mark' && before.mark === '#';
    const word = before?.type === 'word' && names.numbered.has(before.word);
    const short = isShortNumber(tokens, at);
    if (!isPlace(token) || !(hash || word || short)) continue;
    roles.set(at, 'member');
    roles.set(at - 1, 'skip');
    if (short) roles.set(at - 2, 'skip');
  }
  for (const at of marksOfMembers(tokens, roles)) roles.set(at, 'skip');
  return roles;
};

/** "1. 100\n2. 50": those marks belong to the members' numbers and end nothing. "7. 50" alone may be seven and a half. */
const marksOfMembers = (tokens: readonly Spelled[], roles: ReadonlyMap<number, Role>): number[] => {
  const marks = [...roles].flatMap(([at, role]) => {
    const marked = isMark(tokens[at + 1], /[.)]/u) && tokens[at + 2]?.type === 'number';
    return role === 'member' && marked ? [at + 1] : [];
  });
  return marks.length > 1 ? marks : [];
};

/** "no. 7" where a clause begins. Elsewhere it may be a no: "Ana no. 7 100". */
const isShortNumber = (tokens: readonly Spelled[], at: number): boolean => {
  const [word, stop] = [tokens[at - 2], tokens[at - 1]];
  if (word?.type !== 'word' || word.word !== 'no' || !isMark(stop, /\./u) || stop?.start !== word.end)
    return false;
  return at === 2 || isMark(tokens[at - 3], /[,;:\n]/u);
};

const PAIR = /^(\d{1,2})[-–](\d{2,7})$/;
/** A smaller number behind the dash may be a day ("12-31") or another member's number ("1-17"). */
const PAIR_AMOUNT_MIN = 32n;

/**
 * "7-100, 1-50" as members' numbers with their amounts. Only where a message has two such pairs or more and nothing
 * else, and none of them can be a day or a range; otherwise they stay what they are, and are asked about.
 */
export const splitPairs = (tokens: readonly Spelled[]): readonly Spelled[] => {
  const pairs = tokens.filter(({ type }) => type !== 'mark');
  const only = pairs.every(({ type, text }) => type === 'odd' && isPair(text));
  if (!only || pairs.length < 2 || tokens.some((token) => !isPairMark(token))) return tokens;
  return tokens.flatMap((token) => (token.type === 'mark' ? [token] : pairOf(token)));
};

const isPair = (text: string): boolean => {
  const [, , amount = ''] = PAIR.exec(text) ?? [];
  return /^[1-9]/.test(amount) && BigInt(amount) >= PAIR_AMOUNT_MIN;
};

const isPairMark = (token: Spelled): boolean => token.type !== 'mark' || /[,;.\n]/u.test(token.mark);

const pairOf = (token: Spelled): Spelled[] => {
  const [, place = '', amount = ''] = PAIR.exec(token.text) ?? [];
  const dash = token.start + place.length;
  return [digitsAt(place, token.start), digitsAt(amount, dash + 1)];
};

const digitsAt = (whole: string, start: number): Spelled => ({
  type: 'number',
  text: whole,
  start,
  end: start + whole.length,
  whole,
  cents: '',
  plain: true,
  suffix: '',
  keys: [],
});

/** Lines with something in them, each token with its place in the message. */
const linesOf = (tokens: readonly Spelled[]): Line[] => {
  const lines: { token: Spelled; at: number }[][] = [[]];
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'mark' && token.mark === '\n') lines.push([]);
    else if (!(token.type === 'mark' && /[-•*·>–]/u.test(token.mark) && lines.at(-1)?.length === 0)) {
      lines.at(-1)?.push({ token, at });
    }
  }
  return lines.filter((line) => line.some(({ token }) => token.type !== 'mark'));
};

const isPlace = (token: Spelled | undefined): token is Spelled & NumberToken =>
  token?.type === 'number' && token.plain && token.whole.length <= PLACE_DIGITS_MAX;

const isMark = (token: Spelled | undefined, marks: RegExp): boolean =>
  token?.type === 'mark' && marks.test(token.mark);

type LineContext = { readonly ordinal: number; readonly names: Names; readonly vocabulary: Vocabulary };

const lineRoles = (line: Line, context: LineContext): Map<number, Role> => {
  const roles = numbering(line);
  for (const clause of clausesOf(line)) {
    const [first, second] = clause;
    if (!first || roles.has(first.at) || !isPlace(first.token)) continue;
    const role = firstNumberRole(clause, context);
    if (role) roles.set(first.at, role);
    if (role === 'member' && second?.token.type === 'number')
      for (const at of runOnMembers(clause)) roles.set(at, 'member');
  }
  return roles;
};

const clausesOf = (line: Line): Line[] => {
  const clauses: { token: Spelled; at: number }[][] = [[]];
  for (const item of line) {
    if (isMark(item.token, /[,;]/u)) clauses.push([]);
    else clauses.at(-1)?.push(item);
  }
  return clauses.filter((clause) => clause.length > 0);
};

/** "1. Ana 100 2. Petra 50" on one line, counted from one. */
const numbering = (line: Line): Map<number, Role> => {
  const roles = new Map<number, Role>();
  let expected = 1;
  for (const [n, { token, at }] of line.entries()) {
    if (!isPlace(token) || token.whole !== String(expected)) continue;
    const next = line[n + 1]?.token;
    const word = line.slice(n + 1).find((item) => item.token.type !== 'mark')?.token;
    if (!isMark(next, /[.)]/u) || next?.start !== token.end || word?.type !== 'word') continue;
    roles.set(at, 'skip');
    expected += 1;
  }
  return roles;
};

/** What the number that opens a line or a clause is. Undefined: an amount. */
const firstNumberRole = (clause: Line, { ordinal, names, vocabulary }: LineContext): Role | undefined => {
  const [first, second] = clause;
  if (!first || !isPlace(first.token)) return undefined;
  const rest = clause.slice(1).filter(({ token }) => token.type !== 'mark' || token.mark === '$');
  const [next] = rest;
  const others = rest.some(({ token }) => token.type === 'number' || token.type === 'odd');
  const counted = first.token.whole === String(ordinal);
  const marked = isMark(second?.token, /[-.):=–]/u);
  if (next?.token.type === 'word' && saysStatus(rest, vocabulary)) return 'member';
  if (next?.token.type === 'word') return (marked && others) || counted ? 'skip' : undefined;
  if (next) return 'member';
  const ticked = clause.slice(1).some(({ token }) => isMark(token, /[✅✔☑👍👌✓❌✖✗✘❎🚫👎]/u));
  const { whole } = first.token;
  return ticked && names.numbers.has(whole) ? 'member' : undefined;
};

const STATUSES: ReadonlySet<string> = new Set<ListWord>(['paid', 'unpaid', 'absent', 'no']);

/** "7 no", "3 ya pagó": nothing follows the number but how it stands with her. */
const saysStatus = (rest: Line, vocabulary: Vocabulary): boolean => {
  const tokens = rest.map(({ token }) => token);
  const found = phraseAt(vocabulary.list, tokens, 0);
  const length =
    found?.tag === 'no' ? found.length + (phraseAt(vocabulary.list, tokens, 1)?.length ?? 0) : found?.length;
  return found !== undefined && STATUSES.has(found.tag) && length === tokens.length;
};

/** "1 200 2 150 3 100": when a line is nothing but pairs, every first of a pair is a member's number. */
const runOnMembers = (clause: Line): number[] => {
  const numbers = clause.filter(({ token }) => token.type === 'number');
  if (numbers.length < 4 || numbers.length % 2 !== 0 || numbers.length !== clause.length) return [];
  const firsts = numbers.filter((_, n) => n % 2 === 0);
  return firsts.every(({ token }) => isPlace(token)) ? firsts.map(({ at }) => at) : [];
};
