import { createCanvas, Path2D, PDFDocument } from '@napi-rs/canvas';
import { fitted, type Ruler } from '../../content/paper/fit.ts';
import type { BoxMark, Ink, Mark, Page, SignMark, TextMark } from '../../content/paper/page.ts';
import { FAMILIES, loadFonts } from './fonts.ts';

/** Black to grey on white is at least 7:1, white on the accent 8:1: what WCAG 2.2 asks of text that anyone can read. */
const INKS: Readonly<Record<Ink, string>> = {
  black: '#161616',
  grey: '#4d4d4d',
  rule: '#bdbdbd',
  track: '#b9d3cd',
  accent: '#00594f',
  tint: '#e6f1ee',
  veil: '#3f827a',
  white: '#ffffff',
};

const SIGN_SIZE = 24;
const LINE_HEIGHT = 1.2;

/** What a picture and a PDF can both be drawn with. */
type Pen = ReturnType<PDFDocument['beginPage']>;

/** One page as a PNG on white, `scale` pixels to a unit of the page. */
export const toPng = async (page: Page, scale: number): Promise<Uint8Array> => {
  loadFonts();
  const canvas = createCanvas(Math.round(page.width * scale), Math.round(page.height * scale));
  const pen = canvas.getContext('2d');
  pen.fillStyle = INKS.white;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  draw(pen, page.marks);
  return canvas.encode('png');
};

/** Pages as a PDF with words that can be searched, each `widthPoints` wide (72 points to the inch). */
export const toPdf = (
  pages: readonly Page[],
  paper: { readonly widthPoints: number; readonly title: string },
): Uint8Array => {
  loadFonts();
  const file = new PDFDocument({ title: paper.title });
  for (const page of pages) {
    const scale = paper.widthPoints / page.width;
    const pen = file.beginPage(paper.widthPoints, page.height * scale);
    pen.scale(scale, scale);
    draw(pen, page.marks);
    file.endPage();
  }
  return file.close();
};

/** How wide the program's font sets words. */
export const ruler = (): Ruler => {
  loadFonts();
  return rulerOf(createCanvas(1, 1).getContext('2d'));
};

const draw = (pen: Pen, marks: readonly Mark[]): void => {
  for (const mark of marks) {
    switch (mark.type) {
      case 'box':
        drawBox(pen, mark);
        break;
      case 'sign':
        drawSign(pen, mark);
        break;
      case 'text':
        drawText(pen, mark);
        break;
    }
  }
};

const drawBox = (pen: Pen, mark: BoxMark): void => {
  const inset = mark.border ? mark.border.width / 2 : 0;
  pen.beginPath();
  pen.roundRect(
    mark.x + inset,
    mark.y + inset,
    mark.width - 2 * inset,
    mark.height - 2 * inset,
    mark.radius - inset > 0 ? mark.radius - inset : 0,
  );
  if (mark.fill) {
    pen.fillStyle = INKS[mark.fill];
    pen.fill();
  }
  if (mark.border) {
    pen.strokeStyle = INKS[mark.border.ink];
    pen.lineWidth = mark.border.width;
    pen.stroke();
  }
};

const drawSign = (pen: Pen, mark: SignMark): void => {
  pen.save();
  pen.translate(mark.x, mark.y);
  pen.scale(mark.size / SIGN_SIZE, mark.size / SIGN_SIZE);
  pen.fillStyle = INKS[mark.ink];
  const outline = new Path2D(mark.path);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is filled here, not an array
  pen.fill(outline, 'evenodd');
  pen.restore();
};

const drawText = (pen: Pen, mark: TextMark): void => {
  const { lines, size } = fitted(mark, rulerOf(pen));
  setFont(pen, size, mark.bold);
  pen.fillStyle = INKS[mark.ink];
  pen.textAlign = mark.align;
  const from = { left: 0, center: mark.width / 2, right: mark.width }[mark.align];
  for (const [index, line] of lines.entries()) {
    pen.fillText(line, mark.x + from, mark.y + index * size * LINE_HEIGHT);
  }
};

const rulerOf =
  (pen: Pen): Ruler =>
  (words, size, bold) => {
    setFont(pen, size, bold);
    return pen.measureText(words).width;
  };

const setFont = (pen: Pen, size: number, bold: boolean): void => {
  pen.font = `${bold ? 'bold ' : ''}${size}px ${FAMILIES}`;
  // Any spacing turns ligatures off: "fi" as one letter is hard to read, and a search in the PDF misses it.
  pen.letterSpacing = '0.01px';
};
