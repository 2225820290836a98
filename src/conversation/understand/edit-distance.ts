/** True when one insertion, deletion, change or swap of neighbours (or nothing) turns `a` into `b`. */
export const withinOneEdit = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (a.length !== b.length)
    return a.length > b.length ? sameFrom(a, at + 1, { b, from: at }) : sameFrom(a, at, { b, from: at + 1 });
  if (sameFrom(a, at + 1, { b, from: at + 1 })) return true;
  const swapped = a.charCodeAt(at) === b.charCodeAt(at + 1) && a.charCodeAt(at + 1) === b.charCodeAt(at);
  return swapped && sameFrom(a, at + 2, { b, from: at + 2 });
};

/** Whether what follows in both is the same. */
const sameFrom = (a: string, fromA: number, { b, from }: { b: string; from: number }): boolean => {
  if (a.length - fromA !== b.length - from) return false;
  for (let n = 0; fromA + n < a.length; n += 1)
    if (a.charCodeAt(fromA + n) !== b.charCodeAt(from + n)) return false;
  return true;
};

/** Every word that is `word` with one letter left out: two words one edit apart share one of these. */
export const oneLetterLess = (word: string): string[] =>
  Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
