import type { Outcome } from '../conversation/outcome.ts';
import type { PaymentParts } from '../domain/payment.ts';

const amounts = (parts: PaymentParts) => ({
  savings: parts.savings.minor.toString(),
  loan: parts.loan.minor.toString(),
  fine: parts.fine.minor.toString(),
  social: parts.social.minor.toString(),
  turn: parts.turn.minor.toString(),
});

/** Claims made, and their steps, as commit_payments takes them. */
export const paymentsJson = (events: Outcome['events']) => {
  const made = events.flatMap((e) =>
    e.type === 'payment-made'
      ? [
          {
            id: e.payment.id,
            member: e.payment.memberId,
            ...amounts(e.payment.parts),
            state: e.payment.state,
            meeting_on: e.payment.meetingOn.toString(),
            nth: e.payment.nth,
            batch: e.payment.batch,
            reporter: e.payment.reportedBy,
            signer: e.payment.signer,
            decider: e.payment.decidedBy,
            entry: e.payment.entryId,
          },
        ]
      : [],
  );
  const steps = events.flatMap((e) =>
    e.type === 'payment-moved'
      ? [
          {
            id: e.step.id,
            was: e.step.was,
            state: e.step.state,
            signer: e.step.signer,
            by: e.step.by,
            entry: e.step.entryId,
            nth: e.step.nth,
          },
        ]
      : [],
  );
  return made.length + steps.length > 0 ? { payments: { made, steps } } : {};
};
