import { isId, type MemberId } from '../../domain/ids.ts';
import { handsOutcome } from '../../domain/vote.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { type Change, HANDS_ABOUT, type HandsAbout, type VoteSubject } from '../second-word.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { coverDecided } from './cover-vote.ts';
import { electionDecided } from './election-vote.ts';
import { forgiveDecided } from './forgive-vote.ts';
import { loanDecided } from './loan-decide.ts';
import { lossDecided } from './loan-lost-vote.ts';
import { askSecond, changeLines, secondQuestion } from './second-ask.ts';
import { isHolderKept } from './second-who.ts';
import { allVoters, decidesByVote, type Follows } from './vote.ts';

type Counted = Extract<Change<never>, { kind: 'hands' }>;

/** What hands were put up for: whom it is about, and what follows when it is decided. */
type Asked = {
  readonly subjectId: VoteSubject;
  readonly memberId: MemberId;
  readonly decided: (isYes: boolean) => Follows;
};

/** A vote that is open: its question, or what must be known first. Undefined when it was decided already. */
const askedAbout = (
  turn: OfficerTurn,
  {
    about,
    id,
    countedBy = turn.speaker.me.id,
  }: { readonly about: HandsAbout; readonly id: string; readonly countedBy?: MemberId },
): Asked | StepResult | undefined => {
  const { extra, me } = turn.speaker;
  switch (about) {
    case 'loan': {
      if (!extra.requests) return needs({ type: 'requests' });
      const one = extra.requests.find((request) => request.id === id && request.state === 'asked');
      return one && asked(one.id, one.memberId, (isYes) => loanDecided(turn, one, isYes));
    }
    case 'cover': {
      if (!extra.covers) return needs({ type: 'covers' });
      const one = extra.covers.all.find((cover) => cover.id === id && cover.state === 'proposed');
      return one && asked(one.id, one.debtor, (isYes) => coverDecided(turn, one, isYes));
    }
    case 'loss': {
      if (!extra.closing) return needs({ type: 'closing' });
      const one = extra.closing.losses.find(({ loanId }) => loanId === id);
      return one && asked(one.loanId, one.memberId, (isYes) => lossDecided(turn, one, isYes));
    }
    case 'forgive': {
      if (!extra.seconds) return needs({ type: 'seconds' });
      const one = extra.seconds.find((word) => word.id === id);
      if (one?.change.kind !== 'forgive') return undefined;
      // Who says no to it is another one than she who proposed it: of the two who counted, one is.
      const witness = one.by === me.id ? countedBy : me.id;
      return asked(one.id, one.change.memberId, (isYes) => forgiveDecided(turn, one, { isYes, witness }));
    }
    case 'office': {
      if (!extra.election) return needs({ type: 'election' });
      if (!extra.voters) return needs({ type: 'voters' });
      const { open } = extra.election;
      if (open?.id !== id || open.state !== 'open') return undefined;
      return asked(open.id, open.candidate.id, (isYes) => electionDecided(turn, open, isYes));
    }
  }
};

const asked = (subjectId: VoteSubject, memberId: MemberId, decided: Asked['decided']): Asked => ({
  subjectId,
  memberId,
  decided,
});

const isAsked = (found: Asked | StepResult): found is Asked => 'decided' in found;

const already = (turn: OfficerTurn): StepResult =>
  decide(turn, { replies: [reply([say('loan-decide.already')])] });

/** "Votamos en la reunión": she is asked how many were for it and how many against. */
export const handsVerb = (turn: OfficerTurn, first: string, id: string): StepResult | undefined => {
  const about = HANDS_ABOUT.find((one) => one === first);
  if (!about || !isId(id) || (about !== 'office' && !decidesByVote(turn))) return undefined;
  const found = askedAbout(turn, { about, id });
  if (!found) return already(turn);
  if (!isAsked(found)) return found;
  if (found.memberId === turn.speaker.me.id)
    return decide(turn, { replies: [reply([say(about === 'office' ? 'office.own' : 'loan-decide.own')])] });
  if (about === 'office' && isHolderKept(turn))
    return decide(turn, { replies: [reply([say('office.own')])] });
  return waitingHands(turn, found) ?? askHowMany(turn, { about, subjectId: found.subjectId });
};

