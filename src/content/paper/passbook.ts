import type { Movement } from '../../conversation/payment-facts.ts';
import { say } from '../../conversation/say.ts';
import { firstName } from '../../domain/group.ts';
import { type PassbookFacts, repaid, today } from './facts.ts';
import { movementRows } from './movement-rows.ts';
import { type Block, box, figure, type Mark, type Page, stacked, text } from './page.ts';
import { loanCard, nextCard, savingsCard, tandaCard, turnCard } from './passbook-cards.ts';
import { inTanda } from './tanda.ts';
import type { Voice } from './voice.ts';

/** The width in the page's own units; a picture of it is as many pixels wide. */
export const PASSBOOK_WIDTH = 1080;

const MARGIN = 52;
const INNER = PASSBOOK_WIDTH - 2 * MARGIN;
const GAP = 22;
const HEADER_HEIGHT = 138;
const FOOTER_HEIGHT = 40;
const BADGE = 132;
const COVER_HEIGHT = 40;

/**
 * A member's passbook on one page: who she is, what she has saved, what she still owes and pays next, and what was
 * booked last. Nothing on it says "debt".
 *
 * @param height of the page; what is left over gives the last movements more room
 */
export const passbookPage = (facts: PassbookFacts, voice: Voice, height: number): Page => {
  const tanda = inTanda(facts, facts.me);
  const top = [
    header(facts, voice),
    tanda ? tandaCard(tanda, voice, INNER) : savingsCard(facts, voice, INNER),
    cards(facts, voice),
    ...covers(facts, voice),
  ];
  const used = top.reduce((sum, block) => sum + block.height + GAP, MARGIN);
  const rows = movementRows(facts.movements, voice, {
    width: INNER,
    height: height - used - FOOTER_HEIGHT - MARGIN - GAP,
  });
  return {
    width: PASSBOOK_WIDTH,
    height,
    marks: [
      ...stacked([...top, rows], { x: MARGIN, y: MARGIN, gap: GAP }),
      ...stacked([footer(facts, voice)], { x: MARGIN, y: height - MARGIN - FOOTER_HEIGHT, gap: 0 }),
    ],
  };
};

const header = (facts: PassbookFacts, voice: Voice): Block => {
  const right = { x: BADGE + 32, width: INNER - BADGE - 32 };
  return {
    height: HEADER_HEIGHT,
    marks: [
      box({ x: 0, y: 0, width: BADGE, height: BADGE, radius: BADGE / 2, fill: 'accent' }),
      figure(String(facts.me.number), {
        x: 16,
        y: 90,
        width: BADGE - 32,
        size: 68,
        bold: true,
        ink: 'white',
        align: 'center',
      }),
      text(voice.sentence(say('paper.passbook-title')), { ...right, y: 28, size: 32, ink: 'grey' }),
      text(firstName(facts.me.name), { ...right, y: 90, size: 66, bold: true }),
      figure(voice.fullDate(today(facts)), { ...right, y: 132, size: 32, ink: 'grey' }),
    ],
  };
};

/** The next payment, beside her turn in a tanda, or the loan when there is one. */
const cards = (facts: PassbookFacts, voice: Voice): Block => {
  const width = (INNER - GAP) / 2;
  const tanda = inTanda(facts, facts.me);
  const loan = repaid(facts.me, today(facts));
  const left = tanda ? turnCard(tanda, voice, width) : loan && loanCard(loan, voice, width);
  if (!left) return nextCard(facts, voice, INNER);
  const right = nextCard(facts, voice, width);
  return {
    height: Math.max(left.height, right.height),
    marks: [...left.marks, ...stacked([right], { x: width + GAP, y: 0, gap: 0 })],
  };
};

/** What she is to give back to those who covered her, and they to her. */
const covers = ({ me }: PassbookFacts, voice: Voice): Block[] => {
  const lines = [
    ...(me.coverOwed.minor > 0n ? [say('paper.cover-owed', { owed: me.coverOwed })] : []),
    ...(me.coverDue.minor > 0n ? [say('paper.cover-due', { owed: me.coverDue })] : []),
  ];
  return lines.map((line) => ({
    height: COVER_HEIGHT,
    marks: [figure(voice.sentence(line), { x: 0, y: 32, width: INNER, size: 34 })],
  }));
};

const footer = (facts: PassbookFacts, voice: Voice): Block => {
  const half = { y: FOOTER_HEIGHT - 8, width: INNER / 2 - GAP / 2, size: 30, ink: 'grey' as const };
  const last = lastReceipt(facts.movements);
  const receipt: Mark[] =
    last === undefined
      ? []
      : [figure(voice.sentence(say('paper.last-receipt', { receipt: last })), { ...half, x: 0, bold: true })];
  const group: Mark[] = facts.discreet
    ? []
    : [text(facts.group.name, { ...half, x: INNER / 2 + GAP / 2, align: 'right' })];
  return { height: FOOTER_HEIGHT, marks: [...receipt, ...group] };
};

const lastReceipt = (movements: readonly Movement[]): bigint | undefined =>
  movements.reduce<bigint | undefined>(
    (last, { seq }) => (last === undefined || seq > last ? seq : last),
    undefined,
  );
