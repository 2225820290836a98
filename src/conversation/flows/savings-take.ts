import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, todayOf } from '../turn.ts';
import { askForLoan, meetingLine, mine } from './ask.ts';
import { officeOf } from './menu-anybodys.ts';
import { hersToTake, planOut } from './out-plan.ts';
import { outRefusalText } from './out-refusal.ts';

/**
 * "Quiero retirar 30": whether her group's rules let her, how much, and how it is done. It books nothing: money leaves the
 * box in the meeting, by an officer's word and hers.
 */
export const takeSavings = (turn: AskTurn): StepResult => {
  const { group } = turn.speaker;
  if (group.tanda) return answer(turn, [say('take.tanda')], [offer('turns', say('menu.turns'))]);
  if (group.rules.withdrawals !== 'any-meeting')
    return answer(turn, [say('rules.withdrawals-at-closing')], askForLoan(turn));
  const { lines, may } = whatSheMay(turn);
  return answer(turn, may ? [...lines, howTo(turn), meetingLine(turn)] : lines, may ? [] : askForLoan(turn));
};

/** "¿Qué pasa si me salgo?": what the rules give her who leaves, and how it is done. */
export const leaveGroup = (turn: AskTurn): StepResult => {
  const { tanda, rules } = turn.speaker.group;
  if (tanda) return answer(turn, [say('leave.tanda')], [offer('turns', say('menu.turns'))]);
  return answer(turn, [say(`rules.leaving-${rules.leaving}`), say('take.how')]);
};

const answer = (turn: AskTurn, lines: readonly Say[], offers: readonly Offer[] = []): StepResult =>
  decide(turn, { replies: [reply(lines, [...offers, mine(turn)])] });

const whatSheMay = (turn: AskTurn): { readonly lines: readonly Say[]; readonly may: boolean } => {
  const { me, group } = turn.speaker;
  const free = hersToTake(turn, me, todayOf(turn));
  if (free.minor === 0n) return { lines: [say('take.none')], may: false };
  const said = turn.input.type === 'words' && !turn.input.meaning.clarify && turn.input.meaning.amountMinor;
  if (!said) return { lines: [say('take.free', { free })], may: true };
  const asked = money(said, group.currency);
  if (asked.minor > free.minor) return { lines: [say('take.too-much', { asked, free })], may: true };
  const planned = planOut(turn, { kind: 'withdrawal', member: me, asked });
  return planned && !planned.ok
    ? { lines: [outRefusalText(planned.refusal)], may: true }
    : { lines: [say('take.asked', { asked })], may: true };
};

/** What is an officer's own is noted by another one. */
const howTo = (turn: AskTurn): Say => say(officeOf(turn) ? 'out.own' : 'take.how');
