import type { Temporal } from 'temporal-polyfill';
import type { Money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { type Asked, ofMeeting } from './out-plan.ts';

/** What money is for; `on`: the past meeting at which it changed hands, when it is written down later. */
export type For = Pick<Asked, 'kind' | 'on'>;

/** Asks whose it is and how much, by what the money is for. */
export const askOut = (turn: OfficerTurn, { kind, on }: For, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'out-who', kind, on: on?.toString() },
    replies: [
      reply([...before, ...ofMeeting(on), say(`out-ask.${kind}`)], [offer('no', say('choice.cancel'))]),
    ],
  });

/** "sí" is no answer to what it was for. */
export const NO_ANSWER: ReadonlySet<string> = new Set(['yes', 'no', 'thanks', 'greeting']);

/** Asks what an expense of this amount was for. */
export const askFor = (
  turn: OfficerTurn,
  { asked, on }: { readonly asked: Money; readonly on: Temporal.PlainDate | undefined },
  before: readonly Say[],
): StepResult =>
  decide(turn, {
    flow: { type: 'out-for', amount: asked.minor.toString(), on: on?.toString() },
    replies: [reply([...before, say('out-ask.for')], [offer('no', say('choice.cancel'))])],
  });

/** As many words of hers are tried for where it begins. */
const WORDS_TRIED = 12;

/** What follows "for" in whatever language she writes. */
const FOR = /\s(?:de|del|en|para|pa|for|on)\s+(\D+)$/iu;

/** "gasto 50 de copias": what she says besides the amount; undefined when she says nothing else. */
export const forWhat = (turn: OfficerTurn): string | undefined => {
  let rest = turn.input.type === 'words' ? turn.input.text : '';
  for (let tried = 0; tried < WORDS_TRIED; tried += 1) {
    const found = FOR.exec(rest)?.[1];
    if (found === undefined) return undefined;
    // "gasto de cincuenta pesos de copias": the amount comes after the first "de".
    if (turn.read(`${AN_AMOUNT} ${found}`).amountMinor === undefined) return found;
    rest = ` ${found}`;
  }
  return undefined;
};

/** Understood whatever language she writes in. */
const AN_AMOUNT = 'mi meta es';
