import { asId, isId, type PaymentId, type ProposalId } from '../../domain/ids.ts';
import { isOwing } from '../../domain/loan/standing.ts';
import { type Money, money } from '../../domain/money.ts';
import {
  amountRefusal,
  type PaymentParts,
  type PaymentPurpose,
  PURPOSES,
  partsTotal,
  usualPurpose,
} from '../../domain/payment.ts';
import { newPayment, planLine } from '../booking.ts';
import type { Line } from '../line.ts';
import { askAboutPayment, otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { partsFor, sumText } from '../parts.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { currentMeeting, decide, dueOf, givenAt, type MemberTurn, needs } from '../turn.ts';
import { refusalText } from './refusal.ts';

/** "ya pagué 200": a reported payment that waits for a leader. Her word alone never changes the book. */
export const startReport = (turn: MemberTurn): StepResult => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (meaning?.clarify) return askAmount(turn, say('report.unclear'));
  if (meaning?.amountMinor === undefined) return askAmount(turn, say('report.how-much'));
  const amount = money(meaning.amountMinor, turn.speaker.group.currency);
  return withPurpose(turn, amount, meaning.purpose);
};

const askAmount = (turn: MemberTurn, question: Say): StepResult =>
  decide(turn, {
    flow: { type: 'report-amount' },
    replies: [reply([question], [offer('no', say('choice.cancel'))])],
  });

/** Her answer to "how much": an amount, or the question again. */
export const reportAmount = (turn: MemberTurn): StepResult | undefined => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (!meaning) return undefined;
  if (meaning.clarify) return askAmount(turn, say('report.unclear'));
  if (meaning.amountMinor === undefined) return undefined;
  return withPurpose(turn, money(meaning.amountMinor, turn.speaker.group.currency), meaning.purpose);
};

/** Money without a stated purpose is savings when she owes nothing, her whole due when it is exactly that. */
const withPurpose = (turn: MemberTurn, amount: Money, purpose: string | undefined): StepResult => {
  const usual = usualPurpose(turn.speaker.group.rules);
  if (purpose === 'savings') return report(turn, partsFor(usual, amount));
  if (purpose === 'loan' || purpose === 'fine' || purpose === 'social') {
    return report(turn, partsFor(purpose, amount));
  }
  const { loans } = turn.speaker.me;
  const { rules } = turn.speaker.group;
  const impossible = amountRefusal(partsFor(isOwing(loans) ? 'loan' : usual, amount), { rules, loans });
  if (impossible) return decide(turn, { replies: [reply([refusalText(impossible)])] });
  const due = dueOf(turn, turn.speaker.me, currentMeeting(turn));
  if (due.total.minor === amount.minor && amount.minor > 0n) return report(turn, due);
  if (!isOwing(loans)) return report(turn, partsFor(usual, amount));
  return decide(turn, {
    flow: { type: 'report-purpose', amount: amount.minor.toString() },
    replies: [
      reply(
        [say('report.what-for', { amount })],
        [
          offer('report:purpose:savings', say('choice.savings')),
          offer('report:purpose:loan', say('choice.loan')),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

/** Buttons about what she gave: what it was for, and the amount that an officer says she received. */
export const reportVerb = (turn: MemberTurn, what: string, of: string): StepResult | undefined => {
  switch (what) {
    case 'purpose':
      return reportPurpose(turn, of);
    case 'other':
      return reportOther(turn, of);
    default:
      return startReport(turn);
  }
};

/** The button by which she agrees: the place of the purpose, the amount, and the claim that it stands instead of. */
export const agreeOther = (
  claim: PaymentId,
  of: { readonly purpose: PaymentPurpose; readonly total: Money },
) =>
  offer(
    `report:other:${PURPOSES.indexOf(of.purpose)}.${of.total.minor}.${claim}`,
    say('other.yes', { total: of.total }),
  );

/**
 * She agrees on another amount than she had reported. It is a claim of hers, as any she reports, and one alone: its id
 * follows from the claim that it stands instead of, so a second press finds it.
 */
const reportOther = (turn: MemberTurn, of: string): StepResult | undefined => {
  const [place = '', digits = '', claim = ''] = of.split('.');
  const purpose = PURPOSES.find((_, at) => `${at}` === place);
  if (!purpose || !/^[1-9]\d{0,9}$/.test(digits) || !isId(claim)) return undefined;
  const id = insteadOf(turn, claim);
  const { payment } = turn.speaker.extra;
  if (payment === undefined) return needs({ type: 'payment', id });
  if (payment !== 'none') return decide(turn, { replies: [reply([say('other.already')])] });
  return report(turn, partsFor(purpose, money(BigInt(digits), turn.speaker.group.currency)), id);
};

const insteadOf = (turn: MemberTurn, claim: string): PaymentId => {
  const hex = turn.sha256(`another amount than ${claim}`);
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)];
  return asId<PaymentId>(`${a}-${b}-8${c}-8${d}-${hex.slice(20, 32)}`);
};

const reportPurpose = (turn: MemberTurn, purpose: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'report-purpose') return undefined;
  const amount = money(BigInt(flow.amount), turn.speaker.group.currency);
  return isPurpose(purpose) ? report(turn, partsFor(purpose, amount)) : undefined;
};

const isPurpose = (word: string): word is PaymentPurpose => word === 'savings' || word === 'loan';

/** @param id of the claim, when it is not a new one of its own */
const report = (turn: MemberTurn, parts: PaymentParts, id?: PaymentId): StepResult => {
  const { me } = turn.speaker;
  const meetingOn = currentMeeting(turn);
  const line: Line = { member: me, parts, nth: givenAt(me, meetingOn).length };
  const plan = planLine(turn, line);
  if (!plan.ok) return decide(turn, { replies: [reply([refusalText(plan.refusal)])] });
  const officers = otherOfficers(turn, me);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('report.no-officer')])] });
  const payment = {
    ...newPayment(turn, { line, batch: asId<ProposalId>(turn.newId()), meetingOn }),
    ...(id && { id }),
    state: 'reported' as const,
    signer: undefined,
  };
  return decide(turn, {
    replies: [
      reply([
        say('report.done', {
          leader: officers[0]?.name.split(' ')[0] ?? '',
          sum: [sumText(parts)],
          total: partsTotal(parts),
        }),
        say('report.waits'),
      ]),
    ],
    events: [{ type: 'payment-made', payment }],
    notices: askAboutPayment(turn, { id: payment.id, parts, payer: me, meetingOn }),
  });
};
