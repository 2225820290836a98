import { firstName } from '../../domain/group.ts';
import { asId, isId, type LoanId } from '../../domain/ids.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { type EntryDraft } from '../../domain/ledger/entry.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { invariant, refuse } from '../../domain/result.ts';
import type { Contact } from '../contact.ts';
import { decidedEntry } from '../decided-entry.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import { decide, type MemberTurn, type OfficerTurn } from '../turn.ts';
import { handedByAnother, isRequest, requestMoved, standing } from './loan-decide.ts';
import { borrowerOf, termsNow } from './loan-eligible.ts';
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
  if (!terms.ok) return decide(turn, { replies: [reply([loanRefusalText(terms.refusal)])] });
  const witnesses =
    request.borrower.reach.length > 0 ? [request.borrower] : otherOfficers(turn, request.borrower);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [
      requestMoved({ id: request.id, was: 'approved', state: 'handed', handedBy: me.id, terms: terms.value }),
    ],
    notices: tell(witnesses, 'loan', gotQuestion(turn, request)),
    replies: [reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })])],
  });
};

const gotQuestion = (turn: OfficerTurn, { id, borrower, amount }: RequestFacts) =>
  reply(
    [
      borrower.reach.length > 0
        ? say('loan-hand.question', { leader: firstName(turn.speaker.me.name), amount })
        : say('loan-hand.question-second', {
            leader: firstName(turn.speaker.me.name),
            name: firstName(borrower.name),
            amount,
          }),
    ],
    [offer(`loan:got:${id}`, say('loan-hand.got')), offer(`loan:notgot:${id}`, say('loan-hand.not-got'))],
  );

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
  const officer = turn.speaker.company.officers.filter((one) => one.id === request.handedBy);
  if (answer === 'notgot') return notGot(turn, request, officer);
  // Booked is what was handed over, as it was shown then: what she has saved by now changes nothing of it.
  const { terms } = request;
  invariant(terms, 'a loan that was handed over has its terms');
  const box = turn.speaker.group.loanCash;
  if (terms.principal.minor > box.minor)
    return decide(turn, { replies: [reply([say('refusal.more_than_box', { box })])] });
  const loanId = asId<LoanId>(turn.newId());
  const receipt = turn.speaker.group.book.seq + 1n;
  const said = [say('loan-hand.done', { amount: request.amount, receipt }), ...planLines(terms)];
  const isHers = turn.speaker.me.id === request.memberId;
  return decide(turn, {
    events: [
      { type: 'loan-made', loan: { id: loanId, memberId: request.memberId, terms } },
      { type: 'entry-posted', entry: loanEntry(turn, request, { loanId, terms }) },
      requestMoved({ id: request.id, was: 'handed', state: 'lent', loanId }),
    ],
    notices: [
      ...tell(
        officer,
        'loan',
        reply([requestLine(request.borrower.name, request), say('loan-hand.booked', { receipt })]),
      ),
    ],
    replies: [reply(isHers ? said : [say('loan-hand.booked', { receipt })])],
  });
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
    events: [requestMoved({ id: request.id, was: 'handed', state: 'approved' })],
    notices: tell(
      officer,
      'loan',
      reply(
        [say('loan-hand.denied', { name: firstName(request.borrower.name), amount: request.amount })],
        [offer(`loan:handed:${request.id}`, say('loan-hand.handed'))],
      ),
    ),
    replies: [reply([say('loan-hand.noted')])],
  });

/** She who said that she handed it over says that she did not. */
const takeBack = (turn: MemberTurn, request: RequestFacts): StepResult =>
  decide(turn, {
    events: [requestMoved({ id: request.id, was: 'handed', state: 'approved' })],
    notices: tell([request.borrower], 'loan', takenBack(turn, request.amount, 'loan')),
    replies: [reply([say('loan-hand.noted')])],
  });

const loanEntry = (
  turn: MemberTurn,
  request: RequestFacts,
  { loanId, terms }: { readonly loanId: LoanId; readonly terms: LoanTerms },
): EntryDraft =>
  decidedEntry(turn, {
    kind: 'loan',
    key: `loan/${request.id}`,
    author: request.handedBy ?? turn.speaker.me.id,
    postings: [
      {
        debit: `loan/${loanId}`,
        credit: `cash/${potFor(turn.speaker.group.rules, 'loan')}`,
        amountMinor: terms.principal.minor,
      },
    ],
  });
