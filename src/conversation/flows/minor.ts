import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, type Turn } from '../turn.ts';
import { goesAgain } from './people.ts';
import { linesOf } from './reach.ts';
import { calledByNumber } from './right-asked.ts';

/** Only women of age are enrolled. Whoever says at the door that she is younger leaves nothing behind. */
export const minorAtTheDoor = (turn: Turn): StepResult =>
  decide(turn, { forget: true, replies: [reply([...refusal(), ...helpFor(turn)])] });

const refusal = (): Say[] => [say('minor.thanks'), say('minor.not-kept'), say('minor.adult')];

/** 911, and the lines that a person has called and confirmed, of everywhere: where she lives is not known. */
const helpFor = (turn: Turn): Say[] => [
  say('urgent.danger'),
  ...linesOf(turn, { state: undefined, municipality: undefined }),
];

/**
 * A member who says so is not put out by a machine: staff are told to talk with her group, without her words. Who only waits
 * for a leader's yes is forgotten at once.
 */
export const minorSays = (turn: MemberTurn): StepResult => {
  const { me, group, company } = turn.speaker;
  if (me.state === 'pending') return goesAgain(turn, [...refusal(), say('urgent.danger')]);
  return decide(turn, {
    notices: tell(company.staff, 'help', reply([say('minor.staff', calledByNumber(turn))])),
    replies: [reply([say('minor.member'), say('urgent.danger'), ...linesOf(turn, group.place)])],
  });
};
