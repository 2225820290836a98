// The papers as files: what a reader of PNG and PDF finds in them, with the font they are drawn with.

import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruler } from '../../src/app/paper/draw.ts';
import { createPapers } from '../../src/app/paper/papers.ts';
import { reportCsv } from '../../src/app/paper/report-csv.ts';
import { fitted } from '../../src/content/paper/fit.ts';
import type { Page, TextMark } from '../../src/content/paper/page.ts';
import { passbookPage } from '../../src/content/paper/passbook.ts';
import { reportPages, reportPicturePage } from '../../src/content/paper/report.ts';
import { sheetPages } from '../../src/content/paper/sheet.ts';
import type { Language } from '../../src/conversation/message.ts';
import { AMOUNT_MINOR_MAX, money } from '../../src/domain/money.ts';
import {
  content,
  group,
  loan,
  member,
  movement,
  passbook,
  report,
  textsOf,
  voice,
} from '../support/paper.ts';
import { readPdf } from '../support/pdf-text.ts';

const papers = createPapers(content);
const languages: readonly Language[] = ['es', 'en'];

const petra = passbook({
  me: member({ name: 'Ñandú Güemes', loans: [loan({ principal: 75_000n, interest: 12_000n })] }),
  goal: money(300_000n),
  movements: [
    movement(27n, '2026-11-17', { delta: money(5_000n) }),
    movement(27n, '2026-11-17', { delta: money(-14_500n), account: 'loan' }),
  ],
});
/** As large as a group and its amounts may be. */
const largest = report(30, () => AMOUNT_MINOR_MAX);

describe('pictures', () => {
  test.each(languages)(
    'the passbook is 1080 by 1440, in colour, with nothing in its margins (%s)',
    async (language) => {
      const seen = await pixelsOf(await papers.passbookPicture(petra, language));
      expect([seen.width, seen.height]).toEqual([1080, 1440]);
      expect(seen.count('#00594f')).toBeGreaterThan(200_000); // the card of her savings
      expect(seen.dark).toBeGreaterThan(20_000); // letters
      expect(seen.dark).toBeLessThan(0.2 * 1080 * 1440);
      expect(seen.inMargin(48)).toBe(0);
    },
  );

  test('the report of thirty members is one page, black on white, with nothing in its margins', async () => {
    const seen = await pixelsOf(await papers.reportPicture(largest, 'en'));
    const page = reportPicturePage(largest, voice('en'));
    expect([seen.width, seen.height]).toEqual([2 * page.width, 2 * page.height]);
    expect(seen.colourful).toBe(0);
    expect(seen.dark).toBeGreaterThan(20_000);
    expect(seen.inMargin(80)).toBe(0);
  });

  test('the same facts give the same bytes, other facts give others', async () => {
    const [one, same, other] = await Promise.all([
      papers.passbookPicture(petra, 'es'),
      papers.passbookPicture(petra, 'es'),
      papers.passbookPicture({ ...petra, me: { ...petra.me, saved: money(123_051n) } }, 'es'),
    ]);
    expect(Buffer.compare(one, same)).toBe(0);
    expect(Buffer.compare(one, other)).not.toBe(0);
  });
});

describe('PDFs', () => {
  test.each(languages)('the passbook is one page A5 whose words can be read back (%s)', async (language) => {
    const pdf = readPdf(await papers.passbookPdf(petra, language));
    expect(pdf.title).toBe({ es: 'Mi libreta', en: 'My passbook' }[language]);
    expect(pdf.pages.map(({ width, height }) => [width, height])).toEqual([[420, 595]]);
    const { texts } = pdf.pages[0]!;
    expect(texts).toEqual(
      expect.arrayContaining(
        {
          es: ['4', 'Ñandú', '$1,230.50', 'mil doscientos treinta pesos con cincuenta centavos', '−$145.00'],
          en: ['4', 'Ñandú', '$1,230.50 MXN', 'two hundred five pesos', '−$145.00 MXN'],
        }[language],
      ),
    );
  });

  test.each(languages)(
    'the report is A4, long names end with an ellipsis, amounts are whole (%s)',
    async (language) => {
      const { pages } = readPdf(await papers.reportPdf(largest, language));
      expect(pages.map(({ width, height }) => [width, height])).toEqual([
        [595, 842],
        [595, 842],
      ]);
      const texts = pages.flatMap((page) => page.texts);
      expect(texts.filter((words) => /^Maríadelosángelesguadalupe.*…$/.test(words))).toHaveLength(7);
      const amount = { es: '$1,000,000.00', en: '$1,000,000.00 MXN' }[language];
      expect(texts.filter((words) => words === amount)).toHaveLength(30);
    },
  );

  test('the sheet is A4 and asks for two signatures', async () => {
    const { pages, title } = readPdf(await papers.sheetPdf(largest, 'es'));
    expect(title).toBe('Hoja de la reunión');
    expect(pages.map(({ width, height }) => [width, height])).toEqual([
      [595, 842],
      [595, 842],
    ]);
    expect(pages[1]!.texts).toEqual(expect.arrayContaining(['Firma de la líder', 'Firma de la tesorera']));
  });

  test('names in other languages of Mexico are written, not left as boxes', async () => {
    const names = ['Xëëw', 'Ñähñu', 'Tzꞌunun', 'K’uhul', 'Łucja', 'Yʉʉky'];
    const members = names.map((name, index) => member({ number: index + 1, name }));
    const { pages } = readPdf(await papers.reportPdf({ ...largest, members }, 'es'));
    // A letter of the other font is drawn for itself.
    for (const name of names) expect(pages[0]!.texts.join('')).toContain(name);
  });
});

