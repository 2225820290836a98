import { type Money, money } from '../../domain/money.ts';
import { currentRound, roundsHanded } from '../../domain/tanda/running.ts';
import type { Receiver } from '../../domain/tanda/turns.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import type { TandaFacts } from '../tanda-facts.ts';
import { type AskTurn, decide, isMemberTurn, isOfficerTurn, needs } from '../turn.ts';
import { coverStanding } from './cover-standing.ts';
import { purposeOf } from './draw-purpose.ts';
import { drawStatus } from './draw-status.ts';
import { dateOfRound, personOf, type Running, roundOfHer, roundsOfHer, runningIn } from './tanda.ts';

/** "Los turnos": who receives in which round, and when. Before there are any an officer is led to how they are made. */
export const showTurns = (turn: AskTurn): StepResult | undefined => {
  const { group } = turn.speaker;
  if (!group.tanda) return undefined;
  if (!isMemberTurn(turn)) return needs({ type: 'company' });
  const tanda = runningIn(turn);
  if (!tanda) {
    const drawn = purposeOf(group.rules) === 'turns';
    // Of one that was stopped she may still owe, or be owed.
    const left = coverStanding(turn.speaker);
    if (isOfficerTurn(turn) && !drawn) return askOrder(turn, left);
    if (isOfficerTurn(turn) && left.length === 0) return drawStatus(turn);
    return decide(turn, { replies: [reply([...left, say(drawn ? 'turns.none' : 'turns.not-agreed')])] });
  }
  if (tanda.facts.wasDrawn && turn.speaker.extra.draw === undefined) return needs({ type: 'draw' });
  return decide(turn, {
    replies: [
      reply(
        [say('turns.title'), ...roundLines(turn, tanda), ...hers(turn, tanda)],
        [...changes(turn, tanda), ...record(turn)],
      ),
    ],
  });
};

/** How an officer writes the order that they agreed on. */
export const askOrder = (turn: AskTurn, before: readonly Say[] = []): StepResult =>
  decide(turn, {
    flow: { type: 'order-write' },
    replies: [reply([...before, say('order.how')], [offer('no', say('choice.cancel'))])],
  });

const roundLines = (turn: AskTurn, { facts, running }: Running): Say[] => {
  const handed = roundsHanded(running);
  return running.tanda.turns.map((who, at) => {
    const round = at + 1;
    const name = receiverText(facts, who);
    if (round <= handed) return say('turns.handed', { round, name });
    const date = dateOfRound(turn, running, round);
    return say(round === currentRound(running) ? 'turns.current' : 'turns.coming', { round, name, date });
  });
};

/** Her name, or that the turn is the organiser's. */
const receiverText = (facts: TandaFacts, who: Receiver): readonly Say[] => [
  who === 'organiser' ? say('turns.organiser') : say('turns.name', { name: personOf(facts, who).name }),
];

const hers = (turn: AskTurn, { running }: Running): Say[] =>
  roundsOfHer(running, turn.speaker.me.number).map((round) =>
    round <= roundsHanded(running)
      ? say('turns.received', { round })
      : say('turns.yours', { round, date: dateOfRound(turn, running, round) }),
  );

/** Who still waits for her turn may change it with another one who does. */
const changes = (turn: AskTurn, { running }: Running): Offer[] => {
  const round = roundOfHer(running, turn.speaker.me.number);
  const rest = running.tanda.turns.length - roundsHanded(running);
  return round !== undefined && round > roundsHanded(running) && rest > 1
    ? [offer('swap', say('swap.menu'))]
    : [];
};

const record = ({ speaker: { extra } }: AskTurn): Offer[] =>
  extra.draw && extra.draw !== 'none' && extra.draw.isOfThisCycle && extra.draw.draw.type === 'revealed'
    ? [offer(`draw:record:${extra.draw.id}`, say('draw-record.show'))]
    : [];

/** An order of turns as it is read back, by round, and who took two numbers: what she is to give is not left to be worked out. */
export const orderLines = (
  { facts, contribution }: { readonly facts: TandaFacts; readonly contribution: Money },
  turns: readonly Receiver[],
): Say[] => [
  ...turns.map((who, at) => say('turns.line', { round: at + 1, name: receiverText(facts, who) })),
  ...facts.people.flatMap(({ number, name }) => {
    const count = turns.filter((who) => who === number).length;
    const each = money(contribution.minor * BigInt(count), contribution.currency);
    return count > 1 ? [say('turns.several', { name, count, each })] : [];
  }),
];
