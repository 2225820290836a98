import { callName } from '../../domain/group.ts';
import { holdersOf, type Office } from '../../domain/office.ts';
import type { Contact } from '../contact.ts';
import type { OpenElection, Person } from '../election-facts.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { openOffers, votesOn } from './vote-ask.ts';

/** The members who may vote, each by her id. */
export const peopleOf = (voters: readonly Contact[]): Person[] =>
  voters.flatMap((voter) => (voter.memberId === undefined ? [] : [{ ...voter, id: voter.memberId }]));

/** What she is called among the others: her first name, or as much of it as tells her from who shares it. */
export const shortName = (
  { speaker: { extra, company } }: MemberTurn,
  { name }: { readonly name: string },
): string =>
  callName(
    name,
    (extra.voters ?? company.desk?.roster ?? []).map((one) => one.name),
  );

/** What an office is called in a sentence. */
export const called = (office: Office): readonly [Say] => [say(`my-file.role-${office}`)];

/** Whose office it is now, and what the change means for both; before anybody is asked. */
export const proposal = (
  turn: MemberTurn,
  {
    office,
    candidate,
    holders,
  }: { readonly office: Office; readonly candidate: Person; readonly holders: readonly Person[] },
): Say[] => {
  const name = shortName(turn, candidate);
  const had = holders.find(({ id }) => id === candidate.id);
  const isMe = candidate.id === turn.speaker.me.id;
  return [
    isMe
      ? say('office.propose-you', { office: called(office) })
      : say('office.propose', { name: candidate.name, office: called(office) }),
    ...whose(office, holders),
    say('office.means', { name }),
    ...(had && had.role !== 'member' && had.role !== 'staff'
      ? [say('office.leaves', { name, office: called(had.role) })]
      : []),
    say('office.ask-all'),
  ];
};

const whose = (office: Office, holders: readonly Person[]): Say[] => {
  const now = holdersOf(office, holders);
  if (now.length === 0) return [say('office.nobody', { office: called(office) })];
  return now.map(({ name }) => say('office.now', { office: called(office), holder: name }));
};

/** What all are asked: a first name and an office, and no word more. */
export const electionLine = (
  turn: MemberTurn,
  { office, candidate }: Pick<OpenElection, 'office' | 'candidate'>,
  to: { readonly id: string },
): Say =>
  to.id === candidate.id
    ? say('office.question-you', { office: called(office) })
    : say('office.question', {
        name: shortName(turn, candidate),
        office: called(office),
      });

/** Where it stands, for her who asks: what she may still say to it. */
export const stage = (turn: MemberTurn, election: OpenElection): Reply => {
  const { me, company } = turn.speaker;
  const on = { about: 'office', id: election.id, votes: election.votes } as const;
  if (election.state === 'open') {
    const isOfficer = company.officers.some(({ id }) => id === me.id);
    const hasVoted = election.votes.some(({ memberId }) => memberId === me.id);
    const hers = hasVoted ? [] : votesOn(on);
    return reply(
      [electionLine(turn, election, me), say(hasVoted ? 'vote.open' : 'loan-vote.question')],
      isOfficer ? openOffers(turn, on) : hers,
    );
  }
  if (election.candidate.id === me.id) return elected(election);
  if (mayAnswerForHer(turn, election)) return electedFor(turn, election);
  return reply([
    electionLine(turn, election, me),
    say('office.waits', { name: shortName(turn, election.candidate) }),
  ]);
};

/** She is asked whether she takes it. */
export const elected = ({ id, office }: Pick<OpenElection, 'id' | 'office'>): Reply =>
  reply(
    [say('office.elected', { office: called(office) }), say('office.elected-means')],
    [offer(`office:take:${id}`, say('office.take')), offer(`office:decline:${id}`, say('office.decline'))],
  );

/** An officer is asked for her who has no telephone. */
export const electedFor = (turn: MemberTurn, { id, office, candidate }: OpenElection): Reply =>
  reply(
    [
      say('office.elected-for', {
        name: shortName(turn, candidate),
        office: called(office),
      }),
    ],
    [
      offer(`office:take:${id}`, say('office.take-for')),
      offer(`office:decline:${id}`, say('office.decline-for')),
    ],
  );

/** Who has no telephone has her yes said by an officer: not by who proposed her, nor by who loses the office. */
export const answerersFor = (turn: MemberTurn, election: OpenElection) =>
  election.candidate.reach.length > 0 ? [] : officersFor(turn, election);

/** The officers who could say it for her. */
export const officersFor = (
  { speaker }: MemberTurn,
  { office, candidate, by }: Pick<OpenElection, 'office' | 'by'> & { readonly candidate: { id: string } },
) => speaker.company.officers.filter(({ id, role }) => role !== office && id !== by && id !== candidate.id);

/** Whether she who speaks may say it for her. */
export const mayAnswerForHer = (turn: MemberTurn, election: OpenElection): boolean =>
  answerersFor(turn, election).some(({ id }) => id === turn.speaker.me.id);

/** An election among what waits for an officer: it is open for days, and keeps nothing else back. */
export const electionOpen = (turn: MemberTurn): Pick<Reply, 'lines' | 'offers'> => {
  const open = turn.speaker.extra.election?.open;
  return open ? stage(turn, open) : { lines: [], offers: [] };
};
