import type { StepResult } from '../outcome.ts';
import { ruleLines } from '../rules-words.ts';
import { offer, reply, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';
import { mine } from './ask.ts';

/** How it is reckoned: for whoever keeps the book, and on paper. */
const NOT_READ_ALOUD: ReadonlySet<string> = new Set(['rounding', 'payment-max']);

/** What the group agreed on, a sentence a rule: the words of `comadre rules`. */
export const groupRules = (turn: AskTurn): StepResult => {
  const { group } = turn.speaker;
  const lines = ruleLines(group.rules)
    .filter(({ rule }) => !NOT_READ_ALOUD.has(rule))
    .map(({ says }) => say('rules.line', { rule: [says] }));
  return decide(turn, {
    replies: [
      reply(
        [say('rules.of', { group: group.name }), ...lines],
        [mine(turn), offer('ask:group', say('menu.group')), offer('ask:menu', say('menu.all'))],
      ),
    ],
  });
};
