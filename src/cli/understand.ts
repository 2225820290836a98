import { once } from 'node:events';
import { loadLocales } from '../app/load-locales.ts';
import { understoodLine } from '../app/understood-line.ts';
import { complain } from './command.ts';
import { linesOf } from './lines.ts';

/** A message of 2,000 characters with a roster of hundreds fits several times. */
const LINE_CHARS_MAX = 1_000_000;
const LOCALES = new URL('../../locales/', import.meta.url);

/**
 * Says what messages mean: a JSON object a line on standard input, an answer a line on standard output, in the same
 * order. A line that cannot be read is answered with `{"error":"line 3: …"}` in its place, and said on standard error.
 * Reads no faster than its answers are taken.
 *
 * @returns 0, or 2 when a line could not be read
 */
export const understandCommand = async ({ explain = false }: { explain?: boolean }): Promise<number> => {
  const { lexicons } = loadLocales(LOCALES);
  let exit = 0;
  let count = 0;
  for await (const lines of linesOf(process.stdin, LINE_CHARS_MAX)) {
    let answers = '';
    for (const line of lines) {
      count += 1;
      const answer =
        line === undefined
          ? { ok: false as const, fault: `is longer than ${LINE_CHARS_MAX} characters` }
          : understoodLine(line, { lexicons, explain });
      if (answer.ok) {
        answers += `${answer.json}\n`;
        continue;
      }
      const error = `line ${count}: ${answer.fault}`;
      complain(error);
      answers += `${JSON.stringify({ error })}\n`;
      exit = 2;
    }
    if (answers !== '' && !process.stdout.write(answers)) await once(process.stdout, 'drain');
  }
  return exit;
};
