import { firstName } from '../../domain/group.ts';
import { asId, isId, type SecondWordId } from '../../domain/ids.ts';
import { owedForCovers } from '../../domain/joint/cover.ts';
import { forgivePostings } from '../../domain/joint/postings.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { Change, SecondWord } from '../second-word.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf, toCoverer, told } from './cover-book.ts';
import { owedTo } from './cover-owed.ts';
import { currency, nameOf } from './cover-plan.ts';
import { secondQuestion } from './second-ask.ts';
import { decidesByVote, standsAt, votersOn } from './vote.ts';
import { askVoters, openOffers } from './vote-ask.ts';

/** "Perdonar lo de Petra": what she owes those who covered her is shown, to the centavo, before the group is asked. */
export const startForgiving = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { covers, seconds } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  if (!seconds) return needs({ type: 'seconds' });
  const debtor = memberOf(turn, memberId);
  if (!debtor) return undefined;
  if (debtor.id === turn.speaker.me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  const open = seconds.find(({ change }) => change.kind === 'forgive' && change.memberId === debtor.id);
  if (open) return decide(turn, { replies: [forgiveStage(turn, open)] });
  const owed = owedTo(covers, debtor.id);
  const amount = owedForCovers(owed, currency(turn));
  if (amount.minor === 0n) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const byVote = decidesByVote(turn);
  return decide(turn, {
    replies: [
      reply(
        [
          say('forgive.owed', { name: debtor.name, amount }),
          ...owed.map((share) =>
            share.by === 'savings-pot'
              ? say('cover.to-pot', { amount: share.amount })
              : say('cover.to', { name: nameOf(turn, share.by), amount: share.amount }),
          ),
          say('forgive.means'),
          say(byVote ? 'lost.ask-all' : 'cover.sure'),
        ],
        [
          offer(`cover:let-yes:${debtor.id}.${amount.minor}`, say(byVote ? 'lost.vote' : 'lost.yes')),
          offer('no', say('choice.no')),
        ],
      ),
    ],
  });
};

/** Where it stands for the officer who speaks. */
const forgiveStage = (turn: OfficerTurn, word: SecondWord<ReceiptFacts>): Reply => {
  if (decidesByVote(turn) && standsAt(turn, word) === 'open')
    return reply([say('vote.open')], openOffers(turn, { about: 'forgive', ...word }));
  return word.by === turn.speaker.me.id ? reply([say('count.other-officer')]) : secondQuestion(turn, word);
};

/** An officer's yes to just the amount she was shown: the others are asked, or another officer is. */
export const proposeForgiving = (turn: OfficerTurn, shown: string): StepResult | undefined => {
  const { covers, seconds, voters } = turn.speaker.extra;
  const { me } = turn.speaker;
  if (!covers) return needs({ type: 'covers' });
  if (!seconds) return needs({ type: 'seconds' });
  const [memberId = '', minor] = shown.split('.');
  const debtor = memberOf(turn, memberId);
  if (!isId(memberId) || !debtor || debtor.id === me.id) return undefined;
  const amount = owedForCovers(owedTo(covers, debtor.id), currency(turn));
  const isOpen = seconds.some(({ change }) => change.kind === 'forgive' && change.memberId === debtor.id);
  if (isOpen || amount.minor.toString() !== minor) return startForgiving(turn, debtor.id);
  const officers = otherOfficers(turn, debtor);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const byVote = decidesByVote(turn);
  if (byVote && !voters) return needs({ type: 'voters' });
  const change = { kind: 'forgive', memberId: debtor.id, amount } as const;
  const word = { id: asId<SecondWordId>(turn.newId()), by: me.id, change };
  const asked: DomainEvent = { type: 'second-asked', ...word };
  if (!byVote)
    return decide(turn, {
      events: [asked],
      notices: tell(officers, 'ask', secondQuestion(turn, word)),
      replies: [reply([say('vote.asked', { name: firstName(officers[0]?.name ?? '') })])],
    });
  return decide(turn, {
    events: [asked, { type: 'vote-cast', subjectId: word.id, vote: { memberId: me.id, yes: true } }],
    notices: askVoters(
      turn,
      votersOn(voters ?? [], { about: debtor.id }).filter(({ id }) => id !== me.id),
      {
        kind: 'ask',
        what: [say('forgive.propose', { leader: firstName(me.name), name: debtor.name, amount })],
        on: { about: 'forgive', id: word.id },
      },
    ),
    replies: [reply([say('vote.begun')])],
  });
};

/** The second officer's word on it: the debt ends on both sides, and both sides hear it. */
export const forgivingSaid = (
  turn: OfficerTurn,
  word: SecondWord<ReceiptFacts> & { readonly change: Extract<Change<never>, { kind: 'forgive' }> },
  said: (state: 'done' | 'refused') => DomainEvent,
): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const { memberId, amount } = word.change;
  if (decidesByVote(turn) && standsAt(turn, word) !== 'accepted')
    return decide(turn, { replies: [forgiveStage(turn, word)] });
  const debtor = memberOf(turn, memberId);
  const shares = owedTo(covers, memberId);
  if (!debtor || owedForCovers(shares, currency(turn)).minor !== amount.minor)
    return decide(turn, { events: [said('refused')], replies: [reply([say('forgive.changed')])] });
  const entry = decidedEntry(turn, {
    kind: 'write-off',
    key: `forgive/${word.id}`,
    author: word.by,
    postings: forgivePostings(memberId, shares),
  });
  const receipt = turn.speaker.group.book.seq + 1n;
  return decide(turn, {
    events: [
      said('done'),
      { type: 'entry-posted', entry },
      { type: 'cover-refunded', debtor: memberId, entryId: entry.id, shares },
    ],
    notices: [
      ...told(debtor, [say('forgive.to-debtor', { amount, receipt }), say('keep.person')]),
      ...shares.flatMap((share) =>
        toCoverer(
          turn,
          share,
          say('forgive.to-coverer', { name: firstName(debtor.name), amount: share.amount, receipt }),
        ),
      ),
    ],
    replies: [reply([say('forgive.done', { name: debtor.name, amount, receipt })])],
  });
};
