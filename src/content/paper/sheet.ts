import type { MemberFacts } from '../../conversation/member-facts.ts';
import { type Say, say } from '../../conversation/say.ts';
import { expectedOf } from '../../conversation/turn.ts';
import type { Due } from '../../domain/due.ts';
import { type Money, money } from '../../domain/money.ts';
import { A4, a4Pages } from './a4.ts';
import { CASH_COUNT_HEIGHT, cashCount } from './cash-count.ts';
import { comingMeeting, type GroupPaperFacts } from './facts.ts';
import { box, figure, type Mark, moved, type Page, rule, text } from './page.ts';
import { paginate } from './paginate.ts';
import { SHEET_HEAD_HEIGHT, sheetHead } from './sheet-head.ts';
import { type Column, headMarks, widthOf } from './table.ts';
import type { Voice } from './voice.ts';

const MARGIN = 28;
const INNER = A4.width - 2 * MARGIN;
const FOOTER_HEIGHT = 16;
const TABLE_HEAD_HEIGHT = 22;
/** High enough to write in by hand. */
const ROW_HEIGHT = 27;
const GAP = 16;
const TICK = 13;

type Cell =
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'tick' }
  | { readonly type: 'empty'; readonly expected: Money | undefined };
type Row = { readonly cells: readonly Cell[]; readonly bold: boolean };

/**
 * The sheet a group that writes on paper fills in at its next meeting: one row per member with what is expected of her
 * in small print, the count of the box, two signatures.
 */
export const sheetPages = (facts: GroupPaperFacts, voice: Voice): Page[] => {
  const room = A4.height - 2 * MARGIN - FOOTER_HEIGHT - SHEET_HEAD_HEIGHT - TABLE_HEAD_HEIGHT;
  const pages = paginate(rowsOf(facts), {
    first: room,
    more: room,
    row: ROW_HEIGHT,
    closing: ROW_HEIGHT + GAP + CASH_COUNT_HEIGHT,
  });
  const marks = pages.map((rows, index) =>
    pageMarks(facts, voice, { rows, isLast: index === pages.length - 1 }),
  );
  return a4Pages(marks, voice);
};

const NAME_WIDTH = 150;

type Part = readonly [Say, number, (due: Due) => Money];

/** What is given at a meeting, with its column. A tanda has neither savings nor loans. */
const partsOf = ({ group }: GroupPaperFacts): readonly Part[] => {
  const hasSocial = !group.rules.tanda || group.rules.socialWeekly.minor > 0n;
  return [
    ...(group.rules.tanda
      ? [[say('paper.column-tanda'), hasSocial ? 120 : 180, (due: Due) => due.turn] as const]
      : [
          [say('paper.column-savings'), 60, (due: Due) => due.savings] as const,
          [say('paper.column-repayment'), 60, (due: Due) => due.loan] as const,
        ]),
    [say('paper.column-fine'), 46, (due) => due.fine],
    ...(hasSocial ? [[say('paper.column-social'), 60, (due: Due) => due.social] as const] : []),
  ];
};

const columnsOf = (facts: GroupPaperFacts, voice: Voice): Column[] => {
  const titles: readonly (readonly [Say, number])[] = [
    [say('paper.column-number'), 26],
    [say('paper.column-name'), NAME_WIDTH],
    [say('paper.column-came'), 32],
    [say('paper.column-late'), 32],
    ...partsOf(facts).map(([title, width]) => [title, width] as const),
    [say('paper.column-signature'), 73],
  ];
  return titles.map(([said, width]) => ({ title: voice.sentence(said), width, kind: 'name' }));
};

const dueOf = (facts: GroupPaperFacts, member: MemberFacts): Due =>
  expectedOf(member, facts.group, comingMeeting(facts).date);

const rowsOf = (facts: GroupPaperFacts): Row[] =>
  facts.members.map((member) => {
    const due = dueOf(facts, member);
    return {
      bold: false,
      cells: [
        { type: 'words', words: String(member.number) },
        { type: 'words', words: member.name },
        { type: 'tick' },
        { type: 'tick' },
        ...partsOf(facts).map(([, , of]) => empty(of(due))),
        { type: 'empty', expected: undefined },
      ],
    };
  });

const empty = (expected: Money): Cell => ({
  type: 'empty',
  expected: expected.minor === 0n ? undefined : expected,
});

const totalRow = (facts: GroupPaperFacts, voice: Voice): Row => {
  const dues = facts.members.map((member) => dueOf(facts, member));
  const total = (of: (due: Due) => Money): Cell =>
    empty(
      money(
        dues.reduce((sum, due) => sum + of(due).minor, 0n),
        facts.group.currency,
      ),
    );
  const none: Cell = { type: 'empty', expected: undefined };
  return {
    bold: true,
    cells: [
      { type: 'words', words: '' },
      { type: 'words', words: voice.sentence(say('paper.total')) },
      none,
      none,
      ...partsOf(facts).map(([, , of]) => total(of)),
      none,
    ],
  };
};

const pageMarks = (
  facts: GroupPaperFacts,
  voice: Voice,
  page: { readonly rows: readonly Row[]; readonly isLast: boolean },
): Mark[] => {
  const columns = columnsOf(facts, voice);
  const top = SHEET_HEAD_HEIGHT + TABLE_HEAD_HEIGHT;
  const rows = page.isLast ? [...page.rows, totalRow(facts, voice)] : page.rows;
  const bottom = top + rows.length * ROW_HEIGHT;
  const marks = [
    ...sheetHead(facts, voice, INNER),
    ...headMarks(columns, { y: SHEET_HEAD_HEIGHT, height: TABLE_HEAD_HEIGHT, size: 9.5 }),
    ...rows.flatMap((row, index) => rowOf(row, voice, { columns, y: top + index * ROW_HEIGHT })),
    ...(page.isLast ? moved(cashCount(facts, voice, widthOf(columns)), 0, bottom + GAP) : []),
  ];
  return moved(marks, MARGIN, MARGIN);
};

const rowOf = (
  row: Row,
  voice: Voice,
  at: { readonly columns: readonly Column[]; readonly y: number },
): Mark[] => {
  let x = 0;
  const cells = at.columns.flatMap(({ width }, index) => {
    const cell = row.cells[index];
    const place = { x, y: at.y, width };
    x += width;
    return [
      box({ ...place, height: ROW_HEIGHT, border: { ink: 'black', width: 0.6 } }),
      ...(cell ? cellMarks(cell, voice, { ...place, bold: row.bold }) : []),
    ];
  });
  return row.bold ? [...cells, rule({ x: 0, y: at.y, width: x, thick: 1.2, ink: 'black' })] : cells;
};

const cellMarks = (
  cell: Cell,
  voice: Voice,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly bold: boolean },
): Mark[] => {
  switch (cell.type) {
    case 'words':
      return [text(cell.words, { x: at.x + 5, y: at.y + 18, width: at.width - 8, size: 11, bold: at.bold })];
    case 'tick':
      return [
        box({
          x: at.x + (at.width - TICK) / 2,
          y: at.y + (ROW_HEIGHT - TICK) / 2,
          width: TICK,
          height: TICK,
          radius: 2,
          border: { ink: 'black', width: 1 },
        }),
      ];
    case 'empty':
      return cell.expected
        ? [
            figure(voice.digits(cell.expected), {
              x: at.x + 4,
              y: at.y + ROW_HEIGHT - 4,
              width: at.width - 8,
              size: 8,
              ink: 'grey',
              bold: at.bold,
            }),
          ]
        : [];
  }
};
