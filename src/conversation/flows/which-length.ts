import { sameLength } from '../length-said.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';

/**
 * "3", where the third choice is another number of payments: which of the two. What she wrote stands at its own place now, so that
 * the same number once more is what it says.
 */
export const whichLength = (turn: MemberTurn, written: string, placed: string): StepResult | undefined => {
  const { flow, offered } = turn.session;
  const [meant, other] = [Number(written), Number(placed)];
  const [one, two] = [sameLength(offered, meant), sameLength(offered, other)];
  if (!one || !two || !Number.isInteger(meant) || !Number.isInteger(other)) return undefined;
  const choices = [
    offer(two, say('loan-ask.length', { count: other })),
    offer('no', say('choice.cancel')),
  ].toSpliced(meant - 1, 0, offer(one, say('loan-ask.length', { count: meant })));
  return decide(turn, {
    flow,
    replies: [reply([say('loan-ask.which-length', { written: meant })], choices)],
  });
};
