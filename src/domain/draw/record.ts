import type { Sha256 } from '../ledger/chain.ts';
import {
  type DrawPurpose,
  isStrongSecret,
  type RevealedDraw,
  type VoidDraw,
  WORDS_MIN,
  wordLines,
} from './draw.ts';
import { commitmentTo, drawOrder, seedOf } from './order.ts';
import { isDice, isWord, NO_WORD } from './words.ts';

export const RECORD_FORMAT = 'comadre-draw/1';

/**
 * A draw as it is published: all that is needed to draw again, and no name, only numbers of the roster. What is null was
 * not there.
 */
export type DrawRecord = {
  readonly format: typeof RECORD_FORMAT;
  readonly purpose: DrawPurpose;
  readonly commit: string;
  /** The commitment of the void draw before it. */
  readonly follows: string | null;
  readonly lots: readonly number[];
  readonly words: readonly { readonly number: number; readonly word: string }[];
  readonly dice: string | null;
  /** Null in a void draw, as is `order`. */
  readonly secret: string | null;
  readonly order: readonly number[] | null;
};

/** What does not fit in a record. `void` is no mistake of the record: there is no order to check. */
export type RecordFault =
  | { readonly type: 'void' }
  | { readonly type: 'half' }
  | { readonly type: 'commit' }
  | { readonly type: 'secret' }
  | { readonly type: 'lots' }
  | { readonly type: 'words_order' }
  | { readonly type: 'word_form'; readonly numbers: readonly number[] }
  | { readonly type: 'words_missing'; readonly numbers: readonly number[] }
  | { readonly type: 'words_short'; readonly min: number }
  | { readonly type: 'dice' }
  | { readonly type: 'order'; readonly published: readonly number[] };

/** A draw that is over, for the group and whoever wants to check it. */
export const recordOf = (draw: RevealedDraw | VoidDraw): DrawRecord => ({
  format: RECORD_FORMAT,
  purpose: draw.plan.purpose,
  commit: draw.plan.commit,
  follows: draw.plan.follows ?? null,
  lots: draw.plan.lots,
  words: wordLines(draw),
  dice: draw.dice ?? null,
  secret: draw.type === 'revealed' ? draw.secret : null,
  order: draw.type === 'revealed' ? draw.order : null,
});

/** The order that follows from a record, whatever it says it is, and all that does not fit. No faults: it is correct. */
export const checkRecord = (
  sha256: Sha256,
  record: DrawRecord,
): { readonly order: readonly number[] | undefined; readonly faults: readonly RecordFault[] } => {
  const { secret, order: published } = record;
  if (secret === null || published === null) {
    return { order: undefined, faults: [{ type: secret === published ? 'void' : 'half' }] };
  }
  const lines = [...record.words.map(({ word }) => word), ...(record.dice === null ? [] : [record.dice])];
  const order = drawOrder(sha256, seedOf(sha256, secret, lines), record.lots);
  const faults: RecordFault[] = [
    ...(commitmentTo(sha256, secret) === record.commit ? [] : [{ type: 'commit' } as const]),
    ...(isStrongSecret(secret) ? [] : [{ type: 'secret' } as const]),
    ...lotFaults(record),
    ...wordFaults(record),
    ...(record.dice === null || isDice(record.dice) ? [] : [{ type: 'dice' } as const]),
    ...(sameNumbers(order, published) ? [] : [{ type: 'order', published } as const]),
  ];
  return { order, faults };
};

const lotFaults = ({ lots }: DrawRecord): RecordFault[] =>
  lots.every((lot, at) => at === 0 || (lots[at - 1] ?? lot) <= lot) ? [] : [{ type: 'lots' }];

const wordFaults = ({ words, lots, dice }: DrawRecord): RecordFault[] => {
  const numbers = words.map(({ number }) => number);
  const given = words.filter(({ word }) => word !== NO_WORD);
  const misshapen = words.filter(({ word }) => !isWord(word)).map(({ number }) => number);
  const silent = [...new Set(lots)].filter((lot) => !numbers.includes(lot));
  const byDiceAlone = words.length === 0 && dice !== null;
  const isAscending = numbers.every((number, at) => at === 0 || (numbers[at - 1] ?? number) < number);
  return [
    ...(isAscending ? [] : [{ type: 'words_order' } as const]),
    ...(misshapen.length === 0 ? [] : [{ type: 'word_form', numbers: misshapen } as const]),
    ...(byDiceAlone || silent.length === 0 ? [] : [{ type: 'words_missing', numbers: silent } as const]),
    ...(byDiceAlone || given.length >= WORDS_MIN ? [] : [{ type: 'words_short', min: WORDS_MIN } as const]),
  ];
};

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((number, at) => number === b[at]);
