import { throwDice } from '../../domain/draw/steps.ts';
import { readDice } from '../../domain/draw/words.ts';
import type { DrawFacts } from '../draw-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { closeIfComplete } from './draw-close.ts';
import { drawRefusalText } from './draw-refusal.ts';

/** "Anotar los dados": asks for the throws in the order they fell. */
export const askDice = (turn: OfficerTurn, facts: DrawFacts): StepResult => {
  const { draw } = facts;
  if (draw.type !== 'committed' || draw.plan.by === 'words')
    return decide(turn, { replies: [reply([drawRefusalText({ type: 'draw_words_closed' })])] });
  return decide(turn, {
    flow: { type: 'draw-dice', drawId: facts.id },
    replies: [reply([say('draw-dice.question')])],
  });
};

/** The throws as she wrote them, shown back before they stand. */
export const diceAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'draw-dice' || turn.input.type !== 'words') return undefined;
  const dice = readDice(turn.input.text);
  if (!dice.ok) return decide(turn, { flow, replies: [reply([drawRefusalText(dice.refusal)])] });
  return decide(turn, {
    flow: { type: 'draw-dice-confirm', drawId: flow.drawId, dice: dice.value },
    replies: [
      reply(
        [say('draw-dice.confirm', { dice: dice.value })],
        [offer('draw:dice:yes', say('draw-dice.yes')), offer('draw:dice', say('choice.write-again'))],
      ),
    ],
  });
};

/** Her yes: the first throw stands, and with it the draw has all it needs. */
export const confirmDice = (turn: OfficerTurn, facts: DrawFacts): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'draw-dice-confirm' || flow.drawId !== facts.id) return undefined;
  if (!turn.speaker.extra.voters) return needs({ type: 'voters' });
  const thrown = throwDice(facts.draw, { text: flow.dice, now: turn.snapshot.now });
  if (!thrown.ok) return decide(turn, { replies: [reply([drawRefusalText(thrown.refusal)])] });
  const complete = closeIfComplete(turn, facts, thrown.value);
  return decide(turn, {
    events: [
      { type: 'draw-dice-thrown', drawId: facts.id, dice: flow.dice },
      ...(complete ? [complete.event] : []),
    ],
    notices: complete?.notices ?? [],
    replies: [reply([say('draw-dice.kept')]), ...(complete ? [complete.own] : [])],
  });
};
