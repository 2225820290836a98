import type { DrawFacts } from '../draw-facts.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { begin } from './draw-begin.ts';
import { askDice, confirmDice } from './draw-dice.ts';
import { purposeOf } from './draw-purpose.ts';
import { reveal, showRecord } from './draw-reveal.ts';
import { askWord, askWordFor } from './draw-word.ts';

/** The buttons of a draw. Every member gives a word and may check the result; officers do the rest. */
export const drawVerb = (turn: MemberTurn, what: string, arg: string): StepResult | undefined => {
  const facts = turn.speaker.extra.draw;
  if (facts === undefined) return needs({ type: 'draw' });
  if (what === 'begin') return isOfficerTurn(turn) ? beginBy(turn, facts, arg) : undefined;
  if (facts === 'none') return decide(turn, { replies: [reply([say('draw-record.gone')])] });
  if (what === 'word') return askWord(turn, facts);
  if (what === 'record') return showRecord(turn, facts, arg);
  return isOfficerTurn(turn) ? officersVerb(turn, { facts, what, arg }) : undefined;
};

const beginBy = (turn: OfficerTurn, facts: DrawFacts | 'none', by: string): StepResult | undefined => {
  const purpose = purposeOf(turn.speaker.group.rules);
  if (!purpose || (by !== 'words' && by !== 'dice')) return undefined;
  return begin(turn, facts, { purpose, by });
};

const officersVerb = (
  turn: OfficerTurn,
  of: { readonly facts: DrawFacts; readonly what: string; readonly arg: string },
): StepResult | undefined => {
  switch (of.what) {
    case 'for':
      return askWordFor(turn, of.facts, of.arg);
    case 'dice':
      return of.arg === 'yes' ? confirmDice(turn, of.facts) : askDice(turn, of.facts);
    case 'yes':
      return reveal(turn, of.facts, of.arg);
    default:
      return undefined;
  }
};
