import { Temporal } from 'temporal-polyfill';
import { payOff } from '../../domain/loan/repaying.ts';
import { isOwing, owing } from '../../domain/loan/standing.ts';
import { subtract } from '../../domain/money.ts';
import { splitParts } from '../loan-receipt.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { type AskTurn, currentMeeting, decide, todayOf } from '../turn.ts';

const DAYS_PER_WEEK = 7;

/** "¿Cuánto es para liquidar?": what ends her loans at the meeting that comes, and what of the interest she spares. */
export const payOffNow = (turn: AskTurn): StepResult => {
  const { loans } = turn.speaker.me;
  if (!isOwing(loans))
    return decide(turn, {
      replies: [reply([say('loan.none')], [offer('ask:savings', say('menu.savings'))])],
    });
  const date = comingMeeting(turn);
  const sums = payOff(loans, date);
  const spared = subtract(owing(loans, date).owed, sums.total);
  const isAgreedWhole = spared.minor === 0n && loans.some(({ terms }) => terms.interest !== 'declining');
  return decide(turn, {
    replies: [
      reply(
        [
          say('pay-off.total', { total: sums.total, date }),
          say('pay-off.parts', { parts: splitParts(sums) }),
          ...(spared.minor > 0n ? [say('pay-off.spared', { spared })] : []),
          ...(isAgreedWhole ? [say('pay-off.agreed-whole')] : []),
          say('pay-off.how'),
        ],
        [offer('report', say('menu.report')), offer('ask:next', say('menu.next'))],
      ),
    ],
  });
};

/** Today, while money given today is for a meeting of today; else the next day on which she can hand it over. */
const comingMeeting = (turn: AskTurn): Temporal.PlainDate => {
  const nearest = currentMeeting(turn);
  return Temporal.PlainDate.compare(nearest, todayOf(turn)) >= 0
    ? nearest
    : nearest.add({ days: DAYS_PER_WEEK });
};
