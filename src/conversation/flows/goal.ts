import { type Goal, planGoal } from '../../domain/goal.ts';
import { money } from '../../domain/money.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';

/** "mi meta es 3000 para diciembre" sets it; "mi meta" alone shows the one she has, or asks for one. */
export const setGoal = (turn: MemberTurn): StepResult => {
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (meaning?.clarify) return askGoal(turn, [say('report.unclear')]);
  if (meaning?.amountMinor !== undefined) return keep(turn, meaning.amountMinor);
  const { me } = turn.speaker;
  if (!me.goal) return askGoal(turn, []);
  return decide(turn, {
    replies: [
      reply(goalSoFar(me), [
        offer('goal:change', say('goal.change')),
        offer('goal:remove', say('goal.remove')),
        offer('no', say('choice.not-now')),
      ]),
    ],
  });
};

const askGoal = (turn: MemberTurn, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'goal-amount' },
    replies: [reply([...before, say('goal.ask')], [offer('no', say('choice.cancel'))])],
  });

/** Understood whatever language she writes in. */
const MY_GOAL = 'mi meta es';

/** Her answer to "how much": an amount, with or without what for. Whatever has no amount is read as anything else is. */
export const goalAmount = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { clarify, amountMinor } = turn.read(`${MY_GOAL} ${turn.input.text}`);
  if (clarify) return askGoal(turn, [say('report.unclear')]);
  return amountMinor === undefined ? undefined : keep(turn, amountMinor);
};

/** The buttons under her goal. */
export const goalVerb = (turn: MemberTurn, what: string): StepResult | undefined => {
  if (what === 'change') return askGoal(turn, []);
  if (what !== 'remove') return undefined;
  return decide(turn, {
    events: [{ type: 'goal-set', memberId: turn.speaker.me.id, goal: undefined }],
    replies: [reply([say('goal.removed')])],
  });
};

/** What follows "for" in whatever language she writes: what the goal is for, or until when. */
const FOR = /\s(?:para|pa|for|by)\s+(\D+)$/iu;

const keep = (turn: MemberTurn, minor: bigint): StepResult => {
  const { me, group } = turn.speaker;
  const text = turn.input.type === 'words' ? turn.input.text : '';
  const planned = planGoal(money(minor, group.currency), FOR.exec(text)?.[1]?.replace(/[.!¡]+$/u, ''));
  if (!planned.ok) return askGoal(turn, [say('refusal.goal_amount', { max: planned.refusal.max })]);
  return decide(turn, {
    events: [{ type: 'goal-set', memberId: me.id, goal: planned.value }],
    replies: [
      reply([
        say('goal.kept', { goal: planned.value.amount, purpose: purposeOf(planned.value) }),
        ...goalSoFar({ ...me, goal: planned.value }),
      ]),
    ],
  });
};

/** " para diciembre", or nothing. */
const purposeOf = ({ words }: Goal): Say[] => (words === undefined ? [] : [say('goal.purpose', { words })]);

/** "Llevas $1,200.00 de tu meta de $3,000.00 para diciembre."; nothing while she has none. */
export const goalSoFar = ({ goal, saved }: Pick<MemberFacts, 'goal' | 'saved'>): Say[] => {
  if (!goal) return [];
  const purpose = purposeOf(goal);
  return saved.minor >= goal.amount.minor
    ? [say('goal.reached', { goal: goal.amount, purpose })]
    : [say('goal.so-far', { saved, goal: goal.amount, purpose })];
};
