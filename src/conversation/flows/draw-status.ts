import type { DrawFacts } from '../draw-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { beginQuestion, offersForSilent } from './draw-begin.ts';
import { closedReply } from './draw-close.ts';
import { purposeOf } from './draw-purpose.ts';
import { localTime } from './draw-texts.ts';

/** How a group that closes by lots stands: what is still to be done before the pot has an owner. */
export const drawStatus = (turn: OfficerTurn): StepResult => {
  const facts = turn.speaker.extra.draw;
  if (facts === undefined) return needs({ type: 'draw' });
  const purpose = purposeOf(turn.speaker.group.rules) ?? 'gift';
  if (facts === 'none') return beginQuestion(turn, facts, purpose);
  const { draw } = facts;
  switch (draw.type) {
    case 'committed':
      return gathering(turn, facts);
    case 'closed': {
      const { group, me } = turn.speaker;
      const closing = { facts, closed: draw, timeZone: group.meeting.timeZone };
      return decide(turn, { replies: [closedReply(closing, me.id !== facts.begunBy)] });
    }
    case 'void':
    case 'revealed':
      return beginQuestion(turn, facts, purpose);
  }
};

const gathering = (turn: OfficerTurn, facts: DrawFacts): StepResult => {
  const { plan, words } = facts.draw;
  const { group, me } = turn.speaker;
  const until = localTime(plan.wordsUntil, group.meeting.timeZone);
  if (plan.by === 'dice')
    return decide(turn, {
      replies: [reply([say('draw-begin.until-dice', until)], [offer('draw:dice', say('draw-dice.write'))])],
    });
  const isHersMissing = !words.has(me.number) && plan.members.includes(me.number);
  return decide(turn, {
    replies: [
      reply(
        [say('draw-word.so-far', { given: words.size, all: plan.members.length, ...until })],
        [
          ...(isHersMissing ? [offer('draw:word', say('draw-word.give'))] : []),
          ...offersForSilent(turn, new Set(words.keys())),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};
