import { LOAN_PURPOSES, loanCeiling } from '../../domain/loan/request.ts';
import { type Money, money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, todayOf } from '../turn.ts';
import { askLength, askPurpose } from './loan-choices.ts';
import { borrowerOf, termsNow } from './loan-eligible.ts';
import { askFirst, mayWithdraw, openOf, refusedAs } from './loan-open.ts';
import { coverCounted, loanRefusalText } from './loan-texts.ts';
import { forWhom, herself, type Whom, whomOf } from './loan-whom.ts';

/** "quiero un préstamo de 600": what she may have is said before she asks for more. */
export const startLoan = (turn: MemberTurn): StepResult => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  return beginLoan(turn, herself(turn), meaning?.clarify ? undefined : meaning?.amountMinor);
};

/** The same of whomever it is for, with the amount where it was said. */
export const beginLoan = (turn: MemberTurn, whom: Whom, amountMinor?: bigint): StepResult => {
  const { extra, group } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const first = askFirst(turn, whom, openOf(extra.requests, whom));
  if (first) return first;
  const ceiling = loanCeiling(borrowerOf(turn, whom.who), group.rules, todayOf(turn));
  if (!ceiling.ok) return refusedAs(turn, whom, ceiling.refusal);
  if (amountMinor !== undefined) return withAmount(turn, whom, money(amountMinor, group.currency));
  return askAmount(turn, whom, [...coverCounted(whom, group.rules), howMuch(whom, ceiling.value)]);
};

const howMuch = ({ who, isHers }: Whom, ceiling: Money): Say =>
  isHers ? say('loan-ask.how-much', { ceiling }) : say('loan-for.how-much', { name: who.name, ceiling });

/** The answer to "how much". */
export const loanAmount = (turn: MemberTurn): StepResult | undefined => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  const whom = whomOf(turn);
  if (!whom) return undefined;
  if (meaning?.clarify) return askAmount(turn, whom, [say('report.unclear')]);
  return meaning?.amountMinor === undefined
    ? undefined
    : withAmount(turn, whom, money(meaning.amountMinor, turn.speaker.group.currency));
};

export const loanPurpose = (turn: MemberTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  const purpose = LOAN_PURPOSES.find((one) => one === chosen);
  const whom = whomOf(turn);
  if (flow.type !== 'loan-purpose' || !purpose || !whom) return undefined;
  return decide(turn, {
    flow: { type: 'loan-length', amount: flow.amount, purpose, ...forWhom(whom) },
    replies: [askLength(turn, whom.isHers ? 'loan-ask.how-long' : 'late-loan.how-long', 'loan:n')],
  });
};

/** The request was a mistake, or she changed her mind before the money was handed over. */
export const withdrawLoan = (turn: MemberTurn, id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const open = extra.requests.find((request) => request.id === id && mayWithdraw(turn, request));
  if (!open) return undefined;
  return decide(turn, {
    replies: [
      reply([
        open.memberId === me.id
          ? say('loan-ask.withdrawn')
          : say('loan-for.withdrawn', { name: open.borrower.name }),
      ]),
    ],
    events: [{ type: 'loan-moved', step: { id: open.id, was: open.state, state: 'withdrawn' } }],
  });
};

const askAmount = (turn: MemberTurn, whom: Whom, lines: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'loan-amount', ...forWhom(whom) },
    replies: [reply(lines, [offer('no', say('choice.cancel'))])],
  });

const withAmount = (turn: MemberTurn, whom: Whom, amount: Money): StepResult => {
  // As one instalment: whether the sum can be lent at all, before anything else is asked.
  const possible = termsNow(turn, { amount, n: 1 }, borrowerOf(turn, whom.who));
  if (!possible.ok)
    return askAmount(turn, whom, [
      ...coverCounted(whom, turn.speaker.group.rules),
      loanRefusalText(possible.refusal, whom),
    ]);
  return decide(turn, {
    flow: { type: 'loan-purpose', amount: amount.minor.toString(), ...forWhom(whom) },
    replies: [askPurpose([whatFor(whom, amount)], 'loan:for')],
  });
};

const whatFor = ({ who, isHers }: Whom, amount: Money): Say =>
  isHers ? say('loan-ask.what-for', { amount }) : say('loan-for.what-for', { name: who.name, amount });
