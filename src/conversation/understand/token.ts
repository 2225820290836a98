import { fold, soundOf } from './normalise.ts';

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

export const TICKS = '✅✔☑👍👌✓🆗';
export const CROSSES = '❌✖✗✘❎🚫👎';
const HARD = new RegExp(`[()\\[\\]{}*_~"“”«»¿?¡!;=|•·→>#…${TICKS}${CROSSES}]`, 'u');
const AMOUNT = /^(\$|mx\$|mxn\$?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(\p{L}{0,12})$/u;
const WHEN = /^(?:\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?:am|pm|hrs|hr|h)?)$/;
const WHEN_SUFFIX = new Set('am pm hrs hr h er ra ro ta to va vo na st nd rd th hs'.split(' '));

/** Splits a text into words, numbers and marks, remembering where each stood. Never throws, on any text. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const chunk of text.matchAll(/\n|[^\s]+/gu)) {
    if (chunk[0] === '\n') tokens.push(markAt('\n', chunk.index));
    else for (const piece of pieces(chunk[0], chunk.index)) tokens.push(...lexPiece(piece.text, piece.start));
  }
  return tokens;
};

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

/** Cuts a chunk at brackets, quotes, stars, ticks and crosses; each of those is a piece of its own. */
const pieces = (chunk: string, start: number): { text: string; start: number }[] => {
  const found: { text: string; start: number }[] = [];
  let from = 0;
  let at = 0;
  for (const char of chunk) {
    if (HARD.test(char)) {
      if (at > from) found.push({ text: chunk.slice(from, at), start: start + from });
      found.push({ text: char, start: start + at });
      from = at + char.length;
    }
    at += char.length;
  }
  if (at > from) found.push({ text: chunk.slice(from), start: start + from });
  return found;
};

const lexPiece = (text: string, start: number): Token[] =>
  /\p{N}/u.test(text) ? lexDigits(text, start) : lexWords(text, start);

const IN_WORD = /[\p{L}\p{M}\p{Cf}'’´]/u;

const lexWords = (text: string, start: number): Token[] => {
  const tokens: Token[] = [];
  for (const found of text.matchAll(/[\p{L}\p{M}\p{Cf}'’´]+|[^\p{L}\p{M}\p{Cf}'’´]/gu)) {
    const at = start + found.index;
    if (!IN_WORD.test(found[0])) {
      tokens.push(markAt(found[0], at));
      continue;
    }
    const word = fold(found[0]).replace(/['’´]/gu, '');
    if (word !== '') tokens.push(wordAt({ text: found[0], word, start: at }));
  }
  return tokens;
};

const wordAt = (found: { text: string; word: string; start: number }): WordToken => ({
  type: 'word',
  ...found,
  end: found.start + found.text.length,
  key: soundOf(found.word),
  hidden: /\p{Cf}/u.test(found.text),
});

/** "Ana-100", "1.Ana", "100,Lupita" and "yola300" are two things written together; the rest is one number or nothing. */
const lexDigits = (text: string, start: number): Token[] => {
  const keycap = /^([0-9])\uFE0F?\u20E3/u.exec(text);
  if (keycap?.[1]) {
    const rest = lexPiece(text.slice(keycap[0].length), start + keycap[0].length);
    return [...lexDigits(keycap[1], start), markAt('.', start + 1), ...rest];
  }
  const bare = bareLength(text);
  if (bare < text.length) {
    const marks = Array.from(text.slice(bare), (mark, n) => markAt(mark, start + bare + n));
    return [...lexPiece(text.slice(0, bare), start), ...marks];
  }
  const leading = /^[.,:/]+/u.exec(text)?.[0] ?? '';
  if (leading !== '') {
    const marks = Array.from(leading, (mark, n) => markAt(mark, start + n));
    return [...marks, ...lexPiece(text.slice(leading.length), start + leading.length)];
  }
  const cut = gluedAt(text);
  if (cut === undefined) return [numberOrOdd(text, start)];
  const dash = /^[-–]/u.exec(text.slice(cut))?.[0] ?? '';
  const next = cut + dash.length;
  return [
    ...lexPiece(text.slice(0, cut), start),
    ...(dash === '' ? [] : [markAt(dash, start + cut)]),
    ...lexPiece(text.slice(next), start + next),
  ];
};

const TRAILING = new Set(Array.from('.,:/$–-'));

/** The length of a piece without the punctuation behind it. Counted by hand: an expression would try every start. */
const bareLength = (text: string): number => {
  let length = text.length;
  while (length > 0 && TRAILING.has(text.charAt(length - 1))) length -= 1;
  return length;
};

/** Where a name and a number written together come apart; undefined when they do not. */
const gluedAt = (text: string): number | undefined => {
  const nameFirst =
    /^\p{L}[\p{L}\p{M}]+(?=[-:,./–][$\d])/u.exec(text) ?? /^[\p{L}\p{M}]{3,}(?=\$?\d[\d.,]*$)/u.exec(text);
  if (nameFirst && !/^(mxn|usd|us|mx)$/iu.test(nameFirst[0])) return nameFirst[0].length;
  const dashed = /^[-–:,./](?=\$?\d)/u.test(text) ? undefined : /^\$?[\d.,]*\d(?=[-,:./–]+\p{L})/u.exec(text);
  return dashed ? dashed[0].length : undefined;
};

const numberOrOdd = (text: string, start: number): Token => {
  const digits = oneScript(text);
  if (digits === undefined) return oddAt(text, start);
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
