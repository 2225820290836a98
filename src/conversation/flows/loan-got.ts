import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../../domain/group.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import type { MemberTurn } from '../turn.ts';
import { lateLines } from './late-day.ts';

/** Whether she has the money that an officer says was handed over; of her who has no telephone, whether another officer saw it. */
export const gotQuestion = (turn: MemberTurn, request: RequestFacts): Reply =>
  reply(
    request.heldOn && request.terms
      ? lateAsked(turn, request, { date: request.heldOn, terms: request.terms })
      : [asked(turn, request)],
    [
      offer(`loan:got:${request.id}`, say('loan-hand.got')),
      offer(`loan:notgot:${request.id}`, say('loan-hand.not-got')),
    ],
  );

/** Who says that she handed it over. */
const handedBy = ({ speaker: { me, company } }: MemberTurn, request: RequestFacts): string =>
  firstName(company.officers.find((one) => one.id === request.handedBy)?.name ?? me.name);

const asked = (turn: MemberTurn, request: RequestFacts): Say => {
  const { borrower, amount } = request;
  const leader = handedBy(turn, request);
  return borrower.reach.length > 0
    ? say('loan-hand.question', { leader, amount })
    : say('loan-hand.question-second', { leader, name: firstName(borrower.name), amount });
};

/** Of a past meeting it is said how it is paid back before anybody says yes: some of it may be due by now. */
const lateAsked = (
  turn: MemberTurn,
  request: RequestFacts,
  { date, terms }: { readonly date: Temporal.PlainDate; readonly terms: LoanTerms },
): Say[] => {
  const { borrower, amount } = request;
  const leader = handedBy(turn, request);
  const isHers = borrower.reach.length > 0;
  return [
    isHers
      ? say('late-loan.yours', { leader, date, amount })
      : say('late-loan.second', { leader, date, name: borrower.name, amount }),
    ...lateLines(turn, terms),
    say(isHers ? 'late-loan.got-it' : 'late-loan.saw-it'),
  ];
};
