import type { Temporal } from 'temporal-polyfill';
import { wordLines } from '../../domain/draw/draw.ts';
import type { DrawFacts } from '../draw-facts.ts';
import { type Say, say } from '../say.ts';

/** A moment as the group's own day and hour. */
export const localTime = (
  at: Temporal.Instant,
  timeZone: string,
): { readonly date: Temporal.PlainDate; readonly time: Temporal.PlainTime } => {
  const there = at.toZonedDateTimeISO(timeZone);
  return { date: there.toPlainDate(), time: there.toPlainTime().round('minute') };
};

/** Who takes part, by the number of the roster. */
export const nameOfNumber = ({ people }: DrawFacts, number: number): string =>
  people.find((person) => person.number === number)?.name ?? String(number);

/** Everybody's word, or the dice, as they enter the draw. */
export const gatheredLines = (facts: DrawFacts): Say[] => [
  ...wordLines(facts.draw).map(({ number, word }) =>
    say('draw-closed.line', { number, name: nameOfNumber(facts, number), word }),
  ),
  ...(facts.draw.dice === undefined ? [] : [say('draw-closed.dice', { dice: facts.draw.dice })]),
];
