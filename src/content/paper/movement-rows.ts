import type { Movement } from '../../conversation/payment-facts.ts';
import { type Say, say } from '../../conversation/say.ts';
import { money } from '../../domain/money.ts';
import { type Block, box, figure, type Mark, moved, rule, text } from './page.ts';
import type { Voice } from './voice.ts';

/** How many of her last movements stand in her passbook. */
const MOVEMENTS_SHOWN = 6;

const TITLE_HEIGHT = 50;
const ROW_HEIGHT_MAX = 96;
const DISC = 40;

/** Her last movements, newest first: a sign, what it was, when, and how much. */
export const movementRows = (
  movements: readonly Movement[],
  voice: Voice,
  room: { readonly width: number; readonly height: number },
): Block => {
  const title = text(voice.sentence(say('paper.movements')), {
    x: 0,
    y: 32,
    width: room.width,
    size: 34,
    bold: true,
  });
  if (movements.length === 0) {
    const none = { x: 0, y: 96, width: room.width, size: 34, ink: 'grey' as const };
    return { height: room.height, marks: [title, text(voice.sentence(say('paper.no-movements')), none)] };
  }
  const rowHeight = Math.min(ROW_HEIGHT_MAX, (room.height - TITLE_HEIGHT) / MOVEMENTS_SHOWN);
  const rows = movements
    .slice(0, MOVEMENTS_SHOWN)
    .flatMap((movement, index) =>
      moved(
        row(movement, voice, { width: room.width, height: rowHeight }),
        0,
        TITLE_HEIGHT + index * rowHeight,
      ),
    );
  return { height: room.height, marks: [title, ...rows] };
};

const row = (
  movement: Movement,
  voice: Voice,
  room: { readonly width: number; readonly height: number },
): Mark[] => {
  const middle = room.height / 2;
  const baseline = middle + 12;
  const { delta } = movement;
  const grows = delta.minor >= 0n;
  const amount = money(grows ? delta.minor : -delta.minor, delta.currency);
  const half = room.width / 2;
  const words = { x: DISC + 24, y: baseline, size: 34 };
  return [
    rule({ x: 0, y: 0, width: room.width, thick: 2 }),
    ...disc(grows, middle),
    text(voice.sentence(movementName(movement)), { ...words, width: half - DISC - 24 }),
    text(voice.shortDate(movement.on), { ...words, x: half, width: 190, size: 30, ink: 'grey' }),
    figure(`${grows ? '+' : '−'}${voice.digits(amount)}`, {
      ...words,
      x: half + 190,
      width: half - 190,
      size: 38,
      bold: true,
      align: 'right',
    }),
  ];
};

/** A full disc with a plus, or an empty one with a minus: told apart without colour and without reading. */
const disc = (grows: boolean, middle: number): Mark[] => {
  const ink = grows ? 'white' : 'accent';
  const arm = { fill: ink, radius: 2 } as const;
  const place = { x: 0, y: middle - DISC / 2, width: DISC, height: DISC, radius: DISC / 2 };
  return [
    grows
      ? box({ ...place, fill: 'accent' })
      : box({ ...place, fill: 'white', border: { ink: 'accent', width: 4 } }),
    box({ ...arm, x: DISC / 2 - 11, y: middle - 3, width: 22, height: 6 }),
    ...(grows ? [box({ ...arm, x: DISC / 2 - 3, y: middle - 11, width: 6, height: 22 })] : []),
  ];
};

/** What a movement was, in a word or two: "Ahorro", "Préstamo (corrección)". */
export const movementName = ({ account, delta, kind }: Movement): Say => {
  const name = nameOf({ account, kind }, delta.minor >= 0n);
  if (kind === 'opening') return say('paper.moved-opening', { what: [name] });
  return kind === 'reversal' ? say('paper.moved-correction', { what: [name] }) : name;
};

const nameOf = ({ account, kind }: Pick<Movement, 'account' | 'kind'>, grows: boolean): Say => {
  switch (account) {
    case 'savings':
      return say('paper.moved-savings');
    case 'savings-earned':
      return say(grows ? 'paper.moved-earned' : 'paper.moved-lost');
    case 'cover':
    case 'covered':
      return kind === 'write-off'
        ? say('paper.moved-forgiven')
        : say(`paper.moved-${account}${grows ? '' : '-back'}`);
    case 'turn':
      return say('paper.moved-turn');
    case 'payout':
      return say(kind === 'leaving' ? 'paper.moved-left' : 'paper.moved-payout');
    case 'loan':
      return say(grows ? 'paper.moved-loan' : 'paper.moved-repayment');
  }
};
