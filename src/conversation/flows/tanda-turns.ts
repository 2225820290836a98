import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn, needs } from '../turn.ts';
import { purposeOf, turnLines, turnsOf } from './draw-purpose.ts';
import { drawStatus } from './draw-status.ts';
import { tandaRefusalText } from './tanda-refusal.ts';

/** "Los turnos": who receives in which round of a tanda. Before they are drawn an officer is led to the draw. */
export const showTurns = (turn: MemberTurn): StepResult | undefined => {
  const { extra, group, me } = turn.speaker;
  if (group.rules.product !== 'tanda') return undefined;
  if (extra.draw === undefined) return needs({ type: 'draw' });
  const facts = extra.draw;
  if (facts === 'none' || facts.draw.type !== 'revealed' || facts.draw.plan.purpose !== 'turns') {
    if (isOfficerTurn(turn) && purposeOf(group.rules) === 'turns') return drawStatus(turn);
    return decide(turn, { replies: [reply([say('turns.none')])] });
  }
  const turns = turnsOf(group.rules, facts.draw);
  if (!turns.ok) return decide(turn, { replies: [reply([tandaRefusalText(turns.refusal)])] });
  const hers = turns.value.indexOf(me.number);
  return decide(turn, {
    replies: [
      reply(
        [
          say('turns.title'),
          ...turnLines(facts, turns.value),
          ...(hers < 0 ? [] : [say('turns.yours', { round: hers + 1 })]),
        ],
        [offer(`draw:record:${facts.id}`, say('draw-record.show'))],
      ),
    ],
  });
};
