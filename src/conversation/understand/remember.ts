/** Longer texts are made anew each time: they are no words, and would fill the memory. */
const REMEMBERED_CHARS_MAX = 32;

/**
 * `make`, remembering what it made of short texts: people write few different words. `make` must be pure, so that
 * remembering changes nothing but the time it takes.
 *
 * @param textsMax that many are remembered; then all are forgotten and it begins again
 */
export const remembering = <Made>(
  make: (text: string) => Made,
  textsMax: number,
): ((text: string) => Made) => {
  const known = new Map<string, Made>();
  return (text) => {
    if (text.length > REMEMBERED_CHARS_MAX) return make(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const copy = copyOf(text);
    const made = make(copy);
    if (known.size >= textsMax) known.clear();
    known.set(copy, made);
    return made;
  };
};

/** The same text on its own: a piece of a message would keep the whole message in memory (V8's sliced strings). */
const copyOf = (text: string): string => text.split('').join('');

/** `make`, once for each lexicon or whatever else lasts as long as the program: the same in, the same out. */
export const onceFor = <Key extends object, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new WeakMap<Key, Made>();
  return (key) => {
    const before = made.get(key);
    if (before !== undefined) return before;
    const now = make(key);
    made.set(key, now);
    return now;
  };
};