describe('on every page', () => {
  const measure = ruler();

  /** What a text covers: from the top of its capitals to the foot of its letters, as wide as it is drawn. */
  const covered = (mark: TextMark) => {
    const { lines, size } = fitted(mark, measure);
    const width = Math.max(0, ...lines.map((line) => measure(line, size, mark.bold)));
    const left =
      mark.x + { left: 0, center: (mark.width - width) / 2, right: mark.width - width }[mark.align];
    const bottom = mark.y + (lines.length - 1) * size * 1.2;
    return { words: mark.text, left, right: left + width, top: mark.y - size * 0.7, bottom };
  };

  const faultsOf = (page: Page): string[] => {
    const texts = textsOf(page).filter(({ text }) => text !== '');
    const boxes = texts.map(covered);
    const out = [
      ...boxes.filter((b) => b.left < 0 || b.right > page.width || b.top < 0 || b.bottom > page.height),
      ...page.marks
        .filter((mark) => mark.type === 'box')
        .filter((b) => b.x < 0 || b.y < 0 || b.x + b.width > page.width || b.y + b.height > page.height)
        .map((b) => ({ words: `a box at ${b.x}, ${b.y}` })),
    ];
    const over = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `"${a.words}" and "${b.words}" lie over each other`),
    );
    return [...out.map(({ words }) => `"${words}" leaves the page`), ...over];
  };

  test('nothing leaves the page and no words lie over others, whatever the names and amounts', () => {
    const amount = fc.bigInt({ min: 0n, max: AMOUNT_MINOR_MAX });
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.record({
          language: fc.constantFrom(...languages),
          name,
          place: fc.option(name, { nil: undefined }),
          saved: amount,
          goal: fc.option(fc.bigInt({ min: 1n, max: AMOUNT_MINOR_MAX }), { nil: undefined }),
          number: fc.integer({ min: 1, max: 999 }),
          owes: fc.boolean(),
          fined: amount,
          moved: fc.array(amount, { maxLength: 7 }),
          count: fc.integer({ min: 1, max: 40 }),
          discreet: fc.boolean(),
        }),
        (drawn) => {
          const speaks = voice(drawn.language);
          const me = member({
            name: drawn.name,
            number: drawn.number,
            saved: money(drawn.saved),
            fined: money(drawn.fined),
            loans: drawn.owes ? [loan({ principal: 0n, interest: 0n })] : [],
          });
          const own = group({ name: drawn.name, meetingPlace: drawn.place });
          const book = passbook({
            me,
            group: own,
            goal: drawn.goal === undefined ? undefined : money(drawn.goal),
            discreet: drawn.discreet,
            movements: drawn.moved.map((minor, n) =>
              movement(BigInt(99_999 - n), '2026-11-17', {
                delta: money(n % 2 ? -minor : minor),
                account: n % 3 ? 'loan' : 'savings',
                kind: n % 4 ? 'reversal' : 'opening',
              }),
            ),
          });
          const many = { ...report(drawn.count, () => drawn.saved), group: own };
          const facts = { ...many, members: [me, ...many.members] };
          const pages = [
            passbookPage(book, speaks, 1440),
            passbookPage(book, speaks, 1530),
            ...reportPages(facts, speaks),
            reportPicturePage(facts, speaks),
            ...sheetPages(facts, speaks),
          ];
          expect(pages.flatMap(faultsOf)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the table for staff', () => {
  test('has a line per member, in decimals, and no cell that a spreadsheet takes for a formula', () => {
    const members = [
      member({ number: 1, name: '=SUM(A1)', loans: [loan({ principal: 0n, interest: 0n })] }),
      member({ number: 2, name: 'Rosa "la Güera", de Tecate', role: 'leader', saved: money(5n) }),
    ];
    expect(reportCsv({ ...largest, group: group({ name: '+52' }), members })).toBe(
      [
        '\uFEFF"group","date","number","name","role","state","savings","loan_left"',
        `"'+52","2026-11-22","1","'=SUM(A1)","member","active","1230.50","2320.00"`,
        `"'+52","2026-11-22","2","Rosa ""la Güera"", de Tecate","leader","active","0.05","0.00"`,
        '',
      ].join('\r\n'),
    );
  });
});

/** What is seen on a picture, counted. */
const pixelsOf = async (png: Uint8Array) => {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const at = (index: number) => [data[4 * index]!, data[4 * index + 1]!, data[4 * index + 2]!] as const;
  const indices = [...Array(width * height).keys()];
  const hex = (index: number): string =>
    `#${at(index)
      .map((part) => part.toString(16).padStart(2, '0'))
      .join('')}`;
  const isInMargin = (index: number, margin: number): boolean => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return x < margin || y < margin || x >= width - margin || y >= height - margin;
  };
  return {
    width,
    height,
    count: (colour: string): number => indices.filter((index) => hex(index) === colour).length,
    dark: indices.filter((index) => Math.max(...at(index)) < 60).length,
    colourful: indices.filter((index) => Math.max(...at(index)) - Math.min(...at(index)) > 8).length,
    inMargin: (margin: number): number =>
      indices.filter((index) => isInMargin(index, margin) && Math.min(...at(index)) < 255).length,
  };
};
