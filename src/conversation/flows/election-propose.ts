import { Temporal } from 'temporal-polyfill';
import { localDate } from '../../domain/calendar.ts';
import {
  AGAIN_DAYS,
  holdersOf,
  leavesTooFew,
  type Office,
  officersAfter,
  VOTE_DAYS,
} from '../../domain/office.ts';
import type { ElectionFacts, Person } from '../election-facts.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { called, electionLine, officersFor, peopleOf, shortName, stage } from './election-words.ts';
import { allVoters } from './vote.ts';
import { askVoters } from './vote-ask.ts';

/** Who proposed what did not come about waits a week: else one member keeps the others from an election of theirs. */
export const mayNot = (turn: MemberTurn, { endedAt }: ElectionFacts): StepResult | undefined => {
  const until = endedAt?.add({ hours: 24 * AGAIN_DAYS });
  if (!until || Temporal.Instant.compare(turn.snapshot.now, until) >= 0) return undefined;
  const zone = turn.speaker.group.meeting.timeZone;
  return decide(turn, { replies: [reply([say('office.wait', { date: localDate(until, zone) })])] });
};

/** No group is left with fewer officers than have to sign, and nobody is elected whose yes nobody can say. */
export const refusalOf = (turn: MemberTurn, office: Office, candidate: Person): Say | undefined => {
  const { extra, company, group, me } = turn.speaker;
  const name = shortName(turn, candidate);
  const holders = extra.election?.holders ?? [];
  if (holdersOf(office, holders).some(({ id }) => id === candidate.id))
    return say('office.holds', { name, office: called(office) });
  const change = { office, candidate: candidate.id, signers: group.rules.signers };
  if (leavesTooFew(company.officers, change))
    return say('office.signers', { count: officersAfter(company.officers, change) });
  const hasNobody =
    candidate.reach.length === 0 && officersFor(turn, { office, candidate, by: me.id }).length === 0;
  return hasNobody ? say('office.no-phone', { name }) : undefined;
};

/** Her yes: every member is asked, she has voted for it, and nobody is asked about another one meanwhile. */
export const propose = (turn: MemberTurn, id: string): StepResult | undefined => {
  const { session, speaker } = turn;
  const { election, voters } = speaker.extra;
  if (!election) return needs({ type: 'election' });
  if (!voters) return needs({ type: 'voters' });
  if (election.open)
    return decide(turn, {
      replies: [election.open.id === id ? reply([say('loan-decide.already')]) : stage(turn, election.open)],
    });
  const { flow } = session;
  if (flow.type !== 'office-confirm' || flow.electionId !== id) return undefined;
  const candidate = peopleOf(voters).find((one) => one.id === flow.candidateId);
  if (!candidate) return decide(turn, { replies: [reply([say('office.who-not')])] });
  const refused = refusalOf(turn, flow.office, candidate);
  if (refused) return decide(turn, { replies: [reply([refused])] });
  const waits = mayNot(turn, election);
  if (waits) return waits;
  return decide(turn, {
    events: [
      {
        type: 'election-asked',
        id: flow.electionId,
        office: flow.office,
        candidate: candidate.id,
        by: speaker.me.id,
      },
      {
        type: 'vote-cast',
        subjectId: flow.electionId,
        vote: { memberId: speaker.me.id, yes: true },
        seen: 0,
      },
    ],
    notices: voters
      .filter((voter) => voter.id !== speaker.me.id)
      .flatMap((voter) =>
        askVoters(turn, [voter], {
          kind: 'ask',
          what: [electionLine(turn, { office: flow.office, candidate }, voter)],
          on: { about: 'office', id: flow.electionId },
        }),
      ),
    replies: [reply([begun(turn)])],
  });
};

const begun = (turn: MemberTurn): Say => {
  const { voters, quorumPct } = allVoters(turn, 'office');
  return say('office.begun', {
    count: voters,
    quorum: Math.ceil((voters * quorumPct) / 100),
    needed: Math.floor(voters / 2) + 1,
    days: VOTE_DAYS,
  });
};
