import type { MemberFacts } from '../../conversation/member-facts.ts';
import { say } from '../../conversation/say.ts';
import { type Money, money } from '../../domain/money.ts';
import { A4, a4Pages } from './a4.ts';
import { loanLeft, type ReportFacts, today } from './facts.ts';
import { type Mark, moved, type Page, rule, stacked, text } from './page.ts';
import { paginate } from './paginate.ts';
import { reportHead, reportTotals } from './report-head.ts';
import { type Column, headMarks, rowMarks, widthOf } from './table.ts';
import { inTanda } from './tanda.ts';
import type { Voice } from './voice.ts';

const MARGIN = 42;
const INNER = A4.width - 2 * MARGIN;
const GAP = 14;
const ROW_HEIGHT = 18;
const TABLE_HEAD_HEIGHT = 24;
const CLOSING_HEIGHT = 62;
const ROW_SIZE = 11;
const TURN_WIDTH = 60;

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

/** What she saved and has to pay back; in a tanda, what she gave and missed of the rounds that are over. */
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
  return { saved: total((m) => amountsOf(facts, m).saved), left: total((m) => amountsOf(facts, m).left) };
};

const amountsOf = (facts: ReportFacts, member: MemberFacts): Totals => {
  const tanda = inTanda(facts, member);
  return tanda
    ? { saved: tanda.given, left: tanda.missed }
    : { saved: member.saved, left: loanLeft(member, today(facts)) };
};

const rowsOf = (facts: ReportFacts, voice: Voice): string[][] =>
  facts.members.map((member) => {
    const { saved, left } = amountsOf(facts, member);
    return [
      String(member.number),
      member.name,
      ...turnCells(facts, String(inTanda(facts, member)?.turn?.round ?? '–')),
      voice.digits(saved),
      left.minor === 0n ? '–' : voice.digits(left),
    ];
  });

/** A tanda has one column more. */
const turnCells = <Cell>({ group }: ReportFacts, cell: Cell): Cell[] => (group.rules.tanda ? [cell] : []);

const columnsOf = (facts: ReportFacts, voice: Voice): Column[] => [
  { title: voice.sentence(say('paper.column-number')), width: 40, kind: 'name' },
  {
    title: voice.sentence(say('paper.column-name')),
    width: INNER - 40 - turnCells(facts, TURN_WIDTH).reduce((sum, width) => sum + width, 0) - 2 * 126,
    kind: 'name',
  },
  ...turnCells(facts, {
    title: voice.sentence(say('paper.column-turn')),
    width: TURN_WIDTH,
    kind: 'amount' as const,
  }),
  {
    title: voice.sentence(say(facts.group.rules.tanda ? 'paper.column-given' : 'paper.column-savings')),
    width: 126,
    kind: 'amount',
  },
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
  const columns = columnsOf(facts, voice);
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
  const cells = [
    '',
    voice.sentence(say('paper.total')),
    ...turnCells(facts, ''),
    voice.digits(saved),
    voice.digits(left),
  ];
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
