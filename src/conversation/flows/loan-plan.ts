import { firstName } from '../../domain/group.ts';
import { asId, isId, type LoanPlanId } from '../../domain/ids.ts';
import type { NewPlan } from '../../domain/loan/replan.ts';
import { isOwing, owing } from '../../domain/loan/standing.ts';
import type { LoanOfMember, MemberFacts } from '../member-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import {
  currentMeeting,
  decide,
  isOfficerTurn,
  type MemberTurn,
  type OfficerTurn,
  todayOf,
} from '../turn.ts';
import { decidePlan, newLines, planQuestion } from './loan-plan-decide.ts';
import { namedIn } from './roll.ts';

const DAYS_PER_WEEK = 7;
/** As a constitution allows: ten years of weeks. */
const INSTALMENTS_MAX = 520;
/** A name is read whole before a part of it is. */
const NAME_WORDS = [3, 2, 1];
const COUNT = /(?:^|\s)(\d{1,3})(?=\s|$)/;

/** "necesito más plazo": her officers hear it. "reprogramar préstamo de Ana a 8 semanas": an officer says what was agreed. */
export const startPlan = (turn: MemberTurn): StepResult => {
  if (!isOfficerTurn(turn)) return wantTime(turn);
  const text = turn.input.type === 'words' ? turn.input.text : '';
  const member = memberNamedIn(turn, text);
  if (!member) return askWho(turn);
  const n = Number(COUNT.exec(text)?.[1] ?? 0);
  return n > 0 ? readBack(turn, member, n) : howMany(turn, member);
};

/** The one member that is named in a sentence; a number in it is no member's. */
export const memberNamedIn = (turn: OfficerTurn, text: string): MemberFacts | undefined => {
  const words = text.split(/\s+/).filter((word) => !/\d/.test(word));
  const runs = NAME_WORDS.flatMap((count) =>
    words.map((_, from) => words.slice(from, from + count).join(' ')),
  );
  const named = runs
    .map((run) => namedIn(turn, run))
    .find(({ members, unclear }) => members.length === 1 && unclear.length === 0);
  return named?.members[0];
};

const wantTime = (turn: MemberTurn): StepResult => {
  const { me } = turn.speaker;
  if (!isOwing(me.loans)) return decide(turn, { replies: [reply([say('loan.none')])] });
  const officers = otherOfficers(turn, me);
  const [first] = officers;
  if (!first) return decide(turn, { replies: [reply([say('report.no-officer')])] });
  return decide(turn, {
    notices: tell(
      officers,
      'loan',
      reply(
        [say('plan.wanted', { name: me.name })],
        [offer(`plan:who:${me.id}`, say('plan.give')), offer('no', say('choice.not-now'))],
      ),
    ),
    replies: [reply([say('plan.asked', { name: firstName(first.name) })])],
  });
};

/** The loan that is planned anew: her oldest with anything lent. */
const loanOf = (turn: OfficerTurn, member: MemberFacts): LoanOfMember | undefined =>
  member.id === turn.speaker.me.id
    ? undefined
    : member.loans.find((loan) => loan.paidPrincipal.minor < loan.terms.principal.minor);

const askWho = (turn: OfficerTurn): StepResult => {
  const borrowers = turn.speaker.company.desk.roster.filter((member) => loanOf(turn, member));
  if (borrowers.length === 0) return decide(turn, { replies: [reply([say('plan.nobody')])] });
  return decide(turn, {
    replies: [
      reply(
        [say('plan.who')],
        [
          ...borrowers.map(({ id, name }) => offer(`plan:who:${id}`, say('plan.one', { name }))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

const howMany = (turn: OfficerTurn, member: MemberFacts): StepResult => {
  const loan = loanOf(turn, member);
  if (!loan) return refusedFor(turn, member);
  if (loan.proposed) return waits(turn);
  const { n } = loan.terms;
  const counts = [...new Set([Math.ceil(n / 2), n, n * 2])].filter((count) => count <= INSTALMENTS_MAX);
  return decide(turn, {
    replies: [
      reply(
        [say('plan.how-many', { name: firstName(member.name), owed: owing([loan], todayOf(turn)).owed })],
        [
          ...counts.map((count) => offer(`plan:n:${member.id}:${count}`, say('loan-ask.length', { count }))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};

const waits = (turn: OfficerTurn): StepResult => decide(turn, { replies: [reply([say('plan.waits')])] });

const refusedFor = (turn: OfficerTurn, member: MemberFacts): StepResult =>
  decide(turn, {
    replies: [reply([say(member.id === turn.speaker.me.id ? 'loan-decide.own' : 'plan.nobody')])],
  });

/** From the next meeting on: nobody is asked on the day itself. */
const planFor = (turn: OfficerTurn, n: number): NewPlan => {
  const on = todayOf(turn);
  const nearest = currentMeeting(turn);
  const isAhead = nearest.since(on).days > 0;
  return { on, n, firstDue: isAhead ? nearest : nearest.add({ days: DAYS_PER_WEEK }) };
};

const readBack = (turn: OfficerTurn, member: MemberFacts, n: number): StepResult => {
  const loan = loanOf(turn, member);
  if (!loan) return refusedFor(turn, member);
  if (loan.proposed) return waits(turn);
  if (!Number.isInteger(n) || n < 1 || n > INSTALMENTS_MAX) return howMany(turn, member);
  return decide(turn, {
    replies: [
      reply(
        [say('plan.yours', { name: member.name }), ...newLines(loan, planFor(turn, n)), say('plan.sure')],
        [offer(`plan:yes:${member.id}:${n}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** An officer's choices about a new plan; the second officer's word makes it count. */
export const planVerb = (
  turn: OfficerTurn,
  what: string,
  args: readonly string[],
): StepResult | undefined => {
  const [id = '', count = ''] = args;
  if (!isId(id)) return undefined;
  if (what === 'agree' || what === 'refuse') return decidePlan(turn, what, id);
  const member = turn.speaker.company.desk.roster.find((one) => one.id === id);
  if (!member) return undefined;
  switch (what) {
    case 'who':
      return howMany(turn, member);
    case 'n':
      return readBack(turn, member, Number(count));
    case 'yes':
      return proposePlan(turn, member, Number(count));
    default:
      return undefined;
  }
};

const proposePlan = (turn: OfficerTurn, member: MemberFacts, n: number): StepResult => {
  const loan = loanOf(turn, member);
  if (!loan || !Number.isInteger(n) || n < 1 || n > INSTALMENTS_MAX) return refusedFor(turn, member);
  if (loan.proposed) return waits(turn);
  const officers = otherOfficers(turn, member);
  const [first] = officers;
  if (!first) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const { me } = turn.speaker;
  const { firstDue } = planFor(turn, n);
  const proposed = { id: asId<LoanPlanId>(turn.newId()), n, firstDue, by: me.id };
  return decide(turn, {
    events: [{ type: 'loan-plan-proposed', plan: { ...proposed, loanId: loan.id } }],
    notices: tell(officers, 'ask', planQuestion(turn, member, { ...loan, proposed })),
    replies: [reply([say('loan-hand.waits', { name: firstName(first.name) })])],
  });
};
