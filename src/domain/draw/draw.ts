import { Temporal } from 'temporal-polyfill';
import type { Sha256 } from '../ledger/chain.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';
import { commitmentTo } from './order.ts';
import { type DiceRefusal, NO_WORD, type WordRefusal } from './words.ts';

/** What no member and no secret-keeper knows beforehand: a word from each member, dice in the meeting, or both. */
export type DrawBy = 'words' | 'dice' | 'words-and-dice';

/** The order of the turns of a tanda, or who is given the savings pot at the close. */
export type DrawPurpose = 'turns' | 'gift';

/** What is fixed, and published, before anybody gives a word. Numbers are the members' numbers on the roster. */
export type DrawPlan = {
  readonly purpose: DrawPurpose;
  readonly by: DrawBy;
  /** sha256 of the secret. */
  readonly commit: string;
  /** Who may give a word. Ascending, each once. */
  readonly members: readonly number[];
  /** One number for each lot, ascending; a member with two turns has two lots. */
  readonly lots: readonly number[];
  readonly wordsUntil: Temporal.Instant;
  readonly revealUntil: Temporal.Instant;
  /** The commitment of the void draw that this one comes after: a draw is never repeated without a trace. */
  readonly follows: string | undefined;
};

type Gathered = {
  readonly plan: DrawPlan;
  /** By the member's number; who gave none is absent. */
  readonly words: ReadonlyMap<number, string>;
  readonly dice: string | undefined;
};

export type CommittedDraw = Gathered & { readonly type: 'committed' };
/** Nothing more goes in; the words are published and the secret is due. */
export type ClosedDraw = Gathered & { readonly type: 'closed' };
export type RevealedDraw = Gathered & {
  readonly type: 'revealed';
  readonly secret: string;
  readonly order: readonly number[];
};
/** Has no order and never will. What was missing stays on record. */
export type VoidDraw = Gathered & { readonly type: 'void'; readonly missing: 'words' | 'secret' };

export type Draw = CommittedDraw | ClosedDraw | RevealedDraw | VoidDraw;

/** Why a step of a draw is not taken. */
export type DrawRefusal =
  | WordRefusal
  | DiceRefusal
  | { readonly type: 'draw_secret_weak' }
  | { readonly type: 'draw_too_few_lots' }
  | { readonly type: 'draw_open' }
  | { readonly type: 'draw_done' }
  | { readonly type: 'draw_secret_used' }
  | { readonly type: 'draw_not_in' }
  | { readonly type: 'draw_word_given' }
  | { readonly type: 'draw_words_closed' }
  | { readonly type: 'draw_words_open' }
  | { readonly type: 'draw_needs_words'; readonly min: number }
  | { readonly type: 'draw_needs_dice' }
  | { readonly type: 'draw_late' }
  | { readonly type: 'draw_secret_differs' };

/** With fewer, the one who keeps the secret knows too much of the outcome. */
export const WORDS_MIN = 2;
const LOTS_MAX = 200;

/** At least 128 random bits as lower-case hex: a short phrase can be found from its commitment by trying. */
const SECRET = /^[0-9a-f]{32,128}$/;

export const isStrongSecret = (secret: string): boolean => SECRET.test(secret);

/** The commitment to a secret. Refused: anything but 32 to 128 lower-case hex digits, which the caller draws at random. */
export const commitTo = (sha256: Sha256, secret: string): Result<string, DrawRefusal> =>
  isStrongSecret(secret) ? accept(commitmentTo(sha256, secret)) : refuse({ type: 'draw_secret_weak' });

/**
 * Begins a draw. After a void one it says which, and needs a new secret; after one that was revealed, or beside an open
 * one, it is refused.
 *
 * @param plan numbers in any order; they are sorted here. Throws when a lot belongs to nobody on the list, or when the
 *   secret is due before the words are in
 * @param earlier the last draw for the same thing, if there was one
 */
export const beginDraw = (
  plan: Omit<DrawPlan, 'follows'>,
  earlier: Draw | undefined,
): Result<CommittedDraw, DrawRefusal> => {
  const members = [...new Set(plan.members)].sort((a, b) => a - b);
  const lots = plan.lots.toSorted((a, b) => a - b);
  invariant(
    lots.length <= LOTS_MAX && lots.every((lot) => members.includes(lot)),
    'a lot belongs to a member',
  );
  invariant(isBefore(plan.wordsUntil, plan.revealUntil), 'the secret is due after the words');
  if (new Set(lots).size < 2) return refuse({ type: 'draw_too_few_lots' });
  if (earlier?.type === 'revealed') return refuse({ type: 'draw_done' });
  if (earlier && earlier.type !== 'void') return refuse({ type: 'draw_open' });
  if (earlier?.plan.commit === plan.commit) return refuse({ type: 'draw_secret_used' });
  const follows = earlier?.plan.commit;
  return accept({
    type: 'committed',
    plan: { ...plan, members, lots, follows },
    words: new Map(),
    dice: undefined,
  });
};

/** Every member's line, by her number: her word, or "-" when she gave none. None at all in a draw by dice alone. */
export const wordLines = (draw: Draw): { readonly number: number; readonly word: string }[] =>
  draw.plan.by === 'dice'
    ? []
    : draw.plan.members.map((number) => ({ number, word: draw.words.get(number) ?? NO_WORD }));

/** Whether `a` is earlier than `b`. */
export const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  Temporal.Instant.compare(a, b) < 0;
