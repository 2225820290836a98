import { type Say, say } from '../../conversation/say.ts';
import { type Currency, type Money, money } from '../../domain/money.ts';
import { boxName } from './box-name.ts';
import type { GroupPaperFacts } from './facts.ts';
import { figure, type Mark, moved, rule, text } from './page.ts';
import type { Voice } from './voice.ts';

export const CASH_COUNT_HEIGHT = 232;

const LINE_HEIGHT = 21;
/** With a third box its lines still end above the signatures. */
const TIGHT_LINE_HEIGHT = 19;
const GAP = 18;
const SIZE = 10;
const PIECE_WIDTH = 70;

/**
 * What lies in a box, in minor units, largest first. The notes and coins in use: Banco de México (a 20-peso note and a
 * 20-peso coin go round together); United States Mint and Bureau of Engraving.
 */
const NOTES: Readonly<Record<Currency, readonly bigint[]>> = {
  MXN: [100_000n, 50_000n, 20_000n, 10_000n, 5_000n, 2_000n],
  USD: [10_000n, 5_000n, 2_000n, 1_000n, 500n, 100n],
};
const COINS: Readonly<Record<Currency, readonly bigint[]>> = {
  MXN: [2_000n, 1_000n, 500n, 200n, 100n, 50n],
  USD: [100n, 50n, 25n, 10n, 5n, 1n],
};

/** The count of the boxes, each apart: how many of each note and coin, what the book says, and who signs that it is so. */
export const cashCount = (facts: GroupPaperFacts, voice: Voice, width: number): Mark[] => {
  const { currency, rules } = facts.group;
  const boxes = facts.boxes.length;
  const third = (width - 2 * GAP) / 3;
  // Coins smaller than the group's unit are not in its box.
  const coins = COINS[currency].filter((minor) => minor >= rules.cashUnitMinor);
  const pieces = (title: string, minors: readonly bigint[]): Mark[] =>
    piecesMarks({ title, amounts: minors.map((minor) => money(minor, currency)), boxes }, voice, third);
  return [
    text(voice.sentence(say('paper.count-title')), { x: 0, y: 12, width, size: 13, bold: true }),
    ...moved(pieces(voice.sentence(say('paper.notes')), NOTES[currency]), 0, 22),
    ...moved(pieces(voice.sentence(say('paper.coins')), coins), third + GAP, 22),
    ...moved(balanceMarks(facts, voice, third), 2 * (third + GAP), 22),
    ...moved(signatures(voice, width), 0, CASH_COUNT_HEIGHT - 18),
  ];
};

const piecesMarks = (
  pieces: { readonly title: string; readonly amounts: readonly Money[]; readonly boxes: number },
  voice: Voice,
  width: number,
): Mark[] => [
  text(pieces.title, { x: 0, y: 12, width: PIECE_WIDTH, size: SIZE, bold: true }),
  ...columnNumbers(pieces.boxes, width),
  ...pieces.amounts.flatMap((amount, index) => {
    const y = 18 + (index + 1) * LINE_HEIGHT - 7;
    return [
      figure(`${voice.digits(amount)} ×`, { x: 0, y, width: PIECE_WIDTH - 4, size: SIZE, align: 'right' }),
      ...(pieces.boxes > 1
        ? columnsOf(pieces.boxes, width).map((at) => rule({ ...at, y: y + 2, ink: 'black', thick: 0.6 }))
        : [
            rule({ x: PIECE_WIDTH, y: y + 2, width: 30, ink: 'black', thick: 0.6 }),
            text('=', { x: 104, y, width: 10, size: SIZE }),
            rule({ x: 116, y: y + 2, width: width - 116, ink: 'black', thick: 0.6 }),
          ]),
    ];
  }),
];

/** Where the pieces of each box are written: boxes are never mixed, so each has its own place. */
const columnsOf = (boxes: number, width: number): { readonly x: number; readonly width: number }[] => {
  const each = (width - PIECE_WIDTH) / boxes;
  return Array.from({ length: boxes }, (_, n) => ({ x: PIECE_WIDTH + n * each, width: each - 6 }));
};

/** The number of each box over its place, as it stands before its name; none where there is one box. */
const columnNumbers = (boxes: number, width: number): Mark[] =>
  boxes > 1
    ? columnsOf(boxes, width).map((at, n) =>
        text(String(n + 1), { ...at, y: 12, size: SIZE, align: 'center' }),
      )
    : [];

type Line = { readonly label: string; readonly amount: string | undefined; readonly bold: boolean };

/** What was counted beside what the book says: a difference is seen at once. Of several boxes nothing is added up. */
const balanceLines = ({ boxes, group }: GroupPaperFacts, voice: Voice): Line[] => {
  const blank = (said: Say): Line => ({ label: voice.sentence(said), amount: undefined, bold: true });
  const isOne = boxes.length === 1;
  return boxes.flatMap(({ pot, cash }, n) => {
    const name = voice.sentence(boxName(pot, group.rules.product));
    return [
      { label: isOne ? name : `${n + 1}. ${name}`, amount: voice.digits(cash), bold: false },
      blank(say(isOne ? 'paper.counted' : 'paper.counted-box')),
      blank(say('paper.difference')),
    ];
  });
};

const balanceMarks = (facts: GroupPaperFacts, voice: Voice, width: number): Mark[] => {
  const lines = balanceLines(facts, voice);
  const height = facts.boxes.length > 2 ? TIGHT_LINE_HEIGHT : LINE_HEIGHT;
  const labelWidth = width * 0.56;
  return [
    figure(voice.sentence(say('paper.in-book')), { x: 0, y: 12, width, size: SIZE, bold: true }),
    ...lines.flatMap(({ label, amount, bold }, index): Mark[] => {
      const y = 18 + (index + 1) * height - 7;
      const right = { x: labelWidth + 4, width: width - labelWidth - 4 };
      return [
        figure(label, { x: 0, y, width: labelWidth, size: SIZE, bold }),
        amount === undefined
          ? rule({ ...right, y: y + 2, ink: 'black', thick: 0.6 })
          : figure(amount, { ...right, y, size: SIZE, bold, align: 'right' }),
      ];
    }),
  ];
};

/** Two who counted together and agree. */
const signatures = (voice: Voice, width: number): Mark[] => {
  const half = (width - 3 * GAP) / 2;
  return [say('paper.signature-leader'), say('paper.signature-treasurer')].flatMap((said, index) => {
    const x = index * (half + 3 * GAP);
    return [
      rule({ x, y: 0, width: half, ink: 'black' }),
      text(voice.sentence(said), { x, y: 14, width: half, size: SIZE, align: 'center' }),
    ];
  });
};
