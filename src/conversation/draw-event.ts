import type { DrawPlan } from '../domain/draw/draw.ts';
import type { CycleId, DrawId, MemberId } from '../domain/ids.ts';

/** What was decided about a draw by lots. */
export type DrawEvent =
  | { readonly type: 'draw-begun'; readonly draw: BegunDraw }
  | {
      readonly type: 'draw-word-given';
      readonly drawId: DrawId;
      readonly number: number;
      readonly word: string;
    }
  | { readonly type: 'draw-dice-thrown'; readonly drawId: DrawId; readonly dice: string }
  | { readonly type: 'draw-moved'; readonly step: DrawStep };

export type BegunDraw = {
  readonly id: DrawId;
  readonly cycleId: CycleId;
  readonly plan: DrawPlan;
  /** Sealed where it is kept; nobody reads it before the words are closed. */
  readonly secret: string;
  readonly begunBy: MemberId;
};

/** A step of a draw; it holds only if the draw has as many words as were counted when it was decided. */
export type DrawStep = { readonly id: DrawId; readonly words: number } & (
  | { readonly was: 'committed'; readonly state: 'closed' }
  | { readonly was: 'committed' | 'closed'; readonly state: 'void'; readonly missing: 'words' | 'secret' }
  | {
      readonly was: 'closed';
      readonly state: 'revealed';
      readonly secret: string;
      readonly order: readonly number[];
      readonly by: MemberId;
    }
);
