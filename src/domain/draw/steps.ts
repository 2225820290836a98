import type { Temporal } from 'temporal-polyfill';
import type { Sha256 } from '../ledger/chain.ts';
import { accept, type Result, refuse } from '../result.ts';
import {
  type ClosedDraw,
  type CommittedDraw,
  type Draw,
  type DrawRefusal,
  isBefore,
  type RevealedDraw,
  WORDS_MIN,
  wordLines,
} from './draw.ts';
import { commitmentTo, drawOrder, seedOf } from './order.ts';
import { readDice, readWord } from './words.ts';

/** A member's word. Her first one stands: whoever could change hers last, knowing the others', would choose. */
export const giveWord = (
  draw: Draw,
  word: { readonly number: number; readonly text: string; readonly now: Temporal.Instant },
): Result<CommittedDraw, DrawRefusal> => {
  if (!isOpen(draw, word.now) || draw.plan.by === 'dice') return refuse({ type: 'draw_words_closed' });
  if (!draw.plan.members.includes(word.number)) return refuse({ type: 'draw_not_in' });
  if (draw.words.has(word.number)) return refuse({ type: 'draw_word_given' });
  const read = readWord(word.text);
  if (!read.ok) return read;
  return accept({ ...draw, words: new Map([...draw.words, [word.number, read.value]]) });
};

/** The dice thrown in the meeting, in the order they fell. The first throw stands. */
export const throwDice = (
  draw: Draw,
  dice: { readonly text: string; readonly now: Temporal.Instant },
): Result<CommittedDraw, DrawRefusal> => {
  if (!isOpen(draw, dice.now) || draw.plan.by === 'words' || draw.dice !== undefined) {
    return refuse({ type: 'draw_words_closed' });
  }
  const read = readDice(dice.text);
  return read.ok ? accept({ ...draw, dice: read.value }) : read;
};

/**
 * Closes the words: when their time is up, or before when everything that can be given has been. Somebody who may
 * close when she likes could stop at an outcome she likes.
 */
export const closeWords = (draw: Draw, now: Temporal.Instant): Result<ClosedDraw, DrawRefusal> => {
  if (draw.type !== 'committed') return refuse({ type: 'draw_words_closed' });
  const needed = stillNeeded(draw);
  if (needed) return refuse(needed);
  const everybody = draw.plan.by === 'dice' || draw.words.size === draw.plan.members.length;
  if (!everybody && isBefore(now, draw.plan.wordsUntil)) return refuse({ type: 'draw_words_open' });
  return accept({ ...draw, type: 'closed' });
};

/** Opens the secret and draws. Refused when it is late or is not the one that was committed to; then nothing changes. */
export const revealDraw = (
  sha256: Sha256,
  draw: Draw,
  reveal: { readonly secret: string; readonly now: Temporal.Instant },
): Result<RevealedDraw, DrawRefusal> => {
  if (draw.type === 'committed') return refuse({ type: 'draw_words_open' });
  if (draw.type === 'revealed') return refuse({ type: 'draw_done' });
  if (draw.type === 'void' || !isBefore(reveal.now, draw.plan.revealUntil))
    return refuse({ type: 'draw_late' });
  if (commitmentTo(sha256, reveal.secret) !== draw.plan.commit)
    return refuse({ type: 'draw_secret_differs' });
  const seed = seedOf(sha256, reveal.secret, linesOf(draw));
  return accept({
    ...draw,
    type: 'revealed',
    secret: reveal.secret,
    order: drawOrder(sha256, seed, draw.plan.lots),
  });
};

/** The draw as it stands at `now`: one whose secret was not revealed in time is void. Any other is unchanged. */
export const lapse = (draw: Draw, now: Temporal.Instant): Draw => {
  if (draw.type === 'revealed' || draw.type === 'void' || isBefore(now, draw.plan.revealUntil)) return draw;
  return { ...draw, type: 'void', missing: stillNeeded(draw) ? 'words' : 'secret' };
};

const linesOf = (draw: Draw): string[] => [
  ...wordLines(draw).map(({ word }) => word),
  ...(draw.dice === undefined ? [] : [draw.dice]),
];

const stillNeeded = (draw: Draw): DrawRefusal | undefined => {
  if (draw.plan.by !== 'dice' && draw.words.size < WORDS_MIN)
    return { type: 'draw_needs_words', min: WORDS_MIN };
  if (draw.plan.by !== 'words' && draw.dice === undefined) return { type: 'draw_needs_dice' };
  return undefined;
};

const isOpen = (draw: Draw, now: Temporal.Instant): draw is CommittedDraw =>
  draw.type === 'committed' && isBefore(now, draw.plan.wordsUntil);
