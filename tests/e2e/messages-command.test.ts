// `comadre messages` as it is run, after people have written.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { comadre } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const programme = fileURLToPath(new URL('../fixtures/programme/orilla.json', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-messages-'));
  const { code } = await comadre(folder, ['import', programme]);
  expect(code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('nothing has gone out before anybody wrote', async () => {
  expect((await comadre(folder, ['messages'])).out).toBe('Nothing has gone out yet.\n');
});

test('answers are counted for the group they speak of, and nobody is named', async () => {
  const said = await comadre(folder, ['chat', '--as', 'Elsa'], { input: 'saldo\nayuda\n' });
  expect(said.code).toBe(0);
  const { out } = await comadre(folder, ['messages', '--json']);
  const month = new Date().toISOString().slice(0, 7);
  expect(JSON.parse(out)).toMatchObject([
    { month, channel: 'simulator', sentAs: 'text', messages: 2, members: 1, most: 2 },
  ]);
  expect((await comadre(folder, ['messages'])).out).toMatch(
    /: 2 messages; to 1 member, 2\.0 each, at most 2\n$/,
  );
  expect(out).not.toContain('Elsa');
  const byMember = (await comadre(folder, ['messages', '--members'])).out;
  expect(byMember).toBe(`${month}  simulator  Las Golondrinas, 1: 2 messages\n`);
  expect((await comadre(folder, ['messages', '--month', '2020-01'])).out).toBe('Nothing has gone out yet.\n');
});

test('a month that is none is refused in words', async () => {
  const { code, err } = await comadre(folder, ['messages', '--month', '2026-13']);
  expect([code, err]).toEqual([2, '--month "2026-13" is not a month. Write it like 2026-11.\n']);
});
