// `comadre understand` as it is run: lines in, lines out, in their order.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { comadre } from '../support/run-program.ts';

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-understand-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const intentsOf = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { intent, error } = JSON.parse(line) as { intent?: string; error?: string };
      return intent ?? error;
    });

test('each line is answered in its place, a bad one with what is wrong, and the exit says that there was one', async () => {
  const input = [
    '{"text":"saldo","lang":"es","role":"member"}',
    'saldo',
    '{"text":"Ana 100","lang":"es","role":"leader","roster":["Ana López"]}',
  ].join('\n');
  const { code, out, err } = await comadre(folder, ['understand'], { input });
  const fault = 'line 2: is not JSON: write one object, such as {"text":"saldo"}';
  expect(intentsOf(out)).toEqual(['savings.balance', fault, 'payments.record']);
  expect([code, err]).toEqual([2, `${fault}\n`]);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('many lines keep their order, and --explain says why', async () => {
  const texts = ['saldo', 'cuanto debo', 'ayuda'];
  const count = 3_000;
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify({ text: texts[n % texts.length] }));
  const { code, out } = await comadre(folder, ['understand', '--explain'], {
    input: `${lines.join('\n')}\n`,
  });
  const intents = ['savings.balance', 'loan.balance', 'help'];
  expect(code).toBe(0);
  expect(intentsOf(out)).toEqual(Array.from({ length: count }, (_, n) => intents[n % intents.length]));
  expect(out).toContain('"why":["savings.balance: saldo (es)"]');
});

test('nothing in is nothing out', async () => {
  expect(await comadre(folder, ['understand'])).toEqual({ code: 0, out: '', err: '' });
});
