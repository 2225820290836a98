// Messages like those of the corpus, damaged: letters lost, swapped and put in, odd characters, two messages in one.

import { readFileSync } from 'node:fs';
import { drawn } from '../../../bench/seeded.ts';

type Draw = () => number;

const folder = new URL('../../conversation/understand/', import.meta.url);

/** Tables whose rows are a message and what it should mean; in the others the message stands last. */
const MESSAGE_FIRST: ReadonlySet<string> = new Set(['amounts', 'names', 'listsEs', 'listsEn']);

/** Every message of the corpora. */
export const corpusTexts = (): string[] =>
  ['corpus', 'held-apart', 'by-hash'].flatMap((name) => {
    const tables = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<
      string,
      (string | string[])[]
    >;
    return Object.entries(tables).flatMap(([table, rows]) =>
      rows.map((row) =>
        typeof row === 'string' ? row : ((MESSAGE_FIRST.has(table) ? row[0] : row.at(-1)) ?? ''),
      ),
    );
  });

const ODD_PIECES: readonly string[] = [
  ...'\u200b \u202e \u00ad \u0301 \ud800 \udc00 \u0000 \ufe0f 🙂 ✅ ❌ 👍🏽 1️⃣ ½ ² ٣ ५ ５ Ⅷ ß İ ı ﬁ ſ ǆ ΐ 한 K Å'.split(
    ' ',
  ),
  ...'$ . , : ; ( ) - – … " * ’ / % # ¿ ¡ & + = |'.split(' '),
  ...'0 1 9 k mil dos cien medio y menos todas no 100 1.500 1,500 2k -300 3OO 99999999999 Ana María centavos'.split(
    ' ',
  ),
  '\n',
  '\t',
  '\u00a0',
  ' ',
  ' 1 500 ',
];
const CHANGES_MAX = 4;

/** A text after one to four changes. */
export const mutated = (texts: readonly string[], draw: Draw): string => {
  let text = drawn(texts, draw);
  for (let left = 1 + Math.floor(draw() * CHANGES_MAX); left > 0; left -= 1)
    text = drawn(CHANGES, draw)(text, draw, texts);
  return text;
};

type Change = (text: string, draw: Draw, texts: readonly string[]) => string;

const somewhere = (text: string, draw: Draw): number => Math.floor(draw() * (text.length + 1));
const put = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);
const cut = (text: string, at: number, length = 1): string => text.slice(0, at) + text.slice(at + length);

/** Places count UTF-16 units, so that halves of characters occur too. */
const CHANGES: readonly Change[] = [
  (text, draw) => cut(text, somewhere(text, draw)),
  (text, draw) => put(text, somewhere(text, draw), drawn(ODD_PIECES, draw)),
  (text, draw) => put(text, somewhere(text, draw), String.fromCodePoint(Math.floor(draw() * 0x11_0000))),
  (text, draw) => put(text, somewhere(text, draw), text.charAt(somewhere(text, draw))),
  (text, draw) => {
    const at = somewhere(text, draw);
    return put(cut(text, at), at + 1, text.charAt(at));
  },
  (text, draw) => put(text, somewhere(text, draw), String(Math.floor(draw() * 3_000))),
  (text, draw, texts) => `${text}${drawn([' ', '\n', ', ', ' y ', ''], draw)}${drawn(texts, draw)}`,
  (text, draw) => (draw() < 0.5 ? text.toUpperCase() : text.normalize(draw() < 0.5 ? 'NFD' : 'NFKC')),
  (text, draw) => {
    const words = text.split(' ');
    words.splice(Math.floor(draw() * words.length), 1);
    return words.join(' ');
  },
];
