import type { OwnDanger } from '../danger-facts.ts';
import type { StepResult } from '../outcome.ts';
import { type MemberTurn, needs } from '../turn.ts';

/** A turn of a member who knows who there is for her, and what she asked of them. */
export type DangerTurn = MemberTurn & { readonly danger: OwnDanger };

/** Looks it up where it is not known yet. */
export const withDanger = <Result extends StepResult | undefined>(
  turn: MemberTurn,
  then: (turn: DangerTurn) => Result,
): Result | StepResult => {
  const { danger } = turn.speaker.extra;
  return danger ? then({ ...turn, danger }) : needs({ type: 'own-danger' });
};
