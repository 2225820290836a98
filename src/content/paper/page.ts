// What stands on a sheet of paper or in a picture, as plain numbers and words. Who draws it decides nothing.

/**
 * The few inks there are; `accent` is the one colour. `rule` is for lines, `track` for the way a bar has still to go,
 * `tint` for the ground of a card, `veil` for a track on the accent.
 */
export type Ink = 'black' | 'grey' | 'rule' | 'track' | 'accent' | 'tint' | 'veil' | 'white';

/**
 * Words in an area of a given width. What does not fit is made smaller (`shrink`, over up to `linesMax` lines: amounts,
 * which must never lose a digit) or ends with "…" (`cut`: names).
 */
export type TextMark = {
  readonly type: 'text';
  readonly text: string;
  /** Left edge of the area, and the line its (first) row of letters stands on. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of the letters, as fonts count it. */
  readonly size: number;
  readonly bold: boolean;
  readonly ink: Ink;
  readonly align: 'left' | 'center' | 'right';
  readonly fit: 'cut' | 'shrink';
  readonly linesMax: number;
};

/** A rectangle, filled or only outlined; with `radius` half its height, its ends are round. */
export type BoxMark = {
  readonly type: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill: Ink | undefined;
  readonly border: { readonly ink: Ink; readonly width: number } | undefined;
};

/** A picture sign: an SVG path drawn on 24 by 24, here `size` wide and high. Overlapping parts are holes. */
export type SignMark = {
  readonly type: 'sign';
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly ink: Ink;
};

export type Mark = TextMark | BoxMark | SignMark;

/** One page. Its units are its own: whoever draws it scales it to pixels or points. */
export type Page = { readonly width: number; readonly height: number; readonly marks: readonly Mark[] };

/** A part of a page, drawn from its own upper left corner. */
export type Block = { readonly height: number; readonly marks: readonly Mark[] };

type TextWish = Pick<TextMark, 'x' | 'y' | 'width' | 'size'> &
  Partial<Pick<TextMark, 'bold' | 'ink' | 'align' | 'fit' | 'linesMax'>>;

/** Words in black, from the left, on one line, cut where they do not fit, unless `wish` says otherwise. */
export const text = (words: string, wish: TextWish): TextMark => ({
  type: 'text',
  text: words,
  bold: false,
  ink: 'black',
  align: 'left',
  fit: 'cut',
  linesMax: 1,
  ...wish,
});

/** An amount, or other words that must be read whole: they are made smaller rather than cut. */
export const figure = (words: string, wish: TextWish): TextMark => text(words, { fit: 'shrink', ...wish });

type BoxWish = Pick<BoxMark, 'x' | 'y' | 'width' | 'height'> &
  Partial<Pick<BoxMark, 'radius' | 'fill' | 'border'>>;

export const box = (wish: BoxWish): BoxMark => ({
  type: 'box',
  radius: 0,
  fill: undefined,
  border: undefined,
  ...wish,
});

export const sign = (path: string, wish: Omit<SignMark, 'type' | 'path'>): SignMark => ({
  type: 'sign',
  path,
  ...wish,
});

/** A line from side to side. */
export const rule = (line: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly thick?: number;
  readonly ink?: Ink;
}): BoxMark =>
  box({ x: line.x, y: line.y, width: line.width, height: line.thick ?? 1, fill: line.ink ?? 'rule' });

/** The same marks, further right and further down. */
export const moved = (marks: readonly Mark[], x: number, y: number): Mark[] =>
  marks.map((mark) => ({ ...mark, x: mark.x + x, y: mark.y + y }));

/** Blocks one below the other, `gap` apart, from (x, y) on. */
export const stacked = (
  blocks: readonly Block[],
  at: { readonly x: number; readonly y: number; readonly gap: number },
): Mark[] => {
  let y = at.y;
  return blocks.flatMap((block) => {
    const marks = moved(block.marks, at.x, y);
    y += block.height + at.gap;
    return marks;
  });
};
