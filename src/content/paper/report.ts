import type { MemberFacts } from '../../conversation/member-facts.ts';
import { say } from '../../conversation/say.ts';
import { type Money, money } from '../../domain/money.ts';
import { A4, a4Pages } from './a4.ts';
import { loanLeft, type ReportFacts, today } from './facts.ts';
import { type Mark, moved, type Page, rule, stacked, text } from './page.ts';
import { paginate } from './paginate.ts';
import { reportHead, reportTotals } from './report-head.ts';
import { type Column, headMarks, rowMarks, widthOf } from './table.ts';
import type { Voice } from './voice.ts';

const MARGIN = 42;
const INNER = A4.width - 2 * MARGIN;
const GAP = 14;
const ROW_HEIGHT = 18;
const TABLE_HEAD_HEIGHT = 24;
const CLOSING_HEIGHT = 62;
const ROW_SIZE = 11;

/** A group's report: its totals, its boxes, and every member with what she saved and still has to pay. Prints in black. */
export const reportPages = (facts: ReportFacts, voice: Voice): Page[] => {
  const head = headOf(facts, voice);
  const room = A4.height - 2 * MARGIN - TABLE_HEAD_HEIGHT;
  const pages = paginate(rowsOf(facts, voice), {
    first: room - head.height,
    more: room,
    row: ROW_HEIGHT,
    closing: CLOSING_HEIGHT,
  });
  const marks = pages.map((rows, index) =>
    pageMarks(facts, voice, {
      rows,
      head: index === 0 ? head : undefined,
      isLast: index === pages.length - 1,
    }),
  );
  return a4Pages(marks, voice);
};

/** The same on one page, which grows with the group: for a picture. */
export const reportPicturePage = (facts: ReportFacts, voice: Voice): Page => {
  const head = headOf(facts, voice);
  const rows = rowsOf(facts, voice);
  const height = 2 * MARGIN + head.height + TABLE_HEAD_HEIGHT + rows.length * ROW_HEIGHT + CLOSING_HEIGHT;
  return { width: A4.width, height, marks: pageMarks(facts, voice, { rows, head, isLast: true }) };
};

type Head = { readonly height: number; readonly marks: readonly Mark[] };

/** Amounts of one table, in the order of its columns after number and name. */
type Totals = { readonly saved: Money; readonly left: Money };

const headOf = (facts: ReportFacts, voice: Voice): Head => {
  const blocks = [
    reportHead(facts, voice, INNER),
    ...reportTotals(facts, voice, { ...totalsOf(facts), width: INNER }),
  ];
  return {
    height: blocks.reduce((sum, block) => sum + block.height + GAP, 0),
    marks: stacked(blocks, { x: 0, y: 0, gap: GAP }),
  };
};

const totalsOf = (facts: ReportFacts): Totals => {
  const total = (of: (member: MemberFacts) => Money): Money =>
    money(
      facts.members.reduce((sum, member) => sum + of(member).minor, 0n),
      facts.group.currency,
    );
  return { saved: total((m) => m.saved), left: total((m) => loanLeft(m, today(facts))) };
};

const rowsOf = (facts: ReportFacts, voice: Voice): string[][] =>
  facts.members.map((member) => {
    const left = loanLeft(member, today(facts));
    return [
      String(member.number),
      member.name,
      voice.digits(member.saved),
      left.minor === 0n ? '–' : voice.digits(left),
    ];
  });

const columnsOf = (voice: Voice): Column[] => [
  { title: voice.sentence(say('paper.column-number')), width: 40, kind: 'name' },
  { title: voice.sentence(say('paper.column-name')), width: INNER - 40 - 2 * 126, kind: 'name' },
  { title: voice.sentence(say('paper.column-savings')), width: 126, kind: 'amount' },
  { title: voice.sentence(say('paper.column-left')), width: 126, kind: 'amount' },
];

const pageMarks = (
  facts: ReportFacts,
  voice: Voice,
  page: {
    readonly rows: readonly (readonly string[])[];
    readonly head: Head | undefined;
    readonly isLast: boolean;
  },
): Mark[] => {
  const columns = columnsOf(voice);
  const top = (page.head?.height ?? 0) + TABLE_HEAD_HEIGHT;
  const bottom = top + page.rows.length * ROW_HEIGHT;
  const rows = page.rows.flatMap((cells, index) => {
    const y = top + index * ROW_HEIGHT;
    return [
      ...rowMarks(columns, cells, { y, height: ROW_HEIGHT, size: ROW_SIZE }),
      rule({ x: 0, y: y + ROW_HEIGHT, width: widthOf(columns), thick: 0.5 }),
    ];
  });
  const marks = [
    ...(page.head?.marks ?? []),
    ...headMarks(columns, { y: top - TABLE_HEAD_HEIGHT, height: TABLE_HEAD_HEIGHT, size: ROW_SIZE }),
    ...rows,
    ...(page.isLast ? closing(facts, voice, { columns, y: bottom }) : []),
  ];
  return moved(marks, MARGIN, MARGIN);
};

const closing = (
  facts: ReportFacts,
  voice: Voice,
  at: { readonly columns: readonly Column[]; readonly y: number },
): Mark[] => {
  const { saved, left } = totalsOf(facts);
  const cells = ['', voice.sentence(say('paper.total')), voice.digits(saved), voice.digits(left)];
  const line = { x: 0, width: INNER, thick: 1.2, ink: 'black' as const };
  return [
    rule({ ...line, y: at.y }),
    ...rowMarks(at.columns, cells, { y: at.y, height: 24, size: ROW_SIZE, bold: true }),
    rule({ ...line, y: at.y + 24 }),
    ...(facts.checkCode === undefined
      ? []
      : [
          text(voice.sentence(say('paper.check-code', { code: facts.checkCode })), {
            x: 6,
            y: at.y + 48,
            width: INNER - 12,
            size: 11,
            fit: 'shrink',
          }),
        ]),
  ];
};
