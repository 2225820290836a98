import type { Temporal } from 'temporal-polyfill';
import { pastMeeting } from '../../domain/catch-up.ts';
import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { currentMeeting, decide, isPast, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { finedNotice, fineSet, type NewFine } from './fine-set.ts';
import { readList, readListText, startList } from './list.ts';
import { dayFacts, refusalOfDay } from './past-day.ts';
import { dateOf } from './when.ts';

/** "multa a Petra 10": whether she owes it from now on, or has just paid it, is asked and never guessed. */
export const askFine = (turn: OfficerTurn): StepResult => {
  const written = turn.input.type === 'words' ? turn.input.text : '';
  return askAbout(turn, written) ?? readList(turn) ?? startList(turn);
};

/** The same of a past meeting that may still be written down; undefined when it is no list of fines alone. */
export const askFineOf = (
  turn: OfficerTurn,
  written: string,
  on: Temporal.PlainDate,
): StepResult | undefined => (isPast(turn, on) ? askAbout(turn, written, on) : undefined);

const askAbout = (turn: OfficerTurn, written: string, on?: Temporal.PlainDate): StepResult | undefined => {
  const fines = finesIn(turn, written);
  if (fines.length === 0) return undefined;
  const max = turn.speaker.group.rules.paymentMax;
  if (fines.some(({ amount }) => amount.minor > max.minor))
    return decide(turn, { replies: [reply([say('refusal.above_cap', { max })])] });
  return decide(turn, {
    flow: { type: 'fine-which', text: written, on: on?.toString() },
    replies: [
      reply(
        [
          ...(on ? [say('meeting-open.agenda', { date: on })] : []),
          ...fines.map(({ member, amount }) => say('fine.one', { name: nameAmong(turn, member), amount })),
          say(on ? 'fine.which-past' : 'fine.which'),
        ],
        [
          offer('fine:set', say(on ? 'fine.set-past' : 'fine.set')),
          offer('fine:paid', say('fine.paid')),
          offer('fine-off', say('fine-off.menu')),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

/** Only when every name and amount was read for certain, and nothing but fines was written. */
const finesIn = (turn: OfficerTurn, text: string): NewFine[] => {
  const { items, clarify, ambiguous, unknown } = turn.read(text);
  if (clarify || ambiguous.length + unknown.length > 0) return [];
  if (!items.every((item) => item.purpose === 'fine' && item.amountMinor !== undefined)) return [];
  return items.flatMap((item) => {
    const member = turn.speaker.company.desk.roster.find((one) => one.number === item.member);
    const amount = money(item.amountMinor ?? 0n, turn.speaker.group.currency);
    return member && amount.minor > 0n ? [{ member, amount, reason: 'other' as const }] : [];
  });
};

export const fineVerb = (turn: OfficerTurn, answer: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'fine-which') return undefined;
  const on = flow.on === undefined ? undefined : dateOf(flow.on);
  const closed = on && dayOver(turn, on);
  if (closed) return closed;
  if (answer === 'paid') return readListText(turn, flow.text, on ?? currentMeeting(turn));
  const fines = finesIn(turn, flow.text);
  if (answer !== 'set' || fines.length === 0) return undefined;
  return decide(turn, {
    events: fines.map((fine) => fineSet(turn, fine, on)),
    notices: fines.flatMap(finedNotice),
    replies: [reply([say('fine.done')], [offer('record', say('menu.record'))])],
  });
};

/** The box may have been counted since she was asked: then nothing more is written down for that day. */
const dayOver = (turn: OfficerTurn, on: Temporal.PlainDate): StepResult | undefined => {
  const facts = dayFacts(turn);
  if (!facts) return needs({ type: 'counted' });
  const open = pastMeeting(on, facts);
  if (open.ok || open.refusal.type === 'no_meeting_day') return undefined;
  return decide(turn, { replies: [reply([refusalOfDay(open.refusal)])] });
};
