import { A4, a4Pages } from './a4.ts';
import { type Mark, type Page, text } from './page.ts';
import type { Voice } from './voice.ts';

/** Plain words under a title. */
export type Chapter = { readonly title: string; readonly lines: readonly string[] };

const MARGIN = 44;
const INNER = A4.width - 2 * MARGIN;
/** Room at the foot for the number of the page. */
const BOTTOM = A4.height - MARGIN - 12;
const TITLE_SIZE = 15;
const SIZE = 11;
const LINE_HEIGHT = 16;
/** What surely fits a line at that size: 46 letters "m" would; people write few. */
const LINE_CHARS = 84;

type Row = { readonly words: string; readonly isTitle: boolean };

/** A4 pages of chapters, easily read on a telephone: large letters, one thing a line. */
export const textPages = (chapters: readonly Chapter[], voice: Voice): Page[] => {
  const rows = chapters.flatMap(({ title, lines }): Row[] => [
    { words: title, isTitle: true },
    ...lines.flatMap(broken).map((words) => ({ words, isTitle: false })),
  ]);
  const pages: Mark[][] = [[]];
  let y = MARGIN;
  rows.forEach((row, index) => {
    const height = row.isTitle ? LINE_HEIGHT * (y === MARGIN ? 1.4 : 2) : LINE_HEIGHT;
    // A title is not left alone at the foot of a page.
    const needed = row.isTitle && index + 1 < rows.length ? height + LINE_HEIGHT : height;
    if (y + needed > BOTTOM) {
      pages.push([]);
      y = MARGIN;
    }
    y += height;
    pages.at(-1)?.push(markOf(row, y));
  });
  return a4Pages(pages, voice);
};

const markOf = ({ words, isTitle }: Row, y: number): Mark =>
  text(words, {
    x: MARGIN,
    y,
    width: INNER,
    size: isTitle ? TITLE_SIZE : SIZE,
    bold: isTitle,
    ink: isTitle ? 'accent' : 'black',
    fit: 'shrink',
  });

/** A line as rows that fit: broken at spaces; a word that is longer than a row is broken where it must be. */
const broken = (line: string): string[] => {
  const rows: string[] = [];
  for (const word of line.split(/\s+/u).flatMap(pieces)) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_CHARS)
      rows.splice(-1, 1, `${last} ${word}`);
    else rows.push(word);
  }
  return rows;
};

const pieces = (word: string): string[] => {
  const letters = Array.from(word);
  return letters.length <= LINE_CHARS
    ? [word]
    : Array.from({ length: Math.ceil(letters.length / LINE_CHARS) }, (_, n) =>
        letters.slice(n * LINE_CHARS, (n + 1) * LINE_CHARS).join(''),
      );
};
