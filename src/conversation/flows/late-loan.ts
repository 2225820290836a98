import type { Temporal } from 'temporal-polyfill';
import { boxFrom } from '../../domain/box-days.ts';
import { asId, type LoanRequestId } from '../../domain/ids.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { LOAN_PURPOSES, type LoanPurpose, requestedTerms } from '../../domain/loan/request.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { type Money, money, smaller, subtract, zero } from '../../domain/money.ts';
import { leftIn } from '../../domain/underway.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { lateDayOver, lateLines } from './late-day.ts';
import { memberById } from './list-draft.ts';
import { askLength, askPurpose } from './loan-choices.ts';
import { borrowerOf, savedBy } from './loan-eligible.ts';
import { loanRefusalText } from './loan-texts.ts';
import { dateOf } from './when.ts';

/** "Préstamo que se entregó", of a past meeting: to whom and how much. */
export const startLateLoan = (turn: OfficerTurn, on: Temporal.PlainDate): StepResult =>
  ask(turn, on, [say('past.of', { date: on }), say('late-loan.who')]);

const ask = (turn: OfficerTurn, on: Temporal.PlainDate, lines: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'late-loan', on: on.toString() },
    replies: [reply(lines, [offer('no', say('choice.cancel'))])],
  });

/** "Ana 600": one name and one amount, read for certain; then in how many payments. */
export const lateLoanAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'late-loan' || turn.input.type !== 'words') return undefined;
  const on = dateOf(flow.on);
  const { items, clarify, ambiguous, unknown } = turn.read(turn.input.text);
  const [item, ...more] = items;
  const member = turn.speaker.company.desk.roster.find(({ number }) => number === item?.member);
  const isClear = !clarify && ambiguous.length + unknown.length + more.length === 0;
  if (!isClear || !member || item?.amountMinor === undefined)
    return ask(turn, on, [say('late-loan.again'), say('late-loan.who')]);
  if (!turn.speaker.extra.requests) return needs({ type: 'requests' });
  const amount = money(item.amountMinor, turn.speaker.group.currency);
  const planned = plan(turn, { member, on, amount, n: 1 });
  if (planned.type !== 'terms') return planned.type === 'refused' ? ask(turn, on, planned.why) : planned.ask;
  const approved = approvedOf(turn, member);
  return approved
    ? readBack(turn, { member, on, amount, n: approved.n, purpose: approved.purpose, id: approved.id })
    : decide(turn, {
        flow: {
          type: 'late-loan-purpose',
          on: flow.on,
          memberId: member.id,
          amount: amount.minor.toString(),
        },
        replies: [askPurpose([say('late-loan.what-for')], 'late:for')],
      });
};

/** What it was for, pressed; then in how many payments. */
export const lateLoanPurpose = (turn: OfficerTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  const purpose = LOAN_PURPOSES.find((one) => one === chosen);
  if (flow.type !== 'late-loan-purpose' || !purpose) return undefined;
  return decide(turn, {
    flow: { ...flow, type: 'late-loan-length', purpose },
    replies: [askLength(turn, 'late-loan.how-long', 'late:n')],
  });
};

/** So many payments, pressed or written. */
export const lateLoanLength = (turn: OfficerTurn, written: string): StepResult | undefined => {
  const { flow } = turn.session;
  const [only, more] = written.match(/\d+/gu) ?? [];
  if (flow.type !== 'late-loan-length' || !only || more !== undefined || only.length > 3) return undefined;
  if (!turn.speaker.extra.requests) return needs({ type: 'requests' });
  const n = Number(only);
  return readBack(turn, {
    member: memberById(turn, flow.memberId),
    on: dateOf(flow.on),
    amount: money(BigInt(flow.amount), turn.speaker.group.currency),
    n,
    purpose: flow.purpose,
    id: asId<LoanRequestId>(turn.newId()),
  });
};

