/** Stands where a name stood. */
const BLANK = '…';
/** Shorter words of a name ("de", "la") are everybody's. */
const WORD_CHARS_MIN = 3;
/** So are these, which stand between the words of many names. */
const JOINING: ReadonlySet<string> = new Set(['del', 'los', 'las']);

const WORD = /[\p{L}\p{M}’']+/gu;
/** Between two words of one name. */
const GAP = /^[\s.-]{1,3}$/u;

const plain = (word: string): string =>
  word
    .normalize('NFD')
    .replaceAll(/\p{M}|[’']/gu, '')
    .toLowerCase();

const wordsOf = (name: string): string[] =>
  (name.match(WORD) ?? []).map(plain).filter((word) => word.length >= WORD_CHARS_MIN && !JOINING.has(word));

/** What is looked for in words of others. */
export type Wanted = {
  /** Words of hers: two of them side by side are she. */
  readonly hers: ReadonlySet<string>;
  /** Words that are she also when they stand alone. */
  readonly alone: ReadonlySet<string>;
};

/**
 * How somebody may be named in words of others. `others` are the names of everybody who may be meant as well: what another one is
 * also called means her only beside another word of her name. Undefined `others`: too many to tell, so only a name of a single
 * word stands for itself.
 */
export const wantedName = (name: string, others: readonly string[] | undefined): Wanted => {
  const hers = new Set(wordsOf(name));
  const theirs = new Set((others ?? []).flatMap(wordsOf));
  const isAlone = (word: string): boolean => (others ? !theirs.has(word) : hers.size === 1);
  return { hers, alone: new Set([...hers].filter(isAlone)) };
};

/** The same words without her name, however it is written: with or without accents and capitals. */
export const withoutName = (text: string, { hers, alone }: Wanted): string => {
  const found = [...text.matchAll(WORD)].map((match) => ({
    from: match.index,
    until: match.index + match[0].length,
    word: plain(match[0]),
  }));
  const isBeside = (one: number, other: number): boolean => {
    const [first, second] = [found[one], found[other]];
    return (
      first !== undefined &&
      second !== undefined &&
      hers.has(first.word) &&
      hers.has(second.word) &&
      GAP.test(text.slice(first.until, second.from))
    );
  };
  const gone = found.filter(
    ({ word }, at) => alone.has(word) || isBeside(at - 1, at) || isBeside(at, at + 1),
  );
  return gone.reduceRight((left, { from, until }) => left.slice(0, from) + BLANK + left.slice(until), text);
};
