import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { currentMeeting, decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { finedNotice, fineSet, type NewFine } from './fine-set.ts';
import { readList, readListText, startList } from './list.ts';

/** "multa a Petra 10": whether she owes it from now on, or has just paid it, is asked and never guessed. */
export const askFine = (turn: OfficerTurn): StepResult => {
  const written = turn.input.type === 'words' ? turn.input.text : '';
  const fines = finesIn(turn, written);
  if (fines.length === 0) return readList(turn) ?? startList(turn);
  const max = turn.speaker.group.rules.paymentMax;
  if (fines.some(({ amount }) => amount.minor > max.minor))
    return decide(turn, { replies: [reply([say('refusal.above_cap', { max })])] });
  return decide(turn, {
    flow: { type: 'fine-which', text: written },
    replies: [
      reply(
        [
          ...fines.map(({ member, amount }) => say('fine.one', { name: nameAmong(turn, member), amount })),
          say('fine.which'),
        ],
        [
          offer('fine:set', say('fine.set')),
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
  if (answer === 'paid') return readListText(turn, flow.text, currentMeeting(turn));
  const fines = finesIn(turn, flow.text);
  if (answer !== 'set' || fines.length === 0) return undefined;
  return decide(turn, {
    events: fines.map((fine) => fineSet(turn, fine)),
    notices: fines.flatMap(finedNotice),
    replies: [reply([say('fine.done')], [offer('record', say('menu.record'))])],
  });
};
