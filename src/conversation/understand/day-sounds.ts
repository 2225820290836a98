import type { Lexicon } from './lexicon.ts';
import { fold, soundOf } from './normalise.ts';
import { onceFor } from './remember.ts';

/** Words of days that each stand for a number: of a weekday, of a month, of days ago. */
export type Valued = 'weekdays' | 'months' | 'daysAgo';

/** How the words of a lexicon's days sound, once for each lexicon: they are asked for at every word of every message. */
export const daySounds = onceFor(({ days }: Lexicon) => {
  const { weekdays, months, daysAgo, ...kinds } = days;
  const heardAs = (word: string): string => soundOf(fold(word));
  const keysOf = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(heardAs));
  // Of two words that sound the same the first one is meant.
  const valuesOf = (words: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
    new Map(
      Object.entries(words)
        .map(([word, value]) => [heardAs(word), value] as const)
        .toReversed(),
    );
  return {
    kinds: new Map(Object.entries(kinds).map(([kind, words]) => [kind, keysOf(words)])),
    values: { weekdays: valuesOf(weekdays), months: valuesOf(months), daysAgo: valuesOf(daysAgo) },
  };
});
