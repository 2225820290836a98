import { say } from '../../conversation/say.ts';
import { type Mark, type Page, text } from './page.ts';
import type { Voice } from './voice.ts';

/** A4 upright, in points (72 to the inch), as ISO 216 has it: 210 by 297 mm. */
export const A4 = { width: 595, height: 842 } as const;

const NUMBER_UP = 20;

/** A4 pages of these marks; where there are several, each says which one it is. */
export const a4Pages = (pages: readonly (readonly Mark[])[], voice: Voice): Page[] =>
  pages.map((marks, index) => ({
    ...A4,
    marks:
      pages.length === 1 ? marks : [...marks, pageNumber({ page: index + 1, pages: pages.length }, voice)],
  }));

const pageNumber = (at: { readonly page: number; readonly pages: number }, voice: Voice): Mark =>
  text(voice.sentence(say('paper.page-of', at)), {
    x: A4.width / 2,
    y: A4.height - NUMBER_UP,
    width: A4.width / 2 - 28,
    size: 9,
    ink: 'grey',
    align: 'right',
  });
