// The three commands that other programs ask, as they are run: JSON in, JSON out, and no database anywhere.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { comadre } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-json-'));
});
afterAll(() => {
  expect(fs.readdirSync(folder)).toEqual([]);
  fs.rmSync(folder, { recursive: true, force: true });
});

const LOAN = {
  principal: '1000.00',
  interest: 'declining',
  ratePct: '2',
  ratePer: 'month',
  n: 4,
  every: '1 week',
  disbursed: '2026-12-31',
};

test.each([
  ['loan-schedule', LOAN, { totals: { principal: '1000.00', interest: '11.57', due: '1011.57' } }],
  ['share-out', { method: 'pro-rata', pool: '10.01', shares: [1, 1] }, { payouts: ['5.01', '5.00'] }],
  ['allocate', { total: '100', weights: [1, 2, 3] }, { parts: ['17', '33', '50'] }],
])('%s answers and opens nothing, whatever the settings', async (command, asked, answer) => {
  // A setting that every other command refuses.
  const settings = { PORT: 'eighty' };
  const { code, out, err } = await comadre(folder, [command], { settings, input: JSON.stringify(asked) });
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject(answer);
});

test.each([
  [
    'loan-schedule',
    JSON.stringify({ ...LOAN, ratePct: '10000', n: 0 }),
    /^ratePct must be .*; n must be .*\n$/,
  ],
  ['share-out', '{"method":"rebate","pool":"1.00","shares":[0]}', /^shares must have .*\n$/],
  ['allocate', '{"total":"-1.00","weights":[1]}', /^total must be .*\n$/],
  ['allocate', '', /^the question is not JSON.*\n$/],
  ['allocate', `{"total":"1","weights":[${'1,'.repeat(1_500_000)}1]}`, /^the question is longer than .*\n$/],
])('%s refuses nonsense with one line, and answers nothing (case %#)', async (command, input, fault) => {
  const { code, out, err } = await comadre(folder, [command], { input });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(fault);
});
