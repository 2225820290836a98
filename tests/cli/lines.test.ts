import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { linesOf } from '../../src/cli/lines.ts';

const CHARS_MAX = 8;

const linesIn = async (chunks: readonly (string | Buffer)[]) => {
  const found: (string | undefined)[] = [];
  for await (const lines of linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), CHARS_MAX))
    found.push(...lines);
  return found;
};

test.each([
  ['nothing', [], []],
  ['a line without an end', ['a'], ['a']],
  ['an empty line', ['a\n\nb\n'], ['a', '', 'b']],
  ['lines cut anywhere', ['on', 'e\ntw', 'o\n', 'three'], ['one', 'two', 'three']],
  ['a line as long as may be', ['12345678\n1'], ['12345678', '1']],
  ['a line that is too long, in one piece', ['123456789\n1\n'], [undefined, '1']],
  ['a line that is too long, in pieces', ['12345', '6789', 'x'.repeat(30), 'y\nb\n'], [undefined, 'b']],
  ['a last line that is too long', ['a\n12345', '6789'], ['a', undefined]],
])('%s', async (_, chunks, expected) => {
  expect(await linesIn(chunks)).toEqual(expected);
});

test('a letter cut in two arrives whole', async () => {
  const bytes = Buffer.from('señora\n');
  expect(await linesIn([bytes.subarray(0, 3), bytes.subarray(3)])).toEqual(['señora']);
});
