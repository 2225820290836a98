import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endingOf, writeNewFile } from '../../src/cli/new-file.ts';

let folder: string;
const place = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-new-file-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a file is written as it is given, for its owner only', async () => {
  expect(await writeNewFile(place('a.csv'), 'ñ')).toBeUndefined();
  expect(fs.readFileSync(place('a.csv'), 'utf8')).toBe('ñ');
  expect(fs.statSync(place('a.csv')).mode & 0o077).toBe(0);
});

test('a file that is there already stays as it is', async () => {
  fs.writeFileSync(place('old.pdf'), 'before');
  expect(await writeNewFile(place('old.pdf'), 'after')).toMatch(
    /old.pdf" is there already and is left as it is\./,
  );
  expect(fs.readFileSync(place('old.pdf'), 'utf8')).toBe('before');
});

test.each([['no/a.pdf'], ['old.pdf/a.pdf']])('%s: a folder that is not there is named', async (name) => {
  expect(await writeNewFile(place(name), '')).toMatch(
    /^The folder of ".*a.pdf" is not there\. Make it first/,
  );
});

// Root may write anywhere, whatever the folder says.
test.skipIf(process.getuid?.() === 0)('a folder that may not be written to is named', async () => {
  fs.mkdirSync(place('closed'), { mode: 0o500 });
  expect(await writeNewFile(place('closed/a.pdf'), '')).toMatch(/cannot be written: this account may not/);
});

test.each([
  ['a.png', 'png'],
  ['A.PDF', 'pdf'],
  ['folder.png/b.pdf', 'pdf'],
])('%s ends with %s', (file, ending) => {
  expect(endingOf(file, ['png', 'pdf'])).toEqual({ ok: true, ending });
});

test.each([['a'], ['png'], ['a.gif'], ['a.png.txt'], ['a.png/'], ['']])('"%s" is told how to end', (file) => {
  const problem = `--out "${file}" must end with .png or .pdf: that says what to write.`;
  expect(endingOf(file, ['png', 'pdf'])).toEqual({ ok: false, problem });
});
