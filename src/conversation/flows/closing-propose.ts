import type { Closed } from '../../domain/closing/close-cycle.ts';
import { firstName } from '../../domain/group.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, type OfficerTurn, todayOf } from '../turn.ts';
import { simulateClosing } from './closing-see.ts';
import { unsettled } from './closing-settled.ts';
import { wayOf } from './closing-way.ts';
import { closedBy, payoutLine, refusalLines, totals } from './closing-words.ts';

/** Asks another officer whether the cycle is closed so. */
export const propose = (turn: OfficerTurn, facts: ClosingFacts): StepResult => {
  const first = unsettled(turn, facts);
  if (first) return first;
  const way = wayOf(turn);
  const closed = way && closedBy(turn, facts, way);
  if (!closed) return simulateClosing(turn);
  if (!closed.ok) return decide(turn, { replies: [reply(refusalLines(turn, closed.refusal))] });
  const officers = otherOfficers(turn);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [{ type: 'closing-proposed', cycleId: facts.cycleId, by: turn.speaker.me.id }],
    notices: tell(
      officers,
      'ask',
      closeQuestion(turn, { ...facts, proposedBy: turn.speaker.me.id }, closed.value),
    ),
    replies: [reply([say('closing.asked', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

/** What each would be paid, and whether that is done. */
export const closeQuestion = (turn: OfficerTurn, facts: ClosingFacts, closed: Closed): Reply =>
  reply(
    [
      say('closing.ask', { name: firstName(proposer(turn, facts)) }),
      ...closed.payouts.map((payout) => payoutLine(turn, payout)),
      ...totals(turn, closed),
      say('closing.ask-question'),
    ],
    [
      offer(`closing:yes:${asShown(turn, facts)}`, say('closing.yes')),
      offer('closing:no', say('choice.not-now')),
    ],
  );

/** Who proposed it: the speaker herself, while she proposes. */
const proposer = ({ speaker }: OfficerTurn, { proposedBy }: ClosingFacts): string =>
  speaker.company.officers.find((officer) => officer.id === proposedBy)?.name ?? speaker.me.name;

/** The book and the day that a share-out was worked out from: on any other, other amounts may be due. */
export const asShown = (turn: OfficerTurn, { cycleId }: ClosingFacts): string =>
  `${cycleId}.${turn.speaker.group.book.seq}.${todayOf(turn).dayOfYear}`;