/** A loan as an officer says that it was handed over at a past meeting. */
export type LateLoan = {
  readonly member: MemberFacts;
  readonly on: Temporal.PlainDate;
  readonly amount: Money;
  readonly n: number;
};

const readBack = (
  turn: OfficerTurn,
  loan: LateLoan & { readonly purpose: LoanPurpose; readonly id: LoanRequestId },
): StepResult => {
  const { member, on, amount, n, purpose, id } = loan;
  const planned = plan(turn, loan);
  if (planned.type !== 'terms') return planned.type === 'refused' ? ask(turn, on, planned.why) : planned.ask;
  return decide(turn, {
    flow: {
      type: 'late-loan-confirm',
      on: on.toString(),
      memberId: member.id,
      amount: amount.minor.toString(),
      n,
      purpose,
      requestId: id,
    },
    replies: [
      reply(
        [
          say('list.title', { date: on }),
          say('late-loan.line', { name: member.name, amount }),
          ...lateLines(turn, planned.terms),
          say('list.question'),
        ],
        [offer(`late:yes:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

type Planned =
  | { readonly type: 'terms'; readonly terms: LoanTerms }
  | { readonly type: 'refused'; readonly why: readonly Say[] }
  | { readonly type: 'ask'; readonly ask: StepResult };

/**
 * Her terms from the day of the meeting on, or why they cannot be written down: the day is over, another loan of hers waits, the box
 * would have been short of it on that day or later, or the rules do not allow it. The turn has `requests`.
 */
export const plan = (turn: OfficerTurn, { member, on, amount, n }: LateLoan): Planned => {
  const { me, group, extra } = turn.speaker;
  const over = lateDayOver(turn, on);
  if (over) return { type: 'ask', ask: over };
  if (member.id === me.id) return refused(say('loan-decide.own'));
  if (member.state === 'suspended') return refused(say('late-loan.suspended', { name: member.name }));
  const open = extra.requests?.find(({ memberId }) => memberId === member.id);
  const known = open && openSay(open, { member, amount });
  if (known) return refused(known);
  const pot = potFor(group.rules, 'loan');
  const { least } = boxFrom(
    group.loanCash,
    (extra.boxMoves ?? []).filter((move) => move.pot === pot),
    on,
  );
  const gone = subtract(group.loanCash, leftIn(pot, group.loanCash, group));
  const most = least.minor > gone.minor ? subtract(least, gone) : zero(group.currency);
  if (amount.minor > most.minor) return refused(say('late-loan.box', { most }));
  const borrower = borrowerOf(turn, { ...member, saved: savedBy(member, on) });
  const terms = requestedTerms(
    { ...borrower, cash: smaller(borrower.cash, most) },
    { amount, n },
    { rules: group.rules, on, meeting: group.meeting },
  );
  return terms.ok
    ? { type: 'terms', terms: terms.value }
    : refused(loanRefusalText(terms.refusal, { who: member, isHers: false }));
};

const refused = (...why: readonly Say[]): Planned => ({
  type: 'refused',
  why: [...why, say('late-loan.nothing')],
});

type Open = NonNullable<OfficerTurn['speaker']['extra']['requests']>[number];

/** What she asked for in the chat is decided on there; what was approved may be written down as it was. */
const openSay = (
  open: Open,
  { member: { name }, amount }: Pick<LateLoan, 'member' | 'amount'>,
): Say | undefined => {
  const known = { name, amount: open.amount };
  if (open.state === 'asked') return say('late-loan.open-asked', known);
  if (open.state === 'handed') return say('late-loan.open-handed', known);
  return open.amount.minor === amount.minor ? undefined : say('late-loan.open-approved', known);
};

/** What the group approved in the chat and nobody has said to be handed over. */
export const approvedOf = (turn: OfficerTurn, member: Pick<MemberFacts, 'id'>): Open | undefined =>
  turn.speaker.extra.requests?.find(({ memberId, state }) => memberId === member.id && state === 'approved');
