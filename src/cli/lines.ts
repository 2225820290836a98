import type { Readable } from 'node:stream';

/**
 * The lines of a stream, as many at a time as have come. The last one needs no line end. A line is undefined when it is
 * longer than `charsMax`: of such a line no more than that is ever held.
 */
export async function* linesOf(
  stream: Readable,
  charsMax: number,
): AsyncGenerator<readonly (string | undefined)[]> {
  stream.setEncoding('utf8');
  let rest = '';
  let tooLong = false;
  const taken = (line: string): string | undefined => {
    const whole = tooLong || line.length > charsMax ? undefined : line;
    tooLong = false;
    return whole;
  };
  for await (const chunk of stream) {
    const pieces = (rest + String(chunk)).split('\n');
    rest = pieces.pop() ?? '';
    yield pieces.map(taken);
    if (rest.length <= charsMax) continue;
    rest = '';
    tooLong = true;
  }
  if (rest !== '' || tooLong) yield [taken(rest)];
}
