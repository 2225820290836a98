/**
 * Cuts text into parts of at most `max` UTF-16 units, each at the last line end, else the last sentence end, else the
 * last space of its second half, so that a full stop in the first line does not make a part of one line; a wall without
 * any is cut between two characters as people see them. White space at a cut is dropped; nothing else is.
 *
 * @param max UTF-16 units, at least 2
 */
export function splitText(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const end = cutIn(rest, max);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** Where to cut: an index in (0, max]. */
function cutIn(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  for (const border of [/\n/gu, /[.!?…]["»”)]?\s/gu, /\s/gu]) {
    const at = lastMatch(head, border);
    if (at >= max / 2) return at;
  }
  const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  const start = characters.containing(max)?.index ?? 0;
  if (start >= max / 2) return start;
  // One "character" of thousands of joined signs: at least no surrogate pair is torn.
  return /[\uD800-\uDBFF]/u.test(text.charAt(max - 1)) ? max - 1 : max;
}

/** Index of the white space that ends the last match, or -1. */
function lastMatch(text: string, border: RegExp): number {
  let at = -1;
  for (const found of text.matchAll(border)) at = found.index + found[0].length - 1;
  return at;
}
