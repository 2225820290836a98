// Inputs as an attacker makes them from real ones: words, JSON and bytes, each damaged in ways of its own.

import { drawn } from '../../../bench/seeded.ts';

export type Draw = () => number;

const whole = (draw: Draw, below: number): number => Math.floor(draw() * below);

const PIECES: readonly string[] = [
  ...'\u0000 \u200b \u200d \u202e \u2066 \u00ad \u0301 \ud800 \udc00 \ufeff \ufe0f \u{e0041} \u3164 🙂 👩‍👩‍👧 ½ ² ٣ ５ 𝟓 Ⅷ ß İ ı ﬁ ſ 한'.split(
    ' ',
  ),
  ...'$ . , : ; ( ) - … " * ’ / % # ¿ = + @ | ~ ` _ \\ { } [ ] < > & \' ^ !'.split(' '),
  ...'0 1 -1 1e5 0x64 1O0 1.000 1,500.5 99999999999999999999 NaN true null undefined mil dos cien y'.split(
    ' ',
  ),
  ...'__proto__ constructor $t(x) {{x}} ${x} %s ../.. <script> =1+1 2026-02-30 25:99'.split(' '),
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  ' ',
  '","',
  '""',
];

const LONG_CHARS_MAX = 20_000;
const TEXT_CHARS_MAX = 64_000;
const CHANGES_MAX = 5;

type Change = (text: string, draw: Draw, all: readonly string[]) => string;

const CHANGES: readonly Change[] = [
  (text, draw) => put(text, whole(draw, text.length + 1), drawn(PIECES, draw)),
  (text, draw) => put(text, whole(draw, text.length + 1), String.fromCodePoint(whole(draw, 0x11_0000))),
  (text, draw) => {
    const at = whole(draw, text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + whole(draw, 8));
  },
  (text, draw) => text.slice(0, whole(draw, text.length + 1)),
  (text, draw, all) => `${text}${drawn([' ', '\n', ', ', ' y ', ''], draw)}${drawn(all, draw)}`,
  (text, draw) => {
    const [from, to] = [whole(draw, text.length + 1), whole(draw, text.length + 1)];
    return put(text, whole(draw, text.length + 1), text.slice(Math.min(from, to), Math.max(from, to)));
  },
  (text, draw) => (draw() < 0.5 ? text.toUpperCase() : text.normalize(draw() < 0.5 ? 'NFD' : 'NFKC')),
  (text, draw) => text.replace(/\d/, () => drawn(['٣', '５', '²', '𝟓', 'O', 'l', '-', ''], draw)),
];

const put = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);

/** Rarely: one piece, or some of the text, thousands of times. What takes time by its length shows itself here. */
const LONG = 0.01;

const repeated = (text: string, draw: Draw): string => {
  const from = whole(draw, text.length + 1);
  const piece = draw() < 0.5 ? drawn(PIECES, draw) : text.slice(from, from + 1 + whole(draw, 6));
  const chars = whole(draw, LONG_CHARS_MAX);
  return put(
    text,
    whole(draw, text.length + 1),
    (piece || 'a').repeat(Math.ceil(chars / (piece.length || 1))),
  );
};

/** One of `all` after one to five changes, at most 64,000 units long. */
export const damagedText = (all: readonly string[], draw: Draw): string => {
  let text = drawn(all, draw);
  for (let left = 1 + whole(draw, CHANGES_MAX); left > 0; left -= 1)
    text = drawn(CHANGES, draw)(text, draw, all);
  if (draw() < LONG) text = repeated(text, draw);
  return text.slice(0, TEXT_CHARS_MAX);
};

const ODD_VALUES: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  '',
  '\u0000',
  '\ud800',
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null },
  JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{}}}'),
  'a'.repeat(10_000),
  Array.from({ length: 500 }, () => ({})),
];

/** A copy each time: it may be damaged further. */
const oddValue = (draw: Draw): unknown => structuredClone(ODD_VALUES[whole(draw, ODD_VALUES.length)]);

/** A JSON value of which one to three parts are gone, changed, doubled, or somewhere else. */
export const damagedJson = (value: unknown, draw: Draw): unknown => {
  const copy: unknown = structuredClone(value);
  for (let left = 1 + whole(draw, 3); left > 0; left -= 1) damageOne(copy, draw);
  return draw() < 0.01 ? oddValue(draw) : copy;
};

const damageOne = (root: unknown, draw: Draw): void => {
  let at = root;
  for (;;) {
    if (typeof at !== 'object' || at === null) return;
    const fields = at as Record<string, unknown>;
    const keys = Object.keys(fields);
    if (keys.length === 0) return;
    const key = drawn(keys, draw);
    const next = fields[key];
    if (typeof next === 'object' && next !== null && draw() < 0.8) {
      at = next;
      continue;
    }
    changeField(fields, { key, keys }, draw);
    return;
  }
};

const changeField = (
  fields: Record<string, unknown>,
  { key, keys }: { readonly key: string; readonly keys: readonly string[] },
  draw: Draw,
): void => {
  const was = fields[key];
  const how = whole(draw, 6);
  if (how === 0) delete fields[key];
  else if (how === 1) fields[key] = oddValue(draw);
  else if (how === 2) fields[key] = fields[drawn(keys, draw)];
  else if (how === 3 && typeof was === 'string') fields[key] = damagedText([was || 'x'], draw);
  else if (how === 4 && typeof was === 'number')
    fields[key] = was * drawn([-1, 0, 1e9, 0.5, Number.NaN], draw);
  else fields[drawn(PIECES, draw)] = was;
};

/** Bytes of a file after one to five changes: bits turned, parts cut out, put in twice, or overwritten. */
export const damagedBytes = (all: readonly Uint8Array[], draw: Draw): Uint8Array => {
  let bytes = Uint8Array.from(drawn(all, draw));
  for (let left = 1 + whole(draw, CHANGES_MAX); left > 0; left -= 1) {
    const at = whole(draw, bytes.length);
    const to = at + whole(draw, 12);
    const how = whole(draw, 5);
    if (how === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << whole(draw, 8));
    else if (how === 1) bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(to)]);
    else if (how === 2) bytes = Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(at)]);
    else if (how === 3) bytes.fill(drawn([0, 0xff, 0x7f, 0x80], draw), at, to);
    else bytes = bytes.slice(0, at);
    if (bytes.length === 0) return bytes;
  }
  return bytes;
};
