export const TICKS = '✅✔☑👍👌✓🆗';
export const CROSSES = '❌✖✗✘❎🚫👎';
/** Each of these is a token of its own, wherever it stands. */
const HARD: ReadonlySet<string> = new Set(`()[]{}*_~"“”«»¿?¡!;=|•·→>#…${TICKS}${CROSSES}`);

/** Cuts a chunk at brackets, quotes, stars, ticks and crosses; each of those is a piece of its own. */
export const pieces = (chunk: string): { text: string; start: number }[] => {
  const found: { text: string; start: number }[] = [];
  let from = 0;
  let at = 0;
  for (const char of chunk) {
    if (HARD.has(char)) {
      if (at > from) found.push({ text: chunk.slice(from, at), start: from });
      found.push({ text: char, start: at });
      from = at + char.length;
    }
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
    /^\p{L}[\p{L}\p{M}]+(?=[-:,./–][$\d])/u.exec(text) ?? /^[\p{L}\p{M}]{3,}(?=\$?\d[\d.,]*$)/u.exec(text);
  if (nameFirst && !/^(mxn|usd|us|mx)$/iu.test(nameFirst[0])) return nameFirst[0].length;
  const dashed = /^[-–:,./](?=\$?\d)/u.test(text) ? undefined : /^\$?[\d.,]*\d(?=[-,:./–]+\p{L})/u.exec(text);
  return dashed ? dashed[0].length : undefined;
};
