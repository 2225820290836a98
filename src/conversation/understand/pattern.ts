/** Small words of filler that may stand between the words of a phrase. */
const GAP_WORDS_MAX = 2;

/**
 * A word of a message. `filler`: it says nothing of its own; `strange`: a name, or a word without a meaning to us;
 * `named`: a name of this group or one people are given.
 */
export type Word = {
  readonly keys: readonly string[];
  readonly filler: boolean;
  readonly strange: boolean;
  readonly named: boolean;
};

/** Where each key was said. `order`: which was met first, second, … */
export type Places = ReadonlyMap<string, { readonly order: number; readonly at: readonly number[] }>;

export const placesOf = (words: readonly Word[]): Places => {
  const places = new Map<string, { order: number; at: number[] }>();
  for (const [at, { keys }] of words.entries()) {
    for (const key of keys) {
      const known = places.get(key);
      if (known) known.at.push(at);
      else places.set(key, { order: places.size, at: [at] });
    }
  }
  return places;
};

/** Where a pattern's words were said; `repaired`: how many of them were told from a misspelling. */
type Found = { readonly at: number[]; readonly repaired: number };

/** A phrase: its words one after the other, with little but filler between them. */
export const inOrder = (
  words: readonly Word[],
  pattern: readonly string[],
  places: Places,
): Found | undefined => {
  for (const start of places.get(pattern[0] ?? '')?.at ?? []) {
    const found = sequence(words, start, pattern);
    if (found) return found;
  }
  return undefined;
};

const sequence = (words: readonly Word[], start: number, pattern: readonly string[]): Found | undefined => {
  const at: number[] = [];
  let next = start;
  for (const key of pattern) {
    const gap = at.length > 0 ? fillerBefore(words, next, key) : 0;
    next += gap;
    if (!words[next]?.keys.includes(key)) return undefined;
    at.push(next);
    next += 1;
  }
  return { at, repaired: repairedIn(words, at, pattern) };
};

/** How many words of filler stand before a word of a phrase; none when something else does. */
const fillerBefore = (words: readonly Word[], from: number, key: string): number => {
  for (let gap = 0; gap <= GAP_WORDS_MAX; gap += 1) {
    const word = words[from + gap];
    if (word?.keys.includes(key)) return gap;
    if (!word?.filler) return 0;
  }
  return 0;
};

/** Keywords: each of them anywhere. */
export const scattered = (
  words: readonly Word[],
  pattern: readonly string[],
  places: Places,
): Found | undefined => {
  const at = pattern.map((key) => places.get(key)?.at[0] ?? -1);
  return at.includes(-1) ? undefined : { at, repaired: repairedIn(words, at, pattern) };
};

const repairedIn = (words: readonly Word[], at: readonly number[], pattern: readonly string[]): number =>
  at.filter((place, n) => words[place]?.keys[0] !== pattern[n]).length;
