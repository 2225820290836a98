// `comadre paper` as it is run: a real process, a real folder, one after the other.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readPdf } from '../support/pdf-text.ts';
import { comadre } from '../support/run-program.ts';

const programme = path.resolve(import.meta.dirname, '../fixtures/programme/orilla.json');

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
const place = (name: string): string => path.join(folder, name);
const paper = (...given: string[]) => comadre(folder, ['paper', ...given]);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-paper-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('without a group it says so', async () => {
  const { code, err } = await paper('sheet', '--group', 'Las Golondrinas', '--out', 'sheet.pdf');
  expect([code, err]).toEqual([
    2,
    'There is no group yet. Bring one in first: comadre import programme.json\n',
  ]);
  expect((await comadre(folder, ['import', programme])).code).toBe(0);
});

test('every paper is written once, for its owner only', async () => {
  const golondrinas = ['--group', 'las golondrinas', '--out'];
  for (const given of [
    ['passbook', '--as', 'Fabiola Soto, Las Golondrinas', '--goal', '500', '--out', 'fabiola.pdf'],
    ['passbook', '--as', 'Elsa', '--discreet', '--out', 'elsa.PNG'],
    ['report', ...golondrinas, 'report.pdf'],
    ['report', ...golondrinas, 'report.csv'],
    ['sheet', ...golondrinas, 'sheet.pdf'],
  ]) {
    const { code, out, err } = await paper(...given);
    expect([code, out, err]).toEqual([0, `Wrote ${given.at(-1)}.\n`, '']);
    expect(fs.statSync(place(given.at(-1)!)).mode & 0o077).toBe(0);
  }
  const texts = (file: string) => readPdf(fs.readFileSync(place(file))).pages.flatMap((page) => page.texts);
  expect(texts('fabiola.pdf')).toEqual(expect.arrayContaining(['Fabiola', '$280.00', 'Me faltan $220.00']));
  expect(texts('report.pdf')).toEqual(expect.arrayContaining(['Las Golondrinas', 'Elsa Prado', '$600.00']));
  expect(texts('report.pdf').join('\n')).toMatch(/^Palabras para comprobar: (\S+ ){3}\S+$/m);
  expect(texts('sheet.pdf')).toEqual(expect.arrayContaining(['Hoja de la reunión', 'María José Ñáñez']));
  expect(fs.readFileSync(place('elsa.PNG')).subarray(1, 4).toString()).toBe('PNG');
  expect(fs.readFileSync(place('report.csv'), 'utf8')).toContain('"2","Fabiola Soto","treasurer"');
});

test.each([
  ['a file that is there', ['passbook', '--as', 'Elsa', '--out', 'elsa.PNG'], /^"elsa.PNG" is there already/],
  ['another ending', ['report', '--group', 'x', '--out', 'x.gif'], /must end with .pdf or .png or .csv/],
  [
    'an ending of another paper',
    ['sheet', '--group', 'x', '--out', 'x.png'],
    /^--out "x.png" must end with .pdf/,
  ],
  [
    'a goal of nothing',
    ['passbook', '--as', 'Elsa', '--out', 'e.png', '--goal', '0'],
    /^--goal "0" is not an amount/,
  ],
  ['nobody of that name', ['passbook', '--as', 'Nadie', '--out', 'n.png'], /^No member is called "Nadie"/],
  [
    'two of that name',
    ['passbook', '--as', 'Fabiola', '--out', 'f.png'],
    /^More than one .*\n {2}--as "Fabiola Soto, Las Golondrinas"\n {2}--as "Fabiola Soto, Grupo 3"/,
  ],
  [
    'no group of that name',
    ['report', '--group', 'Otra', '--out', 'o.pdf'],
    /^No group is called "Otra". Say which:\n {2}--group "Las Golondrinas"\n {2}--group "Grupo 3"/,
  ],
])('%s is refused in a sentence, and nothing is written', async (_, given, sentence) => {
  const before = fs.readdirSync(folder);
  const { code, out, err } = await paper(...given);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/at .*\.ts/);
  expect(fs.readdirSync(folder)).toEqual(before);
});
