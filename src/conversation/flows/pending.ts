import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { forMe } from './book-waiting.ts';
import { askOne } from './decide.ts';
import { electionOpen } from './election-words.ts';
import { loanVoteOpen, loanWaiting } from './loan-decide.ts';
import { coverObjection } from './object-cover.ts';
import { isAskedToSign, openingQuestion } from './opening.ts';
import { secondWaiting, waitsForOthers } from './pending-second.ts';
import { admitQuestion } from './people.ts';
import { closedPins } from './pin-reset.ts';
import { mySigned } from './sign-total.ts';
import { whoOwes } from './who-owes.ts';

/**
 * What waits for this officer's word, one at a time: payments, loans, objections, and what another officer said already.
 * When nothing does, what waits for others, and whose word it is; else, asked in words ("faltantes", "¿quién debe?"), who
 * owes.
 */
export const pending = (turn: OfficerTurn): StepResult => {
  const { extra, company } = turn.speaker;
  if (!extra.disputes) return needs({ type: 'disputes' });
  if (!extra.requests) return needs({ type: 'requests' });
  const [newcomer] = company.desk.newcomers;
  const [payment] = forMe(turn);
  const dispute = extra.disputes.find((d) => d.memberId !== turn.speaker.me.id);
  if (newcomer) return decide(turn, { replies: [admitQuestion(newcomer)] });
  if (payment) return askOne(turn, payment);
  const loan = loanWaiting(turn);
  if (loan) return loan;
  if (dispute) return askDispute(turn, dispute.payment.paymentId);
  const given = coverObjection(turn);
  if (given) return given;
  const second = secondWaiting(turn);
  if (second) return second;
  if (isAskedToSign(turn)) return openingQuestion(turn);
  const vote = loanVoteOpen(turn);
  if (vote) return vote;
  return decide(turn, { replies: [nothingMore(turn)] });
};

const nothingMore = (turn: OfficerTurn): Reply => {
  const others = waitsForOthers(turn);
  const closed = closedPins(turn);
  const vote = electionOpen(turn);
  const owes = others.length === 0 && turn.input.type === 'words' ? whoOwes(turn) : undefined;
  const said =
    owes ??
    reply(
      [say(others.length > 0 ? 'pending.none-yours' : 'pending.none'), ...others],
      [...mySigned(turn).map(({ off }) => off), offer('record', say('menu.record'))],
    );
  return {
    ...said,
    lines: [...said.lines, ...closed.lines, ...vote.lines],
    offers: [...closed.offers, ...vote.offers, ...said.offers],
  };
};

const askDispute = (turn: OfficerTurn, paymentId: string): StepResult => {
  const dispute = turn.speaker.extra.disputes?.find((d) => d.payment.paymentId === paymentId);
  const member = dispute && turn.speaker.company.desk.roster.find((m) => m.id === dispute.memberId);
  if (!dispute || !member) return decide(turn, { replies: [reply([say('pending.none')])] });
  return decide(turn, {
    replies: [
      reply(
        [
          say('dispute.leader', {
            name: nameAmong(turn, member),
            receipt: dispute.payment.receipt ?? 0n,
            sum: [sumText(dispute.payment.parts)],
          }),
        ],
        [
          offer(`correct:${paymentId}`, say('choice.correct')),
          offer(`keep:${paymentId}`, say('choice.keep')),
        ],
      ),
    ],
  });
};
