import { firstName } from '../../domain/group.ts';
import { plannedAnew } from '../../domain/loan/repaying.ts';
import type { NewPlan } from '../../domain/loan/replan.ts';
import type { LoanOfMember, MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn, todayOf } from '../turn.ts';
import { runLines } from './loan-texts.ts';

/** What the second officer is asked, or nothing when no plan waits for her. */
export const planWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { me, company } = turn.speaker;
  for (const member of company.desk.roster) {
    const loan = member.loans.find(({ proposed }) => proposed && proposed.by !== me.id);
    if (loan && member.id !== me.id) return decide(turn, { replies: [planQuestion(turn, member, loan)] });
  }
  return undefined;
};

export const planQuestion = (turn: OfficerTurn, member: MemberFacts, loan: LoanOfMember): Reply => {
  const { proposed } = loan;
  const by = turn.speaker.company.officers.find(({ id }) => id === proposed?.by);
  return reply(
    [
      say('plan.question', { leader: firstName(by?.name ?? turn.speaker.me.name), name: member.name }),
      ...(proposed ? newLines(loan, { ...proposed, on: todayOf(turn) }) : []),
      say('plan.question-end'),
    ],
    proposed
      ? [
          offer(`plan:agree:${proposed.id}`, say('plan.agree')),
          offer(`plan:refuse:${proposed.id}`, say('choice.no')),
        ]
      : [],
  );
};

export const decidePlan = (turn: OfficerTurn, answer: 'agree' | 'refuse', id: string): StepResult => {
  const { me, company, group } = turn.speaker;
  const member = company.desk.roster.find(({ loans }) => loans.some(({ proposed }) => proposed?.id === id));
  const loan = member?.loans.find(({ proposed }) => proposed?.id === id);
  const proposed = loan?.proposed;
  if (!member || !loan || !proposed) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (member.id === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (proposed.by === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  const on = todayOf(turn);
  const isLate = on.until(proposed.firstDue).days <= 0;
  if (answer === 'refuse' || isLate) {
    return decide(turn, {
      events: [{ type: 'loan-plan-decided', id: proposed.id, witness: me.id, agreed: undefined }],
      notices: tell(
        company.officers.filter((officer) => officer.id === proposed.by),
        'answer',
        reply([say('plan.denied', { name: member.name })]),
      ),
      replies: [reply([say(isLate ? 'plan.late' : 'plan.kept')])],
    });
  }
  const lines = newLines(loan, { ...proposed, on });
  return decide(turn, {
    events: [
      {
        type: 'loan-plan-decided',
        id: proposed.id,
        witness: me.id,
        agreed: { on, seq: group.book.seq },
      },
    ],
    notices: tell([contactOf(member)], 'loan', reply([say('plan.told'), ...lines])),
    replies: [reply([say('plan.done', { name: member.name }), ...lines])],
  });
};

/** A new plan as its payments, with what late fees stay owed beside it. */
export const newLines = (loan: LoanOfMember, plan: NewPlan): Say[] => {
  const { rows, lateFee } = plannedAnew(loan, plan);
  return [...runLines(rows), ...(lateFee.minor > 0n ? [say('plan.late-fee', { fee: lateFee })] : [])];
};
