import type { DrawPurpose, RevealedDraw } from '../../domain/draw/draw.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { GroupRules } from '../../domain/rules.ts';
import type { TandaTermsRefusal } from '../../domain/tanda/terms.ts';
import { termsFor } from '../../domain/tanda/terms-for.ts';
import { drawnTurns, lotsOf, type Turns, type TurnsRefusal } from '../../domain/tanda/turns.ts';
import type { DrawFacts } from '../draw-facts.ts';
import { type Say, say } from '../say.ts';
import type { OfficerTurn } from '../turn.ts';
import { nameOfNumber } from './draw-texts.ts';

/** What a group draws for, by its rules: the turns of a tanda or the savings pot; undefined when it draws nothing. */
export const purposeOf = ({ product, tanda, closing }: GroupRules): DrawPurpose | undefined => {
  if (product === 'tanda') return tanda?.turns === 'draw' ? 'turns' : undefined;
  return closing === 'lots' ? 'gift' : undefined;
};

export type LotsRefusal = TandaTermsRefusal | { readonly type: 'nothing_saved' };

/**
 * One lot for each member, with what has to fit before they are drawn. Refused: nothing saved where the pot is drawn for;
 * other rounds than members in a tanda.
 */
export const lotsFor = (turn: OfficerTurn, purpose: DrawPurpose): Result<readonly number[], LotsRefusal> => {
  const { group, company } = turn.speaker;
  const numbers = company.desk.roster.map(({ number }) => number);
  if (purpose === 'gift')
    return group.savedByAll.minor === 0n ? refuse({ type: 'nothing_saved' }) : accept(numbers);
  const terms = termsFor(group.rules.tanda, numbers);
  return terms.ok ? accept(lotsOf(terms.value)) : terms;
};

/** The turns as they were drawn, the organiser's extra one among them. */
const turnsOf = (rules: GroupRules, draw: RevealedDraw): Result<Turns, TandaTermsRefusal | TurnsRefusal> => {
  const terms = termsFor(rules.tanda, draw.plan.lots);
  return terms.ok ? drawnTurns(terms.value, draw) : terms;
};

/** "1 · Ana Martínez": who receives in each round. */
const turnLines = (facts: DrawFacts, turns: Turns): Say[] =>
  turns.map((who, at) =>
    who === 'organiser'
      ? say('turns.line', { round: at + 1, name: [say('turns.organiser')] })
      : say('turns.line', { round: at + 1, name: nameOfNumber(facts, who) }),
  );

/** What came out, in words. */
export const wonLines = (rules: GroupRules, facts: DrawFacts, draw: RevealedDraw): Say[] => {
  if (draw.plan.purpose === 'turns') {
    const turns = turnsOf(rules, draw);
    return [say('turns.title'), ...turnLines(facts, turns.ok ? turns.value : draw.order)];
  }
  const [number = 0] = draw.order;
  return [say('draw-done.won', { name: nameOfNumber(facts, number), number })];
};
