import { isId } from '../../domain/ids.ts';
import { holdersOf, leavesTooFew, officersAfter } from '../../domain/office.ts';
import type { OpenElection, Person } from '../election-facts.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { declined, toAll } from './election-vote.ts';
import { called, mayAnswerForHer, shortName } from './election-words.ts';

/** Whether she takes what she was elected for: her own word, or an officer's where she has no telephone. */
export const takeVerb = (turn: MemberTurn, step: 'take' | 'decline', id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!isId(id)) return undefined;
  if (!extra.election) return needs({ type: 'election' });
  if (!extra.voters) return needs({ type: 'voters' });
  const { open } = extra.election;
  if (open?.id !== id || open.state !== 'accepted')
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (open.candidate.id !== me.id && !mayAnswerForHer(turn, open)) return undefined;
  return step === 'take' ? taken(turn, open, extra.election.holders) : declined(turn, open);
};

/** The office is hers and nobody else's. What has changed since she was proposed is looked at again. */
const taken = (turn: MemberTurn, open: OpenElection, holders: readonly Person[]): StepResult => {
  const { company, group, me } = turn.speaker;
  const change = { office: open.office, candidate: open.candidate.id, signers: group.rules.signers };
  if (leavesTooFew(company.officers, change))
    return decide(turn, {
      replies: [reply([say('office.signers', { count: officersAfter(company.officers, change) })])],
    });
  if (!open.here) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const before = holdersOf(open.office, holders);
  const isMe = open.candidate.id === me.id;
  const named = { name: shortName(turn, open.candidate), office: called(open.office) };
  return decide(turn, {
    events: [
      {
        type: 'office-taken',
        id: open.id,
        memberId: open.candidate.id,
        holders: before.map(({ id }) => id),
        by: me.id,
      },
    ],
    notices: takenNotices(turn, open, before),
    replies: [
      reply(isMe ? [say('office.taken', { office: named.office })] : [say('office.taken-for', named)]),
    ],
  });
};

/** Who holds it now, to all; to her who held it what that means for her; to officers that what she had asked for counts no more. */
const takenNotices = (turn: MemberTurn, open: OpenElection, before: readonly Person[]): Notice[] => {
  const { company, me } = turn.speaker;
  const named = { name: shortName(turn, open.candidate), office: called(open.office) };
  const told = say('office.told', named);
  const hasEnded = before.map(({ name }) => say('office.lapsed', { name: shortName(turn, { name }) }));
  const toHers = [me.id, open.candidate.id, ...before.map(({ id }) => id)];
  const officers = company.officers.filter(({ id }) => !toHers.some((one) => one === id));
  return [
    ...tell(
      before,
      'answer',
      reply([say('office.told-holder', named), say('office.then-holder'), say('keep.person')]),
    ),
    ...tell(officers, 'answer', reply([told, ...hasEnded, say('keep.person')])),
    ...toAll(turn, reply([told, say('keep.person')]), [...toHers, ...officers.map(({ id }) => id)]),
  ];
};
