import type { MemberId } from '../../domain/ids.ts';
import type { Contact } from '../contact.ts';
import type { CoverFacts } from '../cover-facts.ts';
import { otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { closeQuestion } from './closing-propose.ts';
import { unsettled } from './closing-settled.ts';
import { needsDraw, wayOf } from './closing-way.ts';
import { closedBy } from './closing-words.ts';
import { memberOf } from './cover-book.ts';
import { seeCover } from './cover-propose.ts';
import { coverOutcome, proposedCovers } from './cover-vote.ts';
import { memberById } from './list-draft.ts';
import { loanLost } from './loan-lost.ts';
import { called, personById } from './tanda.ts';
import { orderQuestion } from './tanda-order.ts';
import { decidesByVote, officersBut, standsAt } from './vote.ts';

// What the whole group decides and has not: a closing, a cover, a loan that is lost, turns of a tanda.

/** What of it this officer has to say yes or no to, one at a time; undefined when nothing of it is hers. */
export const groupWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { extra, group } = turn.speaker;
  if (!extra.closing && !group.tanda) return needs({ type: 'closing' });
  return coverWaiting(turn) ?? lossWaiting(turn) ?? orderWaiting(turn) ?? closingWaiting(turn);
};

/** Where the members vote on a cover, an officer is asked when they have. */
const coverWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { me } = turn.speaker;
  const cover = openCovers(turn).find(
    (one) => one.proposedBy !== me.id && one.debtor !== me.id && !isCoverVotedOn(turn, one),
  );
  return cover && seeCover(turn, cover.id);
};

const openCovers = (turn: OfficerTurn): CoverFacts[] =>
  proposedCovers(turn).filter(({ debtor }) => memberOf(turn, debtor));

const isCoverVotedOn = (turn: OfficerTurn, cover: CoverFacts): boolean =>
  decidesByVote(turn) && coverOutcome(turn, cover) === 'open';

type Loss = NonNullable<OfficerTurn['speaker']['extra']['closing']>['losses'][number];

/** Loans that somebody says are lost, but for those the group voted to keep. */
const openLosses = (turn: OfficerTurn): Loss[] =>
  (turn.speaker.extra.closing?.losses ?? []).filter((loss) => standsAt(turn, loss) !== 'rejected');

const isLossVotedOn = (turn: OfficerTurn, loss: Loss): boolean =>
  decidesByVote(turn) && standsAt(turn, loss) === 'open';

const lossWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { me } = turn.speaker;
  const loss = openLosses(turn).find(
    (one) => one.memberId !== me.id && one.votes[0]?.memberId !== me.id && !isLossVotedOn(turn, one),
  );
  return loss && loanLost(turn, loss.memberId);
};

const orderWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { group, me } = turn.speaker;
  const order = group.tanda?.orders.find(({ kind, by }) => kind === 'agreement' && by !== me.id);
  const question = order && orderQuestion(turn, order);
  return question && decide(turn, { replies: [question] });
};

const closingWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  const { closing } = extra;
  if (!closing?.proposedBy || closing.proposedBy === me.id) return undefined;
  if (needsDraw(turn)) return needs({ type: 'draw' });
  const way = wayOf(turn);
  const closed = way && !unsettled(turn, closing) ? closedBy(turn, closing, way) : undefined;
  return closed?.ok ? decide(turn, { replies: [closeQuestion(turn, closing, closed.value)] }) : undefined;
};

/** The same for the list of what waits for somebody else, each with whose word it is. */
export const groupWaitsFor = (turn: OfficerTurn): Say[] => [
  ...openCovers(turn).flatMap((cover) => [
    say('pending.cover', { name: memberById(turn, cover.debtor).name, gap: cover.gap }),
    isCoverVotedOn(turn, cover)
      ? say('pending.voted')
      : whoSays(butFor(turn, cover.proposedBy, cover.debtor)),
  ]),
  ...openLosses(turn).flatMap((loss) => [
    say('pending.loss', { name: memberById(turn, loss.memberId).name }),
    isLossVotedOn(turn, loss)
      ? say('pending.voted')
      : whoSays(butFor(turn, loss.votes[0]?.memberId, loss.memberId)),
  ]),
  ...turnsAsked(turn),
  ...(turn.speaker.extra.closing?.proposedBy
    ? [say('pending.closing'), whoSays(butFor(turn, turn.speaker.extra.closing.proposedBy))]
    : []),
];

const butFor = (turn: OfficerTurn, ...who: readonly (MemberId | undefined)[]): readonly Contact[] =>
  officersBut(turn, who);

/** Turns that were written down or are to be changed, and that the second person has not answered. */
const turnsAsked = (turn: OfficerTurn): Say[] => {
  const { tanda } = turn.speaker.group;
  return (tanda?.orders ?? []).flatMap((order) => {
    if (!tanda) return [];
    if (order.kind === 'agreement')
      return [say('pending.order'), whoSays(otherOfficers(turn, { id: order.by }))];
    const [one, other] = [personById(tanda, order.by), personById(tanda, order.other)];
    return one && other
      ? [
          say('pending.swap', { one: called(tanda, one), other: called(tanda, other) }),
          say('pending.by', { names: other.name }),
        ]
      : [];
  });
};

export const whoSays = (who: readonly Contact[]): Say =>
  say('pending.by', { names: who.map(({ name }) => name).join(', ') });
