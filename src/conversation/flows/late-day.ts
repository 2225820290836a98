import type { Temporal } from 'temporal-polyfill';
import { pastMeeting } from '../../domain/catch-up.ts';
import { asId, type LoanId } from '../../domain/ids.ts';
import { owing } from '../../domain/loan/standing.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { zero } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { planLines } from './loan-texts.ts';
import { dayFacts, refusalOfDay } from './past-day.ts';

/** Why nothing of a past meeting is written down any more, or what is to be known first; undefined while it may. */
export const lateDayOver = (turn: OfficerTurn, on: Temporal.PlainDate): StepResult | undefined => {
  const facts = dayFacts(turn);
  if (!facts || !turn.speaker.extra.boxMoves) return needs({ type: 'counted' });
  const open = pastMeeting(on, facts);
  if (open.ok || open.refusal.type === 'no_meeting_day') return undefined;
  return decide(turn, { replies: [reply([refusalOfDay(open.refusal)])] });
};

/** The plan of a loan that began at a past meeting, and what of it is due by now: nobody is late without a word. */
export const lateLines = (turn: MemberTurn, terms: LoanTerms): Say[] => {
  const none = zero(terms.principal.currency);
  const loan = { id: asId<LoanId>(turn.newId()), terms, paidPrincipal: none, paidInterest: none };
  const { dueNow } = owing([loan], todayOf(turn));
  return [...planLines(terms), ...(dueNow.minor > 0n ? [say('late-loan.due', { due: dueNow })] : [])];
};
