import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../../domain/group.ts';
import { asId, type MoneyOutId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { isCapital, type OutRefusal } from '../../domain/money-out.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { lateDayOver } from './late-day.ts';
import { onWithMeeting } from './meeting.ts';
import { askOut } from './out-expense.ts';
import { type Asked, ofMeeting, outLine, outNeeds, planOut } from './out-plan.ts';
import { outRefusalText } from './out-refusal.ts';
import { outQuestion, witnessesOf } from './out-witness.ts';
import { dateOf } from './when.ts';

/** Says why the money cannot leave the box, and goes on with the meeting. */
export const refusedOut = (turn: OfficerTurn, refusal: OutRefusal, on?: Temporal.PlainDate): StepResult =>
  decide(turn, { replies: [reply([outRefusalText(refusal, on)], onWithMeeting(turn))] });

/** Why it will be refused; of a past meeting it asks for what decides it first. */
export const willBeRefused = (turn: OfficerTurn, of: Asked): StepResult | undefined => {
  const planned = planOut(turn, of);
  if (!planned) return outNeeds(of);
  return !planned.ok ? refusedOut(turn, planned.refusal, of.on) : undefined;
};

/** Reads back what is to leave the box, or was handed over at a past meeting: nothing is asked of anybody before her yes. */
export const readBack = (turn: OfficerTurn, of: Asked): StepResult => {
  if (of.member?.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('out.own')])] });
  const over = of.on && lateDayOver(turn, of.on);
  if (over) return over;
  const planned = planOut(turn, of);
  if (!planned) return outNeeds(of);
  if (!planned.ok && isCapital(of.kind)) return askOut(turn, of, [outRefusalText(planned.refusal, of.on)]);
  if (!planned.ok) return refusedOut(turn, planned.refusal, of.on);
  const id = asId<MoneyOutId>(turn.newId());
  return decide(turn, {
    flow: {
      type: 'out-confirm',
      kind: of.kind,
      memberId: of.member?.id,
      amount: planned.value.amount.minor.toString(),
      words: of.words,
      on: of.on?.toString(),
      outId: id,
    },
    replies: [
      reply(
        [...ofMeeting(of.on), outLine(of, planned.value), say('list.question')],
        [offer(`out:yes:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/**
 * Her yes. Who gets the money says that she has it; without a telephone, or for an expense, another officer says the same.
 * That somebody leaves with what the book owes her, another officer says before she is asked.
 */
export const proposeOut = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'out-confirm' || flow.outId !== id) return undefined;
  const { company, group, me } = turn.speaker;
  const member = company.desk.roster.find((one) => one.id === flow.memberId);
  const amount = money(BigInt(flow.amount), group.currency);
  const on = flow.on === undefined ? undefined : dateOf(flow.on);
  const asked = { kind: flow.kind, member, asked: amount, words: flow.words, on };
  const over = on && lateDayOver(turn, on);
  if (over) return over;
  const planned = planOut(turn, asked);
  if (!planned) return outNeeds(asked);
  if (!planned.ok) return refusedOut(turn, planned.refusal, on);
  if (planned.value.amount.minor !== amount.minor) return readBack(turn, asked);
  const said = { id: flow.outId, kind: flow.kind, amount, by: me.id, words: flow.words, heldOn: on };
  const out = { ...said, member, state: 'proposed' as const };
  const witnesses = witnessesOf(turn, out);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [{ type: 'money-out-proposed', out: { ...said, memberId: flow.memberId } }],
    notices: tell(witnesses, 'ask', outQuestion(turn, out, planned.value)),
    replies: [
      reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })], onWithMeeting(turn)),
    ],
  });
};
