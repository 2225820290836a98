import { type RevealedDraw } from '../../domain/draw/draw.ts';
import { recordOf } from '../../domain/draw/record.ts';
import { revealDraw } from '../../domain/draw/steps.ts';
import type { DrawFacts } from '../draw-facts.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { others } from './draw-close.ts';
import { wonLines } from './draw-purpose.ts';
import { drawRefusalText } from './draw-refusal.ts';

/** A second officer's yes: the secret is opened, the order follows from it and the words, and all are told. */
export const reveal = (turn: OfficerTurn, facts: DrawFacts, drawId: string): StepResult => {
  const { extra, me } = turn.speaker;
  if (facts.id !== drawId) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (facts.begunBy === me.id) return decide(turn, { replies: [reply([say('draw-reveal.other')])] });
  if (!extra.voters) return needs({ type: 'voters' });
  const { now } = turn.snapshot;
  const revealed = revealDraw(turn.sha256, facts.draw, { secret: facts.secret ?? '', now });
  if (!revealed.ok)
    return decide(turn, {
      replies: [
        reply([drawRefusalText(revealed.refusal)], facts.draw.type === 'revealed' ? [checkOffer(facts)] : []),
      ],
    });
  const { secret, order, words } = revealed.value;
  const isGift = facts.draw.plan.purpose === 'gift';
  const winner = isGift ? facts.people.find(({ number }) => number === order[0]) : undefined;
  const lines = resultLines(turn, facts, revealed.value);
  const hers = tell(
    others(extra.voters, me.id).filter(({ id }) => id === winner?.id),
    'draw',
    reply([say('draw-done.yours'), ...lines], [checkOffer(facts)]),
  );
  const theirs = tell(
    others(extra.voters, me.id).filter(({ id }) => id !== winner?.id),
    'draw',
    reply(lines, [checkOffer(facts)]),
  );
  return decide(turn, {
    events: [
      {
        type: 'draw-moved',
        step: {
          id: facts.id,
          was: 'closed',
          state: 'revealed',
          words: words.size,
          secret,
          order,
          by: me.id,
        },
      },
    ],
    notices: [...hers, ...theirs],
    replies: [
      reply(
        [
          ...(winner?.id === me.id ? [say('draw-done.yours')] : []),
          ...lines,
          ...(isGift ? [say('draw-done.next')] : []),
        ],
        [...(isGift ? [offer('closing', say('meeting-open.closing'))] : []), checkOffer(facts)],
      ),
    ],
  });
};

const resultLines = (turn: OfficerTurn, facts: DrawFacts, draw: RevealedDraw): Say[] => [
  ...wonLines(turn.speaker.group.rules, facts, draw),
  say('draw-done.secret', { secret: draw.secret }),
  say('draw-done.check'),
];

const checkOffer = ({ id }: DrawFacts): Offer => offer(`draw:record:${id}`, say('draw-record.show'));

/** The record for whoever wants to draw again: no names in it, and all that is needed. */
export const showRecord = (turn: MemberTurn, facts: DrawFacts, drawId: string): StepResult => {
  const { draw } = facts;
  if (facts.id !== drawId || (draw.type !== 'revealed' && draw.type !== 'void'))
    return decide(turn, { replies: [reply([say('draw-record.gone')])] });
  const record = JSON.stringify(recordOf(draw));
  return decide(turn, {
    replies: [reply([say('draw-record.how')]), reply([say('draw-record.text', { record })])],
  });
};
