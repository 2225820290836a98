// `comadre indicators` as it is run, over a programme that was imported.

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
const run = (given: readonly string[]) => comadre(folder, ['indicators', ...given]);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-indicators-'));
  const { code } = await comadre(folder, ['import', programme]);
  expect(code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Told = { id: string; value: string | null; denominator: string | null; withheld: boolean };
const told = (figures: readonly Told[], id: string) => figures.find((one) => one.id === id);

test('a programme: both groups are small, so only the figures of both together are told', async () => {
  const { code, out, err } = await run(['--json']);
  expect([code, err]).toEqual([0, '']);
  const { programmes } = JSON.parse(out) as {
    programmes: { programme: string; indicators: Told[]; groups: { group: string; indicators: Told[] }[] }[];
  };
  const [orilla] = programmes;
  expect(orilla?.programme).toBe('Orilla');
  expect(told(orilla?.indicators ?? [], 'members-with-loan')).toMatchObject({ withheld: false });
  for (const { indicators } of orilla?.groups ?? [])
    expect(told(indicators, 'average-savings')).toMatchObject({
      value: null,
      denominator: null,
      withheld: true,
    });
  expect(out).not.toContain('Elsa');
});

test('a group by itself, as people read it', async () => {
  const { code, out, err } = await run(['--group', 'las golondrinas', '--language', 'en']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Orilla, Las Golondrinas, \d{4}-\d\d-\d\d\n/);
  expect(out).toMatch(
    /^Average savings per member: 150\.00 MXN = 600\.00 \/ 4\n {4}What the members of groups that save/m,
  );
  expect(out).toContain('Objections per receipt: – (nothing to count yet)\n');
  expect(out).not.toMatch(/withheld|Elsa/);
});

test.each([
  [['--group', 'Las Rosas'], /^No group is called "Las Rosas"\. Say which:\n/],
  [['--on', '2020-01-01'], /^No book had begun on 2020-01-01\. .*\n$/],
  [['--json', '--csv'], /^Say either --json or --csv, not both\.\n$/],
  [['--language', 'fr'], /^--language "fr" is not one of ours\. .*\n$/],
])('%j cannot be answered, and says why', async (given, fault) => {
  const { code, out, err } = await run(given);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(fault);
});
