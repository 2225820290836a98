// `comadre lessons check` and `comadre help-lines` as they are run: without a database, and leaving nothing behind.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comadre } from '../support/run-program.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-lessons-'));
});
afterAll(() => {
  expect(fs.readdirSync(folder)).toEqual([]);
  fs.rmSync(folder, { recursive: true });
});

test('a writer sees how easy her lesson reads in each language', async () => {
  const { out } = await comadre(folder, ['lessons', 'check', 'F2']);
  expect(out).toMatch(/^F2 en: Flesch \d+ \(at least 75\), \d+ \+ \d+ \+ \d+ words, longest sentence \d+$/mu);
  expect(out).toMatch(/^F2 es: Szigriszt-Pazos \d+ \(at least 70\), /mu);
  expect(out).toMatch(/^2 lesson files, \d of them drafts; \d faults\.$/mu);
});

test('a lesson nobody has written is not passed over in silence', async () => {
  const { code, out, err } = await comadre(folder, ['lessons', 'check', 'F99']);
  expect([code, out, err]).toEqual([2, '', 'No lesson is named so.\n']);
});

test('the lines that a person must still call are listed, with what is known of them', async () => {
  const { code, out } = await comadre(folder, ['help-lines']);
  expect(code).toBe(0);
  const [shown, call] = out.split('\n\n');
  expect(shown).toMatch(/^Shown to members:\n {2}national {2}911 /u);
  expect(call).toMatch(/^Call from the area on a prepaid telephone, .*\n {2}\S+ +\S/u);
});
