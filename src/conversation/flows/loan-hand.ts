import type { Temporal } from 'temporal-polyfill';
import { boxFrom } from '../../domain/box-days.ts';
import { firstName } from '../../domain/group.ts';
import { asId, isId, type LoanId } from '../../domain/ids.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { type EntryDraft } from '../../domain/ledger/entry.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import type { Money } from '../../domain/money.ts';
import { invariant, refuse } from '../../domain/result.ts';
import type { Contact } from '../contact.ts';
import { decidedEntry } from '../decided-entry.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { receivedOn } from '../received-on.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import { decide, type MemberTurn, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { waitsForSecond } from './late-loan-second.ts';
import { handedByAnother, isRequest, requestMoved, standing } from './loan-decide.ts';
import { borrowerOf, termsNow } from './loan-eligible.ts';
import { gotQuestion } from './loan-got.ts';
import { askedByLine } from './loan-questions.ts';
import { loanRefusalText, planLines, requestLine } from './loan-texts.ts';
import { takenBack } from './underway.ts';

/** An officer says that she handed the money over; the borrower says that she has it, and only then it is in the book. */
export const handOver = (turn: OfficerTurn, id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'approved');
  if (!isRequest(request)) return request;
  const me = turn.speaker.me;
  if (request.memberId === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (handedByAnother(turn, request, request.decidedBy))
    return decide(turn, { replies: [reply([say('loan-hand.another')])] });
  const terms = termsOf(turn, request);
  if (!terms.ok)
    return decide(turn, {
      replies: [reply([loanRefusalText(terms.refusal, { who: request.borrower, isHers: false })])],
    });
  const witnesses =
    request.borrower.reach.length > 0 ? [request.borrower] : otherOfficers(turn, request.borrower);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [
      requestMoved({ id: request.id, was: 'approved', state: 'handed', handedBy: me.id, terms: terms.value }),
    ],
    notices: tell(witnesses, 'loan', gotQuestion(turn, { ...request, handedBy: me.id })),
    replies: [reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })])],
  });
};

/** The borrower's facts: on an officer's roster, or her own. */
const termsOf = (turn: MemberTurn, request: RequestFacts) => {
  const { me, company } = turn.speaker;
  const borrower = [me, ...(company.desk?.roster ?? [])].find((member) => member.id === request.memberId);
  // She is not in the group any more: nobody else's savings stand for hers.
  if (!borrower) return refuse({ type: 'nothing_to_lend' as const });
  return termsNow(turn, { amount: request.amount, n: request.n }, borrowerOf(turn, borrower));
};

/** "Sí, lo recibí": the second word. The money leaves the box in the book, and she sees when she pays it back. */
export const gotLoan = (turn: MemberTurn, answer: 'got' | 'notgot', id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'handed');
  if (!isRequest(request)) return request;
  if (answer === 'notgot' && request.handedBy === turn.speaker.me.id) return takeBack(turn, request);
  if (!mayWitness(turn, request)) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (waitsForSecond(turn, request))
    return decide(turn, { replies: [reply([say('late-loan.officer-first')])] });
  const officer = turn.speaker.company.officers.filter((one) => one.id === request.handedBy);
  if (answer === 'notgot') return notGot(turn, request, officer);
  // Booked is what was handed over, as it was shown then: what she has saved by now changes nothing of it.
  const { terms } = request;
  invariant(terms, 'a loan that was handed over has its terms');
  const left = leftOn(turn, request);
  if (!left) return needs({ type: 'counted' });
  const { on, box } = left;
  if (terms.principal.minor > box.minor)
    return decide(turn, { replies: [reply([say('refusal.more_than_box', { box })])] });
  const loanId = asId<LoanId>(turn.newId());
  const receipt = turn.speaker.group.book.seq + 1n;
  const plan = planLines(terms);
  const askedBy = askedByLine(turn.speaker, request);
  const isHers = turn.speaker.me.id === request.memberId;
  // Who has no telephone sees her plan on an officer's, or on paper.
  const ofHers = isHers ? [] : [say('loan-for.plan', { name: firstName(request.borrower.name) }), ...plan];
  return decide(turn, {
    events: [
      { type: 'loan-made', loan: { id: loanId, memberId: request.memberId, terms } },
      { type: 'entry-posted', entry: loanEntry(turn, request, { loanId, terms, on }) },
      requestMoved({ id: request.id, was: 'handed', state: 'lent', loanId }),
    ],
    notices: tell(
      officer,
      'loan',
      reply([bookedLine(request), ...askedBy, say('loan-hand.booked', { receipt }), ...ofHers]),
    ),
    replies: [
      reply(
        isHers
          ? [say('loan-hand.done', { amount: request.amount, receipt }), ...plan]
          : [...askedBy, say('loan-hand.booked', { receipt }), ...ofHers],
      ),
    ],
  });
};

