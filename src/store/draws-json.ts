import { z } from 'zod';
import type { DomainEvent } from '../conversation/domain-event.ts';
import type { BegunDraw, DrawStep } from '../conversation/draw-event.ts';
import { bytes, id, instant, sealed } from './json-fields.ts';
import type { Secrets } from './secrets.ts';

const numbers = z.array(z.int());

/** A draw as draw_facts answers with it. */
export const drawJson = z.object({
  id,
  purpose: z.enum(['gift', 'turns']),
  by: z.enum(['words', 'dice', 'words-and-dice']),
  commit: z.string(),
  secret: bytes.nullable(),
  opened: z.string().nullable(),
  members: numbers,
  lots: numbers,
  wordsUntil: instant,
  revealUntil: instant,
  follows: z.string().nullable(),
  state: z.enum(['committed', 'closed', 'revealed', 'void']),
  dice: z.string().nullable(),
  order: numbers.nullable(),
  missing: z.enum(['words', 'secret']).nullable(),
  begunBy: id,
  /** Whether its cycle is. */
  open: z.boolean(),
  words: z.array(z.object({ number: z.int(), word: bytes })),
  people: z.array(z.object({ id, number: z.int(), ...sealed })),
});

export type DrawJson = z.infer<typeof drawJson>;

/** The cell a secret or a word is sealed for: moved to another draw or member it does not open. */
export const secretPlace = (drawId: string): string => `draw/${drawId}`;
export const wordPlace = (drawId: string, number: number): string => `draw/${drawId}/${number}`;

/** Draws begun, their words and dice, and what became of them, as commit_draws takes them. */
export const drawsJson = (secrets: Secrets, events: readonly DomainEvent[]): { draws?: object } => {
  const draws = { begun: [] as object[], words: [] as object[], dice: [] as object[], steps: [] as object[] };
  for (const event of events) {
    switch (event.type) {
      case 'draw-begun':
        draws.begun.push(begunJson(secrets, event.draw));
        break;
      case 'draw-word-given': {
        const { drawId, number } = event;
        const word = secrets.outboxSeal(wordPlace(drawId, number), event.word).toString('base64');
        draws.words.push({ draw: drawId, number, word });
        break;
      }
      case 'draw-dice-thrown':
        draws.dice.push({ draw: event.drawId, dice: event.dice });
        break;
      case 'draw-moved':
        draws.steps.push(stepJson(event.step));
        break;
      default:
    }
  }
  return Object.values(draws).some((list) => list.length > 0) ? { draws } : {};
};

const begunJson = (secrets: Secrets, { id, cycleId, plan, secret, begunBy }: BegunDraw): object => ({
  id,
  cycle: cycleId,
  purpose: plan.purpose,
  by: plan.by,
  commit: plan.commit,
  secret: secrets.outboxSeal(secretPlace(id), secret).toString('base64'),
  members: plan.members,
  lots: plan.lots,
  words_until: plan.wordsUntil.toString(),
  reveal_until: plan.revealUntil.toString(),
  follows: plan.follows,
  begun_by: begunBy,
});

const stepJson = (step: DrawStep): object => ({
  draw: step.id,
  was: step.was,
  state: step.state,
  words: step.words,
  ...(step.state === 'revealed' ? { opened: step.secret, drawn: step.order, by: step.by } : {}),
  ...(step.state === 'void' ? { missing: step.missing } : {}),
});
