import { asId, type ProposalId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { receivedThen } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { WaitingPayment } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, nameAmong, type OfficerTurn } from '../turn.ts';
import { book, lineOf } from './book-waiting.ts';
import { memberById, totalOf } from './list-draft.ts';

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
  const payers = payments.map((p) => nameAmong(turn, memberById(turn, p.memberId)));
  const [one] = payments;
  return decide(turn, {
    flow: { type: 'sign-total', batch: asId<ProposalId>(of.batch), tries: of.tries },
    replies: [
      reply(
        [
          ...(of.again ? [say('sign.different')] : []),
          say('sign.who', { names: payers.join(', ') }),
          ...(one ? receivedThen(turn, one.meetingOn) : []),
          say('sign.total-question'),
        ],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

const signable = (turn: OfficerTurn, batch: string): WaitingPayment[] =>
  turn.speaker.company.desk.waiting.filter(
    (p) => p.batch === batch && p.state === 'signed' && p.firstSigner !== turn.speaker.me.id,
  );

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
  if (
    stated.minor ===
    totalOf(
      turn,
      payments.map((p) => lineOf(turn, p)),
    ).minor
  )
    return book(turn, payments);
  return flow.tries + 1 < TOTAL_TRIES_MAX
    ? askTotal(turn, { batch: flow.batch, tries: flow.tries + 1, again: true })
    : decide(turn, { replies: [reply([say('sign.gave-up')])] });
};