/**
 * The day that the money left the box, and what the box could spare from then on: that of a past meeting, while the box was not
 * counted since; else today.
 */
const leftOn = (
  turn: MemberTurn,
  { heldOn }: RequestFacts,
): { readonly on: Temporal.PlainDate; readonly box: Money } | undefined => {
  const { group, extra } = turn.speaker;
  if (!heldOn) return { on: todayOf(turn), box: group.loanCash };
  const on = receivedOn(turn, heldOn);
  if (!on || !extra.boxMoves) return undefined;
  const pot = potFor(group.rules, 'loan');
  const moves = extra.boxMoves.filter((move) => move.pot === pot);
  return { on, box: boxFrom(group.loanCash, moves, on).least };
};

const mayWitness = (turn: MemberTurn, request: RequestFacts): boolean => {
  const me = turn.speaker.me.id;
  if (me === request.memberId) return true;
  return (
    request.borrower.reach.length === 0 && turn.speaker.company.desk !== undefined && me !== request.handedBy
  );
};

const notGot = (turn: MemberTurn, request: RequestFacts, officer: readonly Contact[]): StepResult =>
  decide(turn, {
    events: [requestMoved({ id: request.id, was: 'handed', state: goneBackTo(request) })],
    notices: tell(
      officer,
      'loan',
      reply(
        [deniedLine(turn, request)],
        request.heldOn ? [] : [offer(`loan:handed:${request.id}`, say('loan-hand.handed'))],
      ),
    ),
    replies: [reply([say('loan-hand.noted')])],
  });

/** An officer who was to have seen it says no in her own name. */
const deniedLine = (turn: MemberTurn, { borrower, memberId, amount }: RequestFacts): Say => {
  const { me } = turn.speaker;
  const name = firstName(borrower.name);
  return me.id === memberId
    ? say('loan-hand.denied', { name, amount })
    : say('late-loan.refused', { name: firstName(me.name), borrower: name, amount });
};

const bookedLine = (request: RequestFacts): Say =>
  request.heldOn
    ? say('late-loan.booked', { name: request.borrower.name, amount: request.amount, date: request.heldOn })
    : requestLine(request.borrower.name, request);

/** A loan of a past meeting was handed over then or never: there is nothing left to hand over. */
const goneBackTo = ({ heldOn }: RequestFacts): 'approved' | 'withdrawn' =>
  heldOn ? 'withdrawn' : 'approved';

/** She who said that she handed it over says that she did not. */
const takeBack = (turn: MemberTurn, request: RequestFacts): StepResult =>
  decide(turn, {
    events: [requestMoved({ id: request.id, was: 'handed', state: goneBackTo(request) })],
    notices: tell([request.borrower], 'loan', takenBack(turn, request.amount, 'loan')),
    replies: [reply([say('loan-hand.noted')])],
  });

const loanEntry = (
  turn: MemberTurn,
  request: RequestFacts,
  {
    loanId,
    terms,
    on,
  }: { readonly loanId: LoanId; readonly terms: LoanTerms; readonly on: Temporal.PlainDate },
): EntryDraft =>
  decidedEntry(turn, {
    kind: 'loan',
    key: `loan/${request.id}`,
    author: request.handedBy ?? turn.speaker.me.id,
    on,
    postings: [
      {
        debit: `loan/${loanId}`,
        credit: `cash/${potFor(turn.speaker.group.rules, 'loan')}`,
        amountMinor: terms.principal.minor,
      },
    ],
  });