/** What another officer said of it already, or she herself: one count at a time, which the second word keeps or lets go. */
const waitingHands = (turn: OfficerTurn, { subjectId }: Asked): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!extra.seconds) return needs({ type: 'seconds' });
  const word = extra.seconds.find(({ change }) => change.kind === 'hands' && change.subjectId === subjectId);
  if (!word) return undefined;
  return decide(turn, {
    replies: [
      word.by === me.id
        ? reply([...changeLines(turn, word.change), say('count.other-officer')])
        : secondQuestion(turn, word),
    ],
  });
};

const askHowMany = (
  turn: OfficerTurn,
  of: { readonly about: HandsAbout; readonly subjectId: VoteSubject },
  ...before: Parameters<typeof reply>[0]
): StepResult =>
  decide(turn, {
    flow: { type: 'hands', ...of },
    replies: [reply([...before, say('hands.question')], [offer('no', say('choice.cancel'))])],
  });

/** Two numbers and nothing else that looks like one: for it, then against. */
const TWO_NUMBERS = /^\D*(\d{1,3})\D+(\d{1,3})\D*$/u;

/** "5 y 1", "5 a favor y 1 en contra": what decides nothing is said so; what does waits for a second officer. */
export const handsAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'hands' || turn.input.type !== 'words') return undefined;
  const [, yes, no] = TWO_NUMBERS.exec(turn.input.text) ?? [];
  if (yes === undefined || no === undefined) return askHowMany(turn, flow);
  const found = askedAbout(turn, { about: flow.about, id: flow.subjectId });
  if (!found) return already(turn);
  if (!isAsked(found)) return found;
  const hands = { yes: Number(yes), no: Number(no) };
  const all = allVoters(turn, flow.about);
  if (hands.yes + hands.no > all.voters)
    return askHowMany(turn, flow, say('hands.many', { count: all.voters }));
  if (handsOutcome(hands, all) === 'open')
    return decide(turn, {
      replies: [
        reply([
          say('hands.open', {
            count: all.voters,
            quorum: Math.ceil((all.voters * all.quorumPct) / 100),
            needed: Math.floor(all.voters / 2) + 1,
          }),
        ]),
      ],
    });
  const { memberId } = found;
  const waits = waitingHands(turn, found);
  if (waits) return waits;
  return askSecond(turn, { kind: 'hands', memberId, about: flow.about, subjectId: flow.subjectId, hands });
};

/** The second officer says the same: it stands instead of votes by message, and all hear how it went. */
export const handsSaid = (
  turn: OfficerTurn,
  { by, change }: { readonly by: MemberId; readonly change: Counted },
  said: (state: 'done' | 'refused') => DomainEvent,
): StepResult => {
  const { extra, me } = turn.speaker;
  if (!extra.voters) return needs({ type: 'voters' });
  const found = askedAbout(turn, { about: change.about, id: change.subjectId, countedBy: by });
  if (found && !isAsked(found)) return found;
  const outcome = handsOutcome(change.hands, allVoters(turn, change.about));
  if (!found || outcome === 'open')
    return decide(turn, { events: [said('refused')], replies: [reply([say('hands.late')])] });
  const follows = found.decided(outcome === 'accepted');
  const others = extra.voters.filter(({ id }) => id !== me.id && id !== change.memberId);
  return decide(turn, {
    events: [said('done'), ...follows.events],
    notices: [
      ...tell(others, 'answer', reply([say('hands.told'), ...changeLines(turn, change), say('keep.person')])),
      ...follows.notices,
    ],
    replies: [reply([say('hands.done')])],
  });
};
