import { firstName } from '../../domain/group.ts';
import { isId } from '../../domain/ids.ts';
import { planMoneyOut } from '../../domain/money-out.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import type { MoneyOutFacts } from '../snapshot.ts';
import { decide, type MemberTurn, needs, todayOf } from '../turn.ts';
import { outRefusalText } from './out.ts';

/** The second word on money that leaves the box: hers who got it, or another officer's. Only now it is in the book. */
export const outSaid = (turn: MemberTurn, answer: string, id: string): StepResult | undefined => {
  const { outs } = turn.speaker.extra;
  if (!isId(id) || (answer !== 'yes' && answer !== 'no')) return undefined;
  if (!outs) return needs({ type: 'outs' });
  const out = outs.find((one) => one.id === id);
  if (!out) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (!mayWitness(turn, out)) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  return answer === 'yes' ? book(turn, out) : refuse(turn, out);
};

const mayWitness = (turn: MemberTurn, out: MoneyOutFacts): boolean => {
  const { me, company } = turn.speaker;
  if (me.id === out.by) return false;
  if (out.member && out.member.reach.length > 0) return me.id === out.member.id;
  return company.desk !== undefined && me.id !== out.member?.id;
};

const first = (turn: MemberTurn, out: MoneyOutFacts) =>
  turn.speaker.company.officers.filter((officer) => officer.id === out.by);

const refuse = (turn: MemberTurn, out: MoneyOutFacts): StepResult =>
  decide(turn, {
    events: [
      {
        type: 'money-out-moved',
        id: out.id,
        state: 'refused',
        witness: turn.speaker.me.id,
        entryId: undefined,
      },
    ],
    notices: tell(
      first(turn, out),
      'answer',
      reply([say('out.denied', { name: firstName(turn.speaker.me.name), amount: out.amount })]),
    ),
    replies: [reply([say('loan-hand.noted')])],
  });

const book = (turn: MemberTurn, out: MoneyOutFacts): StepResult => {
  const { group, me } = turn.speaker;
  const planned = planMoneyOut(out.kind, out.amount, {
    facts: { member: out.member, cash: group.ownCash, socialCash: group.socialCash },
    rules: group.rules,
    on: todayOf(turn),
  });
  if (!planned.ok) return decide(turn, { replies: [reply([outRefusalText(planned.refusal)])] });
  // What she gets back when she leaves may have changed since she was asked: then she is asked anew.
  if (planned.value.amount.minor !== out.amount.minor) return refuse(turn, out);
  const receipt = group.book.seq + 1n;
  // Who leaves with nothing saved and nothing owed moves no money: there is nothing to book.
  const entry =
    planned.value.postings.length > 0
      ? decidedEntry(turn, {
          kind: out.kind,
          key: `${out.kind}/${out.id}`,
          author: out.by,
          postings: planned.value.postings,
        })
      : undefined;
  const events: DomainEvent[] = [
    ...(entry ? [{ type: 'entry-posted' as const, entry }] : []),
    { type: 'money-out-moved', id: out.id, state: 'booked', witness: me.id, entryId: entry?.id },
    ...(out.kind === 'leaving' && out.member
      ? [{ type: 'member-changed' as const, memberId: out.member.id, state: 'left' as const }]
      : []),
  ];
  return decide(turn, {
    events,
    notices: tell(
      first(turn, out),
      'answer',
      reply([entry ? say('loan-hand.booked', { receipt }) : say('out.left')]),
    ),
    replies: [reply([entry ? say('out.done', { amount: out.amount, receipt }) : say('out.left')])],
  });
};
