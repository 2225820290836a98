import { bareLength, gluedAt, pieces } from './chunk.ts';
import { fold, soundOf } from './normalise.ts';
import { remembering } from './remember.ts';

type Place = { readonly text: string; readonly start: number; readonly end: number };

/** A word. `key` is how it sounds; `hidden`: invisible characters were inside it, so it is no part of an amount. */
type WordToken = Place & {
  readonly type: 'word';
  readonly word: string;
  readonly key: string;
  readonly hidden: boolean;
};

/** Digits written as an amount may be. `whole` has no separators; `suffix` is the folded word glued behind ("2k"). */
export type NumberToken = Place & {
  readonly type: 'number';
  readonly whole: string;
  readonly cents: string;
  readonly plain: boolean;
  readonly suffix: string;
};

/** Something with digits that is no amount: a date or an hour (`when`), or writing we will not read as money. */
type OddToken = Place & { readonly type: 'odd'; readonly when: boolean };

/** Punctuation, a tick or a cross. */
type MarkToken = Place & { readonly type: 'mark'; readonly mark: string };

export type Token = WordToken | NumberToken | OddToken | MarkToken;

const AMOUNT = /^(\$|mx\$|mxn\$?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(\p{L}{0,12})$/u;
/** A combining mark on anything but a letter: a digit struck through is no digit. */
const MARKED = /(?:^|[^\p{L}\p{M}])\p{M}/u;
const WHEN = /^(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?:am|pm|hrs|hr|h)?)$/;
const WHEN_SUFFIX = new Set('am pm hrs hr h er ra ro ta to va vo na st nd rd th hs'.split(' '));

/** How many pieces between spaces are remembered with their tokens. */
const CHUNKS_MAX = 10_000;

/** Splits a text into words, numbers and marks, remembering where each stood. Never throws, on any text. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const chunk of text.matchAll(/\n|\S+/gu)) {
    if (chunk[0] === '\n') tokens.push(markAt('\n', chunk.index));
    else for (const token of tokensOf(chunk[0])) tokens.push(movedBy(token, chunk.index));
  }
  return tokens;
};

const movedBy = (token: Token, by: number): Token =>
  by === 0 ? token : { ...token, start: token.start + by, end: token.end + by };

/** The tokens of what stands between two spaces, counted from its beginning. */
const tokensOf = remembering(
  (chunk): readonly Token[] => pieces(chunk).flatMap((piece) => lexPiece(piece.text, piece.start)),
  CHUNKS_MAX,
);

const markAt = (mark: string, start: number): MarkToken => ({
  type: 'mark',
  mark,
  text: mark,
  start,
  end: start + mark.length,
});

const oddAt = (text: string, start: number, when = false): OddToken => ({
  type: 'odd',
  text,
  start,
  end: start + text.length,
  when,
});

/** A piece without digits is words and marks. In one with digits, numbers are looked for from the left. */
const lexPiece = (text: string, start: number): Token[] => {
  const tokens: Token[] = [];
  const bare = DIGIT.test(text) ? bareLength(text) : 0;
  let at = 0;
  while (at < bare) {
    const rest = text.slice(at, bare);
    if (!DIGIT.test(rest)) break;
    at += lexDigits(rest, start + at, tokens);
  }
  lexWords(text.slice(at), start + at, tokens);
  return tokens;
};

const DIGIT = /\p{N}/u;
const IN_WORD = /[\p{L}\p{M}\p{Cf}'’´]/u;

const lexWords = (text: string, start: number, tokens: Token[]): void => {
  for (const found of text.matchAll(/c\/u(?!\p{L})|[\p{L}\p{M}\p{Cf}'’´]+|[^\p{L}\p{M}\p{Cf}'’´]/giu)) {
    const at = start + found.index;
    if (!IN_WORD.test(found[0])) {
      tokens.push(markAt(found[0], at));
      continue;
    }
    const word = fold(found[0]).replace(/['’´]/gu, '');
    if (word !== '') tokens.push(wordAt({ text: found[0], word, start: at }));
  }
};

const wordAt = (found: { text: string; word: string; start: number }): WordToken => ({
  type: 'word',
  ...found,
  end: found.start + found.text.length,
  key: soundOf(found.word),
  hidden: /\p{Cf}/u.test(found.text),
});

/**
 * Takes what begins a piece with digits, and gives back its length. "Ana-100", "1.Ana", "100,Lupita" and "yola300" are
 * two things written together; the rest is one number or nothing.
 */
const lexDigits = (text: string, start: number, tokens: Token[]): number => {
  const [keycap, digit] = /^([0-9])\uFE0F?\u20E3/u.exec(text) ?? [];
  if (keycap !== undefined && digit !== undefined) {
    if (DIGIT.test(text.charAt(keycap.length))) {
      // Keycaps and digits in a row are one number in a writing we do not read, and no place in a list.
      tokens.push(oddAt(text, start));
      return text.length;
    }
    tokens.push(numberOrOdd(digit, start), markAt('.', start + 1));
    return keycap.length;
  }
  const leading = /^[.,:/]+/u.exec(text)?.[0] ?? '';
  if (leading !== '') {
    lexWords(leading, start, tokens);
    return leading.length;
  }
  const cut = gluedAt(text) ?? text.length;
  const first = text.slice(0, cut);
  if (DIGIT.test(first)) tokens.push(numberOrOdd(first, start));
  else lexWords(first, start, tokens);
  const dash = text.charAt(cut);
  if (dash !== '-' && dash !== '–') return cut;
  tokens.push(markAt(dash, start + cut));
  return cut + 1;
};

const numberOrOdd = (text: string, start: number): Token => {
  const digits = oneScript(text);
  if (digits === undefined) return oddAt(text, start);
  if (MARKED.test(digits)) return oddAt(text, start);
  const lower = digits.toLowerCase();
  if (WHEN.test(lower)) return oddAt(text, start, true);
  const match = AMOUNT.exec(lower.normalize('NFD').replace(/\p{M}/gu, ''));
  if (!match) return oddAt(text, start);
  const [, sign = '', written = '', cents = '', suffix = ''] = match;
  if (WHEN_SUFFIX.has(suffix)) return oddAt(text, start, true);
  if (/^0\d/.test(written)) return oddAt(text, start);
  return {
    type: 'number',
    text,
    start,
    end: start + text.length,
    whole: written.replaceAll(',', ''),
    cents,
    plain: sign === '' && cents === '' && suffix === '' && !written.includes(','),
    suffix,
  };
};

const SCRIPTS = [0x30, 0xff10, 0x660, 0x6f0].map((zero) => ({
  zero,
  only: new RegExp(`[${String.fromCodePoint(zero)}-${String.fromCodePoint(zero + 9)}]`, 'u'),
}));

/** The text with its digits as ASCII when all are of one known script; undefined for mixtures and anything hidden. */
const oneScript = (text: string): string | undefined => {
  if (/\p{Cf}/u.test(text)) return undefined;
  const digits = Array.from(text).filter((char) => /\p{N}/u.test(char));
  const script = SCRIPTS.find(({ only }) => digits.every((digit) => only.test(digit)));
  if (!script) return undefined;
  return Array.from(text, (char) =>
    script.only.test(char) ? String((char.codePointAt(0) ?? script.zero) - script.zero) : char,
  ).join('');
};
