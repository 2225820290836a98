import { asId, type LoanRequestId } from '../../domain/ids.ts';
import { LOAN_PURPOSES, type LoanPurpose, type LoanRequest, loanCeiling } from '../../domain/loan/request.ts';
import { type Money, money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, todayOf } from '../turn.ts';
import { borrowerOf, termsNow } from './loan-eligible.ts';
import { askGroup } from './loan-questions.ts';
import { coverCounted, loanRefusalText, ownPurposeSay, planLines } from './loan-texts.ts';

/** "quiero un préstamo de 600": what she may have is said before she asks for more. */
export const startLoan = (turn: MemberTurn): StepResult => {
  const { extra, me, group } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const open = extra.requests.find((request) => request.memberId === me.id);
  if (open) return openAlready(turn, open);
  const ceiling = loanCeiling(borrowerOf(turn), group.rules, todayOf(turn));
  if (!ceiling.ok) return refused(turn, loanRefusalText(ceiling.refusal));
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (meaning?.amountMinor !== undefined && !meaning.clarify) {
    return withAmount(turn, money(meaning.amountMinor, group.currency));
  }
  return askAmount(turn, say('loan-ask.how-much', { ceiling: ceiling.value }), coverCounted(me, group.rules));
};

/** Her answer to "how much". */
export const loanAmount = (turn: MemberTurn): StepResult | undefined => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (meaning?.clarify) return askAmount(turn, say('report.unclear'));
  return meaning?.amountMinor === undefined
    ? undefined
    : withAmount(turn, money(meaning.amountMinor, turn.speaker.group.currency));
};

export const loanPurpose = (turn: MemberTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  const purpose = LOAN_PURPOSES.find((one) => one === chosen);
  if (flow.type !== 'loan-purpose' || !purpose) return undefined;
  return decide(turn, {
    flow: { type: 'loan-length', amount: flow.amount, purpose },
    replies: [
      reply(
        [say('loan-ask.how-long')],
        [
          ...lengthsOf(turn).map((n) => offer(`loan:n:${n}`, say('loan-ask.length', { count: n }))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

/** A quarter, a half and all of the instalments the rules allow. */
const lengthsOf = (turn: MemberTurn): readonly number[] => {
  const most = turn.speaker.group.rules.loans?.n ?? 1;
  return [...new Set([Math.ceil(most / 4), Math.ceil(most / 2), most])];
};

/** "10", "en 10 semanas": how many instalments, in her own words. */
export const lengthInWords = (turn: MemberTurn): StepResult | undefined => {
  const [only, more] = turn.input.type === 'words' ? (turn.input.text.match(/\d+/gu) ?? []) : [];
  return only !== undefined && more === undefined ? loanLength(turn, only) : undefined;
};

/** So many instalments, one of those offered or any number the rules allow; what they do not allow is refused in words. */
export const loanLength = (turn: MemberTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'loan-length' || !/^\d{1,3}$/u.test(chosen)) return undefined;
  const n = Number(chosen);
  const asked = { amount: money(BigInt(flow.amount), turn.speaker.group.currency), n };
  const terms = termsNow(turn, asked);
  if (!terms.ok) return refused(turn, loanRefusalText(terms.refusal));
  const id = asId<LoanRequestId>(turn.newId());
  return decide(turn, {
    flow: { type: 'loan-confirm', amount: flow.amount, purpose: flow.purpose, n: asked.n, requestId: id },
    replies: [
      reply(
        [
          say('loan-ask.yours', {
            amount: asked.amount,
            purpose: [ownPurposeSay(flow.purpose)],
            count: asked.n,
          }),
          ...planLines(terms.value),
          say('loan-ask.sure'),
        ],
        [offer(`loan:ask:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** Her yes: the request goes to those who decide. Its id is the key that makes it one loan, however often she presses. */
export const askLoan = (turn: MemberTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  const { extra, me, group } = turn.speaker;
  if (flow.type !== 'loan-confirm' || flow.requestId !== id) return undefined;
  if (!extra.requests) return needs({ type: 'requests' });
  const open = extra.requests.find((request) => request.memberId === me.id);
  if (open) return openAlready(turn, open);
  if (group.rules.loans?.decision === 'vote' && !extra.voters) return needs({ type: 'voters' });
  const amount = money(BigInt(flow.amount), group.currency);
  const terms = termsNow(turn, { amount, n: flow.n });
  if (!terms.ok) return refused(turn, loanRefusalText(terms.refusal));
  const request = newRequest(turn, { id: flow.requestId, amount, purpose: flow.purpose, n: flow.n });
  const notices = askGroup(turn, request);
  if (notices.length === 0) return refused(turn, say('report.no-officer'));
  return decide(turn, {
    replies: [reply([say('loan-ask.done')])],
    events: [{ type: 'loan-asked', request }],
    notices,
  });
};

/** She changed her mind before the money was handed over. */
export const withdrawLoan = (turn: MemberTurn, id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const open = extra.requests.find((request) => request.id === id && request.memberId === me.id);
  if (!open || open.state === 'handed') return undefined;
  return decide(turn, {
    replies: [reply([say('loan-ask.withdrawn')])],
    events: [{ type: 'loan-moved', step: { id: open.id, was: open.state, state: 'withdrawn' } }],
  });
};

const newRequest = (
  turn: MemberTurn,
  of: Pick<LoanRequest, 'id' | 'amount' | 'n'> & { readonly purpose: LoanPurpose },
): LoanRequest => ({
  ...of,
  memberId: turn.speaker.me.id,
  state: 'asked',
  handedBy: undefined,
  terms: undefined,
  votes: [],
});

const openAlready = (turn: MemberTurn, open: LoanRequest): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say(`loan-open.${open.state === 'asked' ? 'asked' : 'approved'}`, { amount: open.amount })],
        open.state === 'handed'
          ? [
              offer(`loan:got:${open.id}`, say('loan-hand.got')),
              offer(`loan:notgot:${open.id}`, say('loan-hand.not-got')),
            ]
          : [offer(`loan:withdraw:${open.id}`, say('loan-ask.withdraw')), offer('no', say('loan-ask.keep'))],
      ),
    ],
  });

const askAmount = (turn: MemberTurn, question: Say, before: readonly Say[] = []): StepResult =>
  decide(turn, {
    flow: { type: 'loan-amount' },
    replies: [reply([...before, question], [offer('no', say('choice.cancel'))])],
  });

const withAmount = (turn: MemberTurn, amount: Money): StepResult => {
  // As one instalment: whether the sum can be lent at all, before she is asked anything else.
  const possible = termsNow(turn, { amount, n: 1 });
  const { me, group } = turn.speaker;
  if (!possible.ok) return askAmount(turn, loanRefusalText(possible.refusal), coverCounted(me, group.rules));
  return decide(turn, {
    flow: { type: 'loan-purpose', amount: amount.minor.toString() },
    replies: [
      reply(
        [say('loan-ask.what-for', { amount })],
        [
          ...LOAN_PURPOSES.map((purpose) => offer(`loan:for:${purpose}`, say(`loan-choice.${purpose}`))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

const refused = (turn: MemberTurn, why: Say): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [...coverCounted(turn.speaker.me, turn.speaker.group.rules), why],
        [offer('ask:savings', say('menu.savings')), offer('ask:loan', say('menu.loan'))],
      ),
    ],
  });
