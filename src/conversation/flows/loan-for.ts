import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { beginLoan } from './loan-ask.ts';
import { memberNamedIn } from './loan-plan.ts';
import { herself } from './loan-whom.ts';
import { oneIn } from './out-plan.ts';
import { namedIn } from './roll.ts';

// An officer asks for a member who has no telephone: half of a group may have none, and the meeting runs on one.

/** "Pedir préstamo para una socia", at the meeting: who, and perhaps how much. */
export const askForWhom = (turn: OfficerTurn, before: readonly Say[] = []): StepResult =>
  decide(turn, {
    flow: { type: 'loan-who' },
    replies: [reply([...before, say('loan-for.who')], [offer('no', say('choice.cancel'))])],
  });

/** "Petra 600", or "Petra". */
export const forWhomAnswer = (turn: OfficerTurn): StepResult | undefined => {
  if (turn.session.flow.type !== 'loan-who' || turn.input.type !== 'words') return undefined;
  const { text } = turn.input;
  const said = oneIn(turn, text);
  if (said?.member) return begin(turn, said.member, said.asked.minor);
  const { members, unclear } = namedIn(turn, text);
  const [member, ...more] = members;
  return member && more.length + unclear.length === 0
    ? begin(turn, member)
    : askForWhom(turn, [say('loan-for.again')]);
};

/** "préstamo para Petra de 600": where nobody else is named it is her own, or she is asked who it is for. */
export const loanForSaid = (turn: OfficerTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { text, meaning } = turn.input;
  const member = memberNamedIn(turn, text);
  if (!member) return meaning.intent === 'loan.disburse' ? askForWhom(turn) : undefined;
  return begin(turn, member, meaning.clarify ? undefined : meaning.amountMinor);
};

const begin = (
  turn: OfficerTurn,
  member: OfficerTurn['speaker']['company']['desk']['roster'][number],
  amountMinor?: bigint,
): StepResult =>
  beginLoan(
    turn,
    member.id === turn.speaker.me.id ? herself(turn) : { who: member, isHers: false },
    amountMinor,
  );
