export const TICKS = '✅✔☑👍👌✓🆗';
export const CROSSES = '❌✖✗✘❎🚫👎';
/** Each of these is a token of its own, wherever it stands. */
const HARD: ReadonlySet<string> = new Set(`()[]{}*_~"“”«»¿?¡!;=|•·→>#…${TICKS}${CROSSES}`);

/** A drawing, and what only changes the look of the drawing before it. */
const PICTURE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const LOOKS: ReadonlySet<string> = new Set('\uFE0F\u200D');
const LAST_WITHOUT_PICTURES = 0xa8;
const NUMERAL = /^\p{N}$/u;

/** Whether a chunk is cut at this character. "1💰50" is not: nobody can tell what a drawing inside a number says. */
const cutsAt = (char: string, { before, after }: { before: string; after: string }): boolean => {
  if (HARD.has(char)) return true;
  if ((char.codePointAt(0) ?? 0) <= LAST_WITHOUT_PICTURES) return false;
  return PICTURE.test(char) && !(NUMERAL.test(before) && NUMERAL.test(after));
};

/** Cuts a chunk at brackets, quotes, stars, ticks, crosses and drawings; each of those is a piece of its own. */
export const pieces = (chunk: string): { text: string; start: number }[] => {
  const found: { text: string; start: number }[] = [];
  let from = 0;
  let at = 0;
  let before = '';
  for (const char of chunk) {
    const drawn = from === at && PICTURE.test(before) && LOOKS.has(char);
    if (drawn) from = at + char.length;
    else if (cutsAt(char, { before, after: chunk.charAt(at + char.length) })) {
      if (at > from) found.push({ text: chunk.slice(from, at), start: from });
      found.push({ text: char, start: at });
      from = at + char.length;
    }
    if (!drawn) before = char;
    at += char.length;
  }
  if (at > from) found.push({ text: chunk.slice(from), start: from });
  return found;
};

const TRAILING: ReadonlySet<string> = new Set('.,:/$–-');

/** The length of a piece without the punctuation behind it. Counted by hand: an expression would try every start. */
export const bareLength = (text: string): number => {
  let length = text.length;
  while (length > 0 && TRAILING.has(text.charAt(length - 1))) length -= 1;
  return length;
};

/** Where a name and a number written together come apart; undefined when they do not. */
export const gluedAt = (text: string): number | undefined => {
  const nameFirst =
    /^\p{L}[\p{L}\p{M}]+(?=(?:[-:,./–]|\.{2,9})[$\d])/u.exec(text) ??
    /^[\p{L}\p{M}]{3,}(?=\$?\d[\d.,]*(?:$|[,/]\p{L}))/u.exec(text);
  if (nameFirst && !/^(mxn|usd|us|mx)$/iu.test(nameFirst[0])) return nameFirst[0].length;
  const dashed = /^[-–:,./](?=\$?\d)/u.test(text) ? undefined : /^\$?[\d.,]*\d(?=[-,:./–]+\p{L})/u.exec(text);
  return dashed ? dashed[0].length : undefined;
};
