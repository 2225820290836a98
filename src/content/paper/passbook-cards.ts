import { type Say, say } from '../../conversation/say.ts';
import { expectedOf } from '../../conversation/turn.ts';
import type { Money } from '../../domain/money.ts';
import { bar } from './bar.ts';
import { comingMeeting, missing, type PassbookFacts, permilleOf } from './facts.ts';
import { type Block, box, figure, type Mark, sign, text } from './page.ts';
import { BANKNOTE, CALENDAR, COINS, STAR } from './signs.ts';
import type { InTanda } from './tanda.ts';
import type { Voice } from './voice.ts';

const RADIUS = 32;
const PAD = 40;
const SIGN = 52;
const SAVINGS_HEIGHT = 276;
const PROGRESS_HEIGHT = 100;
const CARD_HEIGHT = 280;
const CARD_PAD = 32;

/** What she has saved, as large as the page allows, with a bar on the way to her goal when she has one. */
export const savingsCard = ({ me: { saved }, goal }: PassbookFacts, voice: Voice, width: number): Block => {
  const left = goal && missing(goal, saved);
  return amountCard({ title: say('paper.savings'), amount: saved }, voice, {
    width,
    progress: goal && {
      permille: permilleOf(saved, goal),
      left: say('paper.goal', { goal }),
      right: left ? say('paper.goal-left', { left }) : say('paper.goal-reached'),
    },
  });
};

/** What she has given to her tanda, and for how many of its rounds. */
export const tandaCard = ({ given, missed, rounds, all }: InTanda, voice: Voice, width: number): Block =>
  amountCard({ title: say('menu.tanda'), amount: given }, voice, {
    width,
    progress: {
      permille: (BigInt(rounds) * 1000n) / BigInt(all),
      left: say('paper.tanda-rounds', { rounds, all }),
      right: missed.minor > 0n ? say('paper.tanda-missed', { missed }) : undefined,
    },
  });

type Progress = { readonly permille: bigint; readonly left: Say; readonly right: Say | undefined };

const amountCard = (
  { title, amount }: { readonly title: Say; readonly amount: Money },
  voice: Voice,
  { width, progress }: { readonly width: number; readonly progress: Progress | undefined },
): Block => {
  const line = { x: PAD, width: width - 2 * PAD, ink: 'white' as const };
  const height = SAVINGS_HEIGHT + (progress ? PROGRESS_HEIGHT : 0);
  return {
    height,
    marks: [
      box({ x: 0, y: 0, width, height, radius: RADIUS, fill: 'accent' }),
      sign(COINS, { x: PAD, y: 32, size: SIGN, ink: 'white' }),
      text(voice.sentence(title), {
        ...line,
        x: PAD + SIGN + 20,
        width: line.width - SIGN - 20,
        y: 72,
        size: 40,
      }),
      figure(voice.digits(amount), { ...line, y: 182, size: 108, bold: true }),
      figure(voice.words(amount), { ...line, y: 236, size: 34 }),
      ...(progress ? progressMarks(progress, voice, line) : []),
    ],
  };
};

const progressMarks = (
  { permille, left, right }: Progress,
  voice: Voice,
  line: { readonly x: number; readonly width: number; readonly ink: 'white' },
): Mark[] => {
  const half = { ...line, y: SAVINGS_HEIGHT + 64, width: line.width / 2 - 12, size: 32 };
  return [
    ...bar(permille, {
      x: line.x,
      y: SAVINGS_HEIGHT - 10,
      width: line.width,
      height: 30,
      ink: 'white',
      track: 'veil',
    }),
    figure(voice.sentence(left), half),
    ...(right
      ? [
          figure(voice.sentence(right), {
            ...half,
            x: line.x + line.width / 2 + 12,
            align: 'right',
            bold: true,
          }),
        ]
      : []),
  ];
};

/** What is left of her loan, and how much of it is behind her. */
export const loanCard = (
  loan: { readonly left: Money; readonly paid: Money; readonly whole: Money },
  voice: Voice,
  width: number,
): Block => {
  const line = { x: CARD_PAD, width: width - 2 * CARD_PAD };
  return card({ width, path: BANKNOTE, title: voice.sentence(say('paper.loan')) }, [
    figure(voice.digits(loan.left), { ...line, y: 138, size: 64, bold: true }),
    ...bar(permilleOf(loan.paid, loan.whole), {
      ...line,
      y: 170,
      height: 28,
      ink: 'accent',
      track: 'track',
    }),
    figure(voice.sentence(say('paper.loan-paid', { paid: loan.paid, whole: loan.whole })), {
      ...line,
      y: 240,
      size: 29,
      ink: 'grey',
    }),
  ]);
};

/** When she receives, or that she has. */
export const turnCard = ({ turn }: InTanda, voice: Voice, width: number): Block => {
  const line = { x: CARD_PAD, width: width - 2 * CARD_PAD };
  const head = { width, path: STAR, title: voice.sentence(say('paper.turn')) };
  if (!turn)
    return card(head, [
      text(voice.sentence(say('paper.turn-none')), { ...line, y: 138, size: 40, bold: true }),
    ]);
  return card(head, [
    figure(voice.sentence(say('paper.turn-round', { round: turn.round })), {
      ...line,
      y: 138,
      size: 64,
      bold: true,
    }),
    text(voice.sentence(turn.on ? say('paper.date', { date: turn.on }) : say('paper.turn-received')), {
      ...line,
      y: 218,
      size: 30,
      bold: true,
    }),
  ]);
};

/** What she gives next, in digits and words, and when. */
export const nextCard = (facts: PassbookFacts, voice: Voice, width: number): Block => {
  const { date } = comingMeeting(facts);
  const { total } = expectedOf(facts.me, facts.group, date);
  const line = { x: CARD_PAD, width: width - 2 * CARD_PAD };
  return card({ width, path: CALENDAR, title: voice.sentence(say('paper.next')) }, [
    ...(total.minor === 0n
      ? [figure(voice.sentence(say('paper.nothing-due')), { ...line, y: 138, size: 50, bold: true })]
      : [
          figure(voice.digits(total), { ...line, y: 138, size: 64, bold: true }),
          figure(voice.words(total), { ...line, y: 176, size: 27, ink: 'grey' }),
        ]),
    figure(voice.sentence(say('paper.date', { date })), { ...line, y: 218, size: 30, bold: true }),
    figure(voice.sentence(say('paper.time', { time: facts.group.meeting.time })), {
      ...line,
      y: 254,
      size: 30,
    }),
  ]);
};

const card = (
  head: { readonly width: number; readonly path: string; readonly title: string },
  marks: readonly Mark[],
): Block => ({
  height: CARD_HEIGHT,
  marks: [
    box({ x: 0, y: 0, width: head.width, height: CARD_HEIGHT, radius: RADIUS, fill: 'tint' }),
    sign(head.path, { x: CARD_PAD, y: 30, size: 40, ink: 'accent' }),
    figure(head.title, { x: CARD_PAD + 58, y: 62, width: head.width - 2 * CARD_PAD - 58, size: 34 }),
    ...marks,
  ],
});
