import { firstName } from '../../domain/group.ts';
import { asId, isId, type PaymentId } from '../../domain/ids.ts';
import { type Money, money, parseDecimal } from '../../domain/money.ts';
import { type PaymentParts, type PaymentPurpose, PURPOSES, partsTotal } from '../../domain/payment.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { partsFor, sumText } from '../parts.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import { memberById } from './list-draft.ts';
import { agreeOther } from './report.ts';

/** "no, fueron 150", "no, solo me dio $1,500.50": a no with one amount, and nothing else with a digit. */
const NO_BUT =
  /^no\b[^\d$]*\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,8}(?:\.\d{1,2})?)(?: pesos)?[\s.!]*$/;

type Reported = { readonly id: PaymentId; readonly memberId: string; readonly parts: PaymentParts };

/** What a claim is for; undefined when it is for several things: then she reports it anew, part by part. */
const purposeOf = ({ parts }: Reported): PaymentPurpose | undefined => {
  const used = PURPOSES.filter((purpose) => parts[purpose].minor > 0n);
  return used.length === 1 ? used[0] : undefined;
};

/** The button under "nothing was booked": she received money, but another amount. */
export const otherOffer = (id: string, payment: Reported) =>
  purposeOf(payment) ? [offer(`pay:other:${id}`, say('other.received'))] : [];

/** An officer received another amount than the one that was reported to her: she is asked how much. */
export const startOther = (turn: OfficerTurn, id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const found = rejectedClaim(turn, asId<PaymentId>(id));
  if (found === 'load') return needs({ type: 'payment', id: asId(id) });
  if (!found) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return decide(turn, {
    flow: { type: 'other-amount', paymentId: asId<PaymentId>(id) },
    replies: [
      reply(
        [say('other.how-much', { name: nameAmong(turn, memberById(turn, asId(found.memberId))) })],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

/** A claim that she did not confirm, of somebody else who is still in the group. */
const rejectedClaim = (turn: OfficerTurn, id: PaymentId): Reported | 'load' | undefined => {
  const { extra, me, company } = turn.speaker;
  if (extra.payment === undefined) return 'load';
  if (extra.payment === 'none' || extra.payment.paymentId !== id) return undefined;
  const { memberId, state } = extra.payment;
  const isTheirs = memberId !== me.id && company.desk.roster.some((member) => member.id === memberId);
  return isTheirs && state === 'rejected' ? { ...extra.payment, id } : undefined;
};

/** The amount she received: it is nothing in the book before the payer says the same. */
export const otherAmount = (
  turn: OfficerTurn,
  flow: Extract<Flow, { type: 'other-amount' }>,
): StepResult | undefined => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (meaning?.amountMinor === undefined || meaning.clarify) return undefined;
  const found = rejectedClaim(turn, flow.paymentId);
  if (found === 'load') return needs({ type: 'payment', id: flow.paymentId });
  return found && askPayer(turn, found, { amount: money(meaning.amountMinor, turn.speaker.group.currency) });
};

/** "no, fueron 150" in answer to the one payment that she is asked about: the claim is rejected and the payer asked. */
export const saidOther = (turn: OfficerTurn): StepResult | undefined => {
  if (turn.input.type !== 'words' || (turn.session.others?.length ?? 0) > 0) return undefined;
  const digits =
    NO_BUT.exec(normalise(turn.input.text))?.[1] ?? NO_BUT.exec(turn.input.text.toLowerCase())?.[1];
  const minor = digits && parseDecimal(digits.replaceAll(',', ''));
  const asked = turn.session.offered.flatMap(({ payload }) => /^pay:no:(.+)$/.exec(payload)?.[1] ?? []);
  const [id, ...more] = asked;
  const payment = turn.speaker.company.desk.waiting.find((one) => one.id === id);
  if (!minor || more.length > 0 || payment?.state !== 'reported') return undefined;
  if (payment.memberId === turn.speaker.me.id) return undefined;
  return askPayer(turn, payment, {
    amount: money(minor, turn.speaker.group.currency),
    rejects: {
      type: 'payment-moved',
      step: { id: payment.id, was: payment.state, state: 'rejected', by: turn.speaker.me.id },
    },
  });
};

/** Her yes makes a new claim of that amount, which an officer confirms as any other; her no leaves everything as it is. */
const askPayer = (
  turn: OfficerTurn,
  claim: Reported,
  { amount, rejects }: { readonly amount: Money; readonly rejects?: DomainEvent },
): StepResult | undefined => {
  const purpose = purposeOf(claim);
  if (!purpose || amount.minor <= 0n || amount.minor === partsTotal(claim.parts).minor) return undefined;
  const payer = memberById(turn, asId(claim.memberId));
  if (payer.reach.length === 0) return decide(turn, { replies: [reply([say('other.no-telephone')])] });
  const parts = partsFor(purpose, amount);
  return decide(turn, {
    events: rejects ? [rejects] : [],
    notices: tell(
      [contactOf(payer)],
      'answer',
      reply(
        [
          say('other.question', {
            leader: firstName(turn.speaker.me.name),
            sum: [sumText(parts)],
            total: amount,
            was: partsTotal(claim.parts),
          }),
        ],
        [agreeOther(claim.id, { purpose, total: amount }), offer('no', say('other.no'))],
      ),
    ),
    replies: [reply([say('other.asked', { name: nameAmong(turn, payer), total: amount })])],
  });
};
