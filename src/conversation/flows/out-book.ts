import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../../domain/group.ts';
import { isId, type MemberId } from '../../domain/ids.ts';
import { isCapital, type MoneyOut } from '../../domain/money-out.ts';
import type { CoverFacts } from '../cover-facts.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MoneyOutFacts } from '../money-out-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, todayOf } from '../turn.ts';
import { capitalReceipt } from './capital.ts';
import { coverRefused, proposedCovers } from './cover-vote.ts';
import { outLine, outNeeds, pastDayOf, planOut } from './out-plan.ts';
import { outRefusalText } from './out-refusal.ts';
import { outQuestion, outReceipt, receivedThen, witnessesOf } from './out-witness.ts';
import { takenBack } from './underway.ts';

/** The next word on money that leaves the box. With the last one it is in the book, and not before. */
export const outSaid = (turn: MemberTurn, answer: string, id: string): StepResult | undefined => {
  const { outs } = turn.speaker.extra;
  if (!isId(id) || (answer !== 'yes' && answer !== 'no')) return undefined;
  if (!outs) return needs({ type: 'outs' });
  const out = outs.find((one) => one.id === id);
  if (!out) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (answer === 'no' && out.by === turn.speaker.me.id) return takeBack(turn, out);
  if (!witnessesOf(turn, out).some((witness) => witness.id === turn.speaker.me.id))
    return decide(turn, { replies: [reply([say('count.other-officer')])] });
  if (answer === 'no')
    return end(turn, out, {
      told: say('out.denied', { name: firstName(turn.speaker.me.name), amount: out.amount }),
      answered: say('loan-hand.noted'),
    });
  const on = pastDayOf(turn, out);
  if (on === 'unknown') return needs({ type: 'counted' });
  const planned = planOut(turn, { id: out.id, kind: out.kind, member: out.member, asked: out.amount, on });
  if (!planned) return outNeeds(out);
  if (!planned.ok) return decide(turn, { replies: [reply([outRefusalText(planned.refusal, on)])] });
  // What she gets when she leaves may have changed since it was shown: nobody said yes to another amount.
  if (planned.value.amount.minor !== out.amount.minor)
    return end(turn, out, { told: say('out.changed'), answered: say('out.changed') });
  if (out.kind === 'leaving' && !turn.speaker.extra.covers) return needs({ type: 'covers' });
  const next = { ...out, state: 'seconded' as const };
  const [last] = witnessesOf(turn, next);
  return out.state === 'proposed' && last && last.id === out.member?.id && last.id !== turn.speaker.me.id
    ? second(turn, next, planned.value)
    : book(turn, { out, on }, planned.value);
};

const moved = (
  turn: MemberTurn,
  out: MoneyOutFacts,
  step: Pick<Extract<DomainEvent, { type: 'money-out-moved' }>, 'state' | 'entryId'>,
): DomainEvent => ({
  type: 'money-out-moved',
  id: out.id,
  was: out.state,
  witness: turn.speaker.me.id === out.by ? undefined : turn.speaker.me.id,
  ...step,
});

const first = (turn: MemberTurn, out: MoneyOutFacts) =>
  turn.speaker.company.officers.filter((officer) => officer.id === out.by);

/** Nothing leaves the box: she who began it is told why. */
const end = (
  turn: MemberTurn,
  out: MoneyOutFacts,
  { told, answered }: { readonly told: Say; readonly answered: Say },
): StepResult =>
  decide(turn, {
    events: [moved(turn, out, { state: 'refused', entryId: undefined })],
    notices: tell(first(turn, out), 'answer', reply([told])),
    replies: [reply([answered])],
  });

/** She who began it says that it did not leave the box after all: who was asked about it is told. */
const takeBack = (turn: MemberTurn, out: MoneyOutFacts): StepResult =>
  decide(turn, {
    events: [moved(turn, out, { state: 'refused', entryId: undefined })],
    notices: tell(witnessesOf(turn, out), 'answer', takenBack(turn, out.amount, out.kind)),
    replies: [reply([say('loan-hand.noted')])],
  });

/** Two officers say the same; now she who gets it is asked. */
const second = (turn: MemberTurn, next: MoneyOutFacts, planned: MoneyOut): StepResult =>
  decide(turn, {
    events: [moved(turn, { ...next, state: 'proposed' }, { state: 'seconded', entryId: undefined })],
    notices: tell(witnessesOf(turn, next), 'ask', outQuestion(turn, next, planned)),
    replies: [reply([say('loan-hand.waits', { name: firstName(next.member?.name ?? '') })])],
  });

/** Covers that are proposed and name her: nobody votes on what she is to give or to owe when she is gone. */
const coversWith = (turn: MemberTurn, id: MemberId): CoverFacts[] =>
  proposedCovers(turn).filter(
    ({ debtor, proposedBy, shares }) =>
      debtor === id || proposedBy === id || shares.some(({ by }) => by === id),
  );

/** `on`: the past day it is of; undefined for today. */
const book = (
  turn: MemberTurn,
  { out, on }: { readonly out: MoneyOutFacts; readonly on: Temporal.PlainDate | undefined },
  planned: MoneyOut,
): StepResult => {
  const { postings } = planned;
  const receipt = turn.speaker.group.book.seq + 1n;
  // Who leaves with nothing saved and nothing owed moves no money: there is nothing to book.
  const entry =
    postings.length > 0
      ? decidedEntry(turn, {
          kind: out.kind,
          key: `${out.kind}/${out.id}`,
          author: out.by,
          postings,
          ...(on && { on }),
        })
      : undefined;
  const events: DomainEvent[] = [
    ...(entry ? [{ type: 'entry-posted' as const, entry }] : []),
    moved(turn, out, { state: 'booked', entryId: entry?.id }),
    ...(out.kind === 'leaving' && out.member
      ? [
          {
            type: 'member-changed' as const,
            memberId: out.member.id,
            state: 'left' as const,
            leftOn: todayOf(turn),
          },
          ...coversWith(turn, out.member.id).map((cover) => coverRefused(turn, cover)),
        ]
      : []),
  ];
  if (entry && isCapital(out.kind)) {
    const { kind, amount } = out;
    const line = outLine({ kind, member: undefined, asked: amount }, planned);
    const { lines, notices } = capitalReceipt(turn, { kind, amount, receipt, line, held: receivedThen(out) });
    return decide(turn, { events, notices, replies: [reply(lines)] });
  }
  if (!entry)
    return decide(turn, {
      events,
      notices: tell(first(turn, out), 'answer', reply([say('out.left')])),
      replies: [reply([say('out.left')])],
    });
  const isHers = turn.speaker.me.id === out.member?.id;
  return decide(turn, {
    events,
    notices: tell(
      // What the group paid for, every officer hears of.
      out.kind === 'expense' ? otherOfficers(turn) : first(turn, out),
      'answer',
      reply(outReceipt({ receipt, isHers: false }, out, planned)),
    ),
    replies: [reply(outReceipt({ receipt, isHers }, out, planned))],
  });
};
