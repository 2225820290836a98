import { asId, type ElectionId, isId, type MemberId } from '../../domain/ids.ts';
import { isOffice, OFFICES, type Office } from '../../domain/office.ts';
import type { OpenElection, Person } from '../election-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { mayNot, propose, refusalOf } from './election-propose.ts';
import { called, peopleOf, proposal, stage } from './election-words.ts';

/** "Elegimos nueva tesorera", "Ana va a ser la secretaria": any member proposes; what she did not say is asked. */
export const electionSaid = (turn: MemberTurn): StepResult => {
  const { election } = turn.speaker.extra;
  if (!election) return needs({ type: 'election' });
  if (!turn.speaker.extra.voters) return needs({ type: 'voters' });
  if (election.open) return decide(turn, { replies: [alreadyOpen(turn, election.open)] });
  return mayNot(turn, election) ?? askedOf(turn, undefined);
};

/** Where it stands; of another office than the one she named, that this one comes first. */
const alreadyOpen = (turn: MemberTurn, open: OpenElection): Reply => {
  const { office } = turn.office(turn.input.type === 'words' ? turn.input.text : '', []);
  const stands = stage(turn, open);
  return office && office !== open.office
    ? { ...stands, lines: [say('office.one-at-a-time'), ...stands.lines] }
    : stands;
};

/** The office and the name in what she wrote; of `known` what she said before. */
const askedOf = (turn: MemberTurn, known: Office | undefined): StepResult => {
  const { voters } = turn.speaker.extra;
  if (!voters) return needs({ type: 'voters' });
  const people = peopleOf(voters);
  const text = turn.input.type === 'words' ? turn.input.text : '';
  const read = turn.office(
    text,
    people.map(({ name }) => name),
  );
  const office = known ?? read.office;
  const candidate = typeof read.named === 'number' ? people[read.named] : undefined;
  if (!office) return whichOffice(turn, candidate?.id);
  return candidate
    ? readBack(turn, office, candidate)
    : who(turn, office, known !== undefined || read.named === 'several');
};

const whichOffice = (turn: MemberTurn, candidateId: MemberId | undefined): StepResult =>
  decide(turn, {
    flow: { type: 'office-which', candidateId },
    replies: [
      reply(
        [say('office.which')],
        [
          ...OFFICES.map((office) => offer(`office:of:${office}`, say(`office.pick-${office}`))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });

const who = (turn: MemberTurn, office: Office, isAgain = false): StepResult =>
  decide(turn, {
    flow: { type: 'office-who', office },
    replies: [
      reply(
        [...(isAgain ? [say('office.who-not')] : []), say('office.who', { office: called(office) })],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });

/** The name she writes to "who is to be it". */
export const electionAnswer = (turn: MemberTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type === 'office-who') return askedOf(turn, flow.office);
  if (flow.type !== 'office-which' || turn.input.type !== 'words') return undefined;
  const { office } = turn.office(turn.input.text, []);
  return office ? ofOffice(turn, flow, office) : undefined;
};

const ofOffice = (
  turn: MemberTurn,
  { candidateId }: Extract<Flow, { type: 'office-which' }>,
  office: Office,
): StepResult => {
  const { voters } = turn.speaker.extra;
  if (!voters) return needs({ type: 'voters' });
  const candidate = peopleOf(voters).find(({ id }) => id === candidateId);
  return candidate ? readBack(turn, office, candidate) : who(turn, office);
};

/** Who gets which office, whose it is and what that means; she says yes to it before anybody is asked. */
const readBack = (turn: MemberTurn, office: Office, candidate: Person): StepResult => {
  const { election } = turn.speaker.extra;
  if (!election) return needs({ type: 'election' });
  const refused = refusalOf(turn, office, candidate);
  if (refused) return decide(turn, { replies: [reply([refused])] });
  const electionId = asId<ElectionId>(turn.newId());
  return decide(turn, {
    flow: { type: 'office-confirm', office, candidateId: candidate.id, electionId },
    replies: [
      reply(proposal(turn, { office, candidate, holders: election.holders }), [
        offer(`office:yes:${electionId}`, say('lost.vote')),
        offer('no', say('choice.no')),
      ]),
    ],
  });
};

/** What she presses of it; undefined for what no flow of ours offered. */
export const electionVerb = (turn: MemberTurn, step: string, of: string): StepResult | undefined => {
  const { flow } = turn.session;
  switch (step) {
    case 'of':
      return isOffice(of) && flow.type === 'office-which' ? ofOffice(turn, flow, of) : undefined;
    case 'yes':
      return isId(of) ? propose(turn, of) : undefined;
    default:
      return undefined;
  }
};
