import { firstName } from '../../domain/group.ts';
import { asId, type ProposalId } from '../../domain/ids.ts';
import { money, sum } from '../../domain/money.ts';
import { partsTotal } from '../../domain/payment.ts';
import { otherOfficers, receivedThen, rejectedNotice, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { WaitingPayment } from '../payment-facts.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { book } from './book-waiting.ts';
import { currency, nameOf } from './cover-plan.ts';
import { memberById } from './list-draft.ts';

/** An officer states a total this many times at most; then the first officer writes the list again. */
const TOTAL_TRIES_MAX = 3;

/** A second officer is asked what she counted. She is not shown the first one's total: she states her own. */
export const startSigning = (turn: OfficerTurn, batch: string): StepResult => {
  const payments = signable(turn, batch);
  if (payments.length === 0) return decide(turn, { replies: [reply([say('pending.none')])] });
  return askTotal(turn, { batch, tries: 0, again: false });
};

const askTotal = (
  turn: OfficerTurn,
  of: { readonly batch: string; readonly tries: number; readonly again: boolean },
): StepResult => {
  const payments = signable(turn, of.batch);
  const { names } = ofList(turn, payments);
  const [one] = payments;
  return decide(turn, {
    flow: { type: 'sign-total', batch: asId<ProposalId>(of.batch), tries: of.tries },
    replies: [
      reply(
        [
          ...(of.again ? [say('sign.different')] : []),
          say('sign.who', { names }),
          ...(one ? receivedThen(turn, one.meetingOn) : []),
          say('sign.total-question'),
        ],
        [offer('no', say('choice.cancel')), notSo(of.batch)],
      ),
    ],
  });
};

const notSo = (batch: string): Offer => offer(`sign:off:${batch}`, say('choice.not-so'));

const signable = (turn: OfficerTurn, batch: string): WaitingPayment[] =>
  signedIn(turn, batch).filter((p) => p.firstSigner !== turn.speaker.me.id);

const signedIn = ({ speaker }: OfficerTurn, batch: string): WaitingPayment[] =>
  speaker.company.desk.waiting.filter((p) => p.batch === batch && p.state === 'signed');

/** Her count: the same total books every line of the list with both officers' names; another total books nothing. */
export const signTotal = (
  turn: OfficerTurn,
  flow: Extract<Flow, { type: 'sign-total' }>,
): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { meaning } = turn.input;
  if (meaning.amountMinor === undefined) return undefined;
  const payments = signable(turn, flow.batch);
  if (payments.length === 0) return decide(turn, { replies: [reply([say('pending.none')])] });
  const stated = money(meaning.amountMinor, turn.speaker.group.currency);
  if (stated.minor === ofList(turn, payments).total.minor) return book(turn, payments);
  return flow.tries + 1 < TOTAL_TRIES_MAX
    ? askTotal(turn, { batch: flow.batch, tries: flow.tries + 1, again: true })
    : decide(turn, {
        replies: [reply([say('sign.gave-up'), say('sign.or-off')], [notSo(flow.batch)])],
      });
};

/**
 * Nothing of such a list is booked: another officer says that it is not so, or she who wrote it takes it back. Every
 * officer hears of it, and who had said herself that she paid.
 */
export const letGo = (turn: OfficerTurn, batch: string): StepResult => {
  const { me } = turn.speaker;
  const payments = signedIn(turn, batch);
  const [one] = payments;
  if (!one) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const isMine = one.firstSigner === me.id;
  const told = say(isMine ? 'sign.off-hers' : 'sign.off-told', {
    leader: firstName(me.name),
    ...ofList(turn, payments),
  });
  const claimed = payments.filter((p) => p.reportedBy === p.memberId && p.memberId !== p.firstSigner);
  return decide(turn, {
    events: payments.map(({ id, state }) => ({
      type: 'payment-moved',
      step: { id, was: state, state: 'rejected', by: me.id },
    })),
    notices: [
      ...tell(otherOfficers(turn), 'answer', reply([told])),
      ...claimed.flatMap((payment) =>
        rejectedNotice(turn, memberById(turn, payment.memberId), { payment, same: undefined }),
      ),
    ],
    replies: [reply([say(isMine ? 'sign.off-mine' : 'sign.off')])],
  });
};

const ofList = (turn: OfficerTurn, payments: readonly WaitingPayment[]) => ({
  names: payments.map(({ memberId }) => nameOf(turn, memberId)).join(', '),
  total: sum(
    payments.map(({ parts }) => partsTotal(parts)),
    currency(turn),
  ),
});

/** What the officer who speaks wrote down and another one has not counted yet: each list, and its way back. */
export const mySigned = (turn: OfficerTurn): { readonly line: Say; readonly off: Offer }[] => {
  const { me, company } = turn.speaker;
  const mine = company.desk.waiting.filter(({ firstSigner }) => firstSigner === me.id);
  return [...new Set(mine.map(({ batch }) => batch))].map((batch) => {
    const list = ofList(turn, signedIn(turn, batch));
    return {
      line: say('pending.signed', list),
      off: offer(`sign:off:${batch}`, say('sign.take-back', { total: list.total })),
    };
  });
};
