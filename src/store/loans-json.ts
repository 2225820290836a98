import type { DomainEvent } from '../conversation/domain-event.ts';
import type { LoanStep } from '../conversation/loan-event.ts';
import type { LoanRequest } from '../domain/loan/request.ts';
import { storeTerms } from './loan-terms.ts';

/** Loans asked for, voted on, moved, made and planned anew, as commit_loans takes them. */
export const loansJson = (events: readonly DomainEvent[]): { loans?: object } => {
  const asked: object[] = [];
  const steps: object[] = [];
  const made: object[] = [];
  const votes: object[] = [];
  const plans: object[] = [];
  const planSteps: object[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'loan-asked': {
        asked.push(askedJson(event.request));
        break;
      }
      case 'loan-noted': {
        asked.push(askedJson(event.request));
        steps.push(stepJson(event.step));
        break;
      }
      case 'loan-moved': {
        steps.push(stepJson(event.step));
        break;
      }
      case 'loan-made': {
        const { id, memberId, terms } = event.loan;
        made.push({
          id,
          member: memberId,
          terms: storeTerms(terms),
          disbursed_on: terms.disbursed.toString(),
        });
        break;
      }
      case 'loan-plan-proposed': {
        const { id, loanId, n, firstDue, by } = event.plan;
        plans.push({ id, loan: loanId, n, first_due: firstDue.toString(), by });
        break;
      }
      case 'loan-plan-decided': {
        const { id, witness, agreed } = event;
        planSteps.push({
          id,
          state: agreed ? 'agreed' : 'refused',
          witness,
          on_date: agreed?.on.toString(),
          seq: agreed?.seq.toString(),
        });
        break;
      }
      case 'vote-cast':
        votes.push({ subject: event.subjectId, member: event.vote.memberId, yes: event.vote.yes });
        break;
      default:
    }
  }
  const loans = { asked, steps, made, votes, plans, planSteps };
  return Object.values(loans).some((rows) => rows.length > 0) ? { loans } : {};
};

const askedJson = ({ id, memberId, amount, purpose, n, askedBy }: LoanRequest): object => ({
  id,
  member: memberId,
  amount: amount.minor.toString(),
  purpose,
  n,
  asked_by: askedBy,
});

const stepJson = ({ id, was, state, decidedBy, handedBy, terms, heldOn, loanId }: LoanStep): object => ({
  id,
  was,
  state,
  decided_by: decidedBy,
  handed_by: handedBy,
  terms: terms && storeTerms(terms),
  held_on: heldOn?.toString(),
  loan: loanId,
});
