import type { DomainEvent } from '../conversation/domain-event.ts';
import { storeTerms } from './loan-terms.ts';

/** Loans asked for, voted on, moved and made, as commit_loans takes them. */
export const loansJson = (events: readonly DomainEvent[]): { loans?: object } => {
  const asked: object[] = [];
  const steps: object[] = [];
  const made: object[] = [];
  const votes: object[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'loan-asked': {
        const { id, memberId, amount, purpose, n } = event.request;
        asked.push({ id, member: memberId, amount: amount.minor.toString(), purpose, n });
        break;
      }
      case 'loan-moved': {
        const { id, was, state, decidedBy, handedBy, loanId } = event.step;
        steps.push({ id, was, state, decided_by: decidedBy, handed_by: handedBy, loan: loanId });
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
      case 'vote-cast':
        votes.push({ subject: event.subjectId, member: event.vote.memberId, yes: event.vote.yes });
        break;
      default:
    }
  }
  return asked.length + steps.length + made.length + votes.length > 0
    ? { loans: { asked, steps, made, votes } }
    : {};
};
