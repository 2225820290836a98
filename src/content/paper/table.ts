import { figure, type Mark, rule, type TextMark, text } from './page.ts';

/** One column of a table: amounts stand to the right and are never cut, names to the left. */
export type Column = { readonly title: string; readonly width: number; readonly kind: 'name' | 'amount' };

type Row = { readonly y: number; readonly height: number; readonly size: number; readonly bold?: boolean };

const PAD = 6;

/** Words of one row, each in its column, on one line in the middle of the row. */
export const rowMarks = (columns: readonly Column[], cells: readonly string[], row: Row): TextMark[] => {
  let x = 0;
  return columns.map((column, index) => {
    const wish = {
      x: x + PAD,
      y: row.y + row.height / 2 + row.size * 0.35,
      width: column.width - 2 * PAD,
      size: row.size,
      bold: row.bold ?? false,
    };
    x += column.width;
    const words = cells[index] ?? '';
    return column.kind === 'amount' ? figure(words, { ...wish, align: 'right' }) : text(words, wish);
  });
};

export const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);

/** The titles of the columns between two strong lines: they print on any printer. */
export const headMarks = (columns: readonly Column[], row: Row): Mark[] => {
  const line = { x: 0, width: widthOf(columns), thick: 1.2, ink: 'black' as const };
  return [rule({ ...line, y: row.y }), ...titleMarks(columns, row), rule({ ...line, y: row.y + row.height })];
};

/** Titles are read whole, in whatever language. */
const titleMarks = (columns: readonly Column[], row: Row): TextMark[] =>
  rowMarks(
    columns,
    columns.map(({ title }) => title),
    { ...row, bold: true },
  ).map((mark) => ({ ...mark, fit: 'shrink' }));
