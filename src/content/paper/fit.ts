import type { TextMark } from './page.ts';

/** How wide words are at a size: the only thing a layout must ask the one who draws. */
export type Ruler = (words: string, size: number, bold: boolean) => number;

/** Rows of letters at the size they are drawn at. */
export type Fitted = { readonly lines: readonly string[]; readonly size: number };

const ELLIPSIS = '…';
const SHRINK_STEP = 0.95;
/** Smaller than this part of what was wished nobody can read: then even an amount's row is cut, visibly. */
const SHRINK_MIN = 0.3;

/** Words as they fit into their area: as wished, smaller, or cut with "…". No row is wider than the area. */
export const fitted = (mark: TextMark, ruler: Ruler): Fitted => {
  const words = drawable(mark.text);
  const rows = (size: number): readonly string[] | undefined => wrapped(words, { mark, size, ruler });
  const sizeMin = mark.fit === 'shrink' ? mark.size * SHRINK_MIN : mark.size;
  for (let { size } = mark; size >= sizeMin; size *= SHRINK_STEP) {
    const lines = rows(size);
    if (lines) return { lines, size };
  }
  return { lines: [cut(words, mark, (part) => ruler(part, sizeMin, mark.bold))], size: sizeMin };
};

/** On one line, each letter with its accent as one: an accent that makes no letter with another would be drawn as a box. */
const drawable = (words: string): string =>
  words
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .normalize('NFC')
    .replace(/\p{Mn}/gu, '');

/** Words broken at spaces into at most `linesMax` rows; undefined when that does not do. */
const wrapped = (
  words: string,
  by: { readonly mark: TextMark; readonly size: number; readonly ruler: Ruler },
): readonly string[] | undefined => {
  const fits = (line: string): boolean => by.ruler(line, by.size, by.mark.bold) <= by.mark.width;
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    if (fits(longer)) lines.splice(-1, 1, longer);
    else if (fits(word) && lines.length > 0 && lines.length < by.mark.linesMax) lines.push(word);
    else return undefined;
  }
  return lines;
};

const cut = (words: string, mark: TextMark, widthOf: (part: string) => number): string => {
  // By what a person sees as one letter: half of an emoji is never left alone.
  const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(words)];
  for (let count = letters.length - 1; count > 0; count -= 1) {
    const part = `${words.slice(0, letters[count]?.index).trimEnd()}${ELLIPSIS}`;
    if (widthOf(part) <= mark.width) return part;
  }
  return '';
};
