import { say } from '../../conversation/say.ts';
import type { Money } from '../../domain/money.ts';
import { boxName } from './box-name.ts';
import { comingMeeting, type ReportFacts, today } from './facts.ts';
import { type Block, box, figure, type Mark, text } from './page.ts';
import type { Voice } from './voice.ts';

const PAD = 12;
const GAP = 12;
const RADIUS = 8;
const EXPENSE_TOP = 18;
const EXPENSE_HEIGHT = 16;
const BORDER = { ink: 'black', width: 1 } as const;

/** Which group, how many, and when. */
export const reportHead = (facts: ReportFacts, voice: Voice, width: number): Block => {
  const line = { x: 0, width };
  const half = { y: 14, width: width / 2, size: 11, ink: 'grey' as const };
  const meeting = { date: comingMeeting(facts).date, time: facts.group.meeting.time };
  const place = facts.group.meetingPlace;
  return {
    height: 86,
    marks: [
      text(voice.sentence(say('paper.report-title')), { ...half, x: 0 }),
      figure(voice.fullDate(today(facts)), { ...half, x: width / 2, align: 'right' }),
      text(facts.group.name, { ...line, y: 46, size: 26, bold: true }),
      text(voice.sentence(say('paper.members', { count: facts.members.length })), {
        ...line,
        y: 64,
        size: 11,
      }),
      text(voice.sentence(place ? say('meeting.at', { ...meeting, place }) : say('meeting.on', meeting)), {
        ...line,
        y: 81,
        size: 11,
      }),
    ],
  };
};

/** What all have saved and what is still to come, in digits and words; below, what lies in each box and what it was spent on. */
export const reportTotals = (
  facts: ReportFacts,
  voice: Voice,
  totals: { readonly saved: Money; readonly left: Money; readonly width: number },
): Block[] => {
  const half = (totals.width - GAP) / 2;
  const isTanda = facts.group.rules.tanda !== undefined;
  const saved = {
    title: voice.sentence(say(isTanda ? 'paper.given-by-all' : 'paper.saved-by-all')),
    amount: totals.saved,
  };
  const left = {
    title: voice.sentence(say(isTanda ? 'paper.missed-by-all' : 'paper.lent')),
    amount: totals.left,
  };
  return [
    {
      height: 84,
      marks: [
        ...totalCard(saved, voice, { x: 0, width: half }),
        ...totalCard(left, voice, { x: half + GAP, width: half }),
      ],
    },
    boxesBlock(facts, voice, totals.width),
    ...(facts.expenses.length > 0 ? [expensesBlock(facts, voice, totals.width)] : []),
  ];
};

type Labelled = { readonly title: string; readonly amount: Money };
type Span = { readonly x: number; readonly width: number };

const totalCard = ({ title, amount }: Labelled, voice: Voice, { x, width }: Span): Mark[] => {
  const line = { x: x + PAD, width: width - 2 * PAD };
  return [
    box({ x, y: 0, width, height: 84, radius: RADIUS, border: BORDER }),
    text(title, { ...line, y: 19, size: 11, ink: 'grey' }),
    figure(voice.digits(amount), { ...line, y: 44, size: 23, bold: true }),
    figure(voice.words(amount), { ...line, y: 60, size: 10, linesMax: 2 }),
  ];
};

const boxesBlock = ({ boxes, group }: ReportFacts, voice: Voice, width: number): Block => {
  if (boxes.length === 0) return { height: 0, marks: [] };
  const each = (width - GAP * (boxes.length - 1)) / boxes.length;
  return {
    height: 52,
    marks: boxes.flatMap(({ pot, cash }, index) => {
      const x = index * (each + GAP);
      const line = { x: x + PAD, width: each - 2 * PAD };
      return [
        box({ x, y: 0, width: each, height: 52, radius: RADIUS, border: { ink: 'rule', width: 1 } }),
        text(voice.sentence(boxName(pot, group.rules.product)), { ...line, y: 19, size: 11, ink: 'grey' }),
        figure(voice.digits(cash), { ...line, y: 40, size: 16, bold: true }),
      ];
    }),
  };
};

/** What left the group's box for good, and for what. */
const expensesBlock = ({ expenses }: ReportFacts, voice: Voice, width: number): Block => ({
  height: EXPENSE_TOP + expenses.length * EXPENSE_HEIGHT,
  marks: [
    text(voice.sentence(say('paper.expenses')), { x: 0, y: 14, width, size: 11, ink: 'grey' }),
    ...expenses.map(({ on, amount, words }, index) =>
      text(
        voice.sentence(
          words === undefined
            ? say('paper.expense', { date: on, amount })
            : say('paper.expense-for', { date: on, amount, words }),
        ),
        { x: 0, y: EXPENSE_TOP + (index + 1) * EXPENSE_HEIGHT - 4, width, size: 11, fit: 'shrink' },
      ),
    ),
  ],
});
