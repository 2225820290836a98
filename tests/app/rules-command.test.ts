// `comadre rules` as it is run: a real process, a real folder, one after the other.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { comadre } from '../support/run-program.ts';

const programme = path.resolve(import.meta.dirname, '../fixtures/programme/orilla.json');

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let folder: string;
const rules = (...given: string[]) => comadre(folder, ['rules', ...given]);
const change = (...given: string[]) => rules('change', '--group', 'Grupo 3', '--file', 'new.json', ...given);
const two = ['--by', '1', '--by', '2'];

/** The template with the price of the group's shares, which stays as long as anybody has savings. */
const writeNew = (text: string): void =>
  fs.writeFileSync(
    path.join(folder, 'new.json'),
    text.replace('"sharePrice": "20.00"', '"sharePrice": "25.00"'),
  );

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-rules-'));
  expect((await comadre(folder, ['import', programme])).code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a template, tried, changed, read back, and the books are still right', async () => {
  const template = await rules('change', '--template', 'savings-group');
  expect(template).toMatchObject({ code: 0, err: '' });
  expect(template.out).toBe((await rules('--template', 'savings-group')).out);
  writeNew(template.out);

  const changes = [
    '• Antes: Un pago atrasado no cuesta más. Ahora: Un pago atrasado cuesta $5.00 más por cada reunión que pasa.',
    '• Nuevo: En todo un préstamo, los recargos no pasan de lo que vale un pago.',
    '• Antes: El préstamo lo aprueba una oficial que no sea quien lo pide. Ahora: El préstamo se vota entre todas.',
    '• Nuevo: Los mensajes del grupo son en español.',
    'Lo que ya está anotado se queda como está.',
    'El préstamo que ya corre sigue con lo que se acordó al darlo.',
    '',
  ].join('\n');
  const tried = await change(...two, '--dry-run');
  expect([tried.code, tried.err]).toEqual([0, '']);
  expect(tried.out).toMatch(/^Esto cambiaría en el reglamento de Grupo 3 desde el .* de \d{4}:\n/);
  expect(tried.out.slice(tried.out.indexOf('\n') + 1)).toBe(changes);
  const changed = await change(...two);
  expect([changed.code, changed.err]).toEqual([0, '']);
  expect(changed.out).toMatch(/^Reglamento de Grupo 3, versión 2, desde el .* de \d{4}\. Esto cambió:\n/);
  expect(changed.out.slice(changed.out.indexOf('\n') + 1)).toBe(changes);

  const all = await rules('--group', 'grupo 3', '--all', '--language', 'en');
  expect(all.out).toMatch(
    /^Rules of Grupo 3, version 1, since .*\nThese are the rules the group came with\.\n/,
  );
  expect(all.out).toMatch(
    /\n\nVersion 2, since .*\nSigned by Irma Téllez and Jacinta Ek\.\n• Before: A late/,
  );
  const now = JSON.parse((await rules('--group', 'Grupo 3', '--json')).out) as {
    current: number;
    versions: { version: number; signedBy: unknown; constitution: object; words: string[] }[];
  };
  expect(now.current).toBe(2);
  expect(now.versions).toHaveLength(1);
  expect(now.versions[0]).toMatchObject({
    version: 2,
    signedBy: [
      { number: 1, name: 'Irma Téllez' },
      { number: 2, name: 'Jacinta Ek' },
    ],
    constitution: { savings: { sharePrice: '25.00' }, loans: { decision: 'vote' } },
  });
  expect(now.versions[0]?.words).toContain('El préstamo se vota entre todas.');
  const first = await rules('--group', 'Grupo 3', '--version', '1');
  expect(first.out).toContain('• Un pago atrasado no cuesta más.');
  expect(first.out).not.toContain('se vota');
  expect((await comadre(folder, ['verify-books'])).out).toBe('All right: 2 groups, 2 entries.\n');
});

const tomorrow = Temporal.Now.plainDateISO('UTC').add({ days: 2 }).toString();

test.each([
  ['what holds already', 1, two, 'The file says what already holds. Nothing was changed.\n'],
  [
    'one officer twice',
    1,
    ['--by', '1', '--by', '1'],
    /^Rules are signed by two different officers: .* Nothing was changed\.\n$/,
  ],
  ['nobody', 1, [], /^Rules are signed by two different officers/],
  [
    'a number of nobody',
    1,
    ['--by', '1', '--by', '99'],
    /^Nobody in the group has number 99\. Nothing was changed\.\n$/,
  ],
  ['no number', 2, ['--by', 'Irma'], /^--by is the number of an officer in her group/],
  [
    'a day to come',
    1,
    [...two, '--since', tomorrow],
    /^--since is a day to come\. .* at most \d{4}-\d\d-\d\d\./,
  ],
  [
    'no day',
    2,
    [...two, '--since', 'mañana'],
    '--since "mañana" is not a day. Write year-month-day, such as 2026-11-24.\n',
  ],
  ['no language', 2, [...two, '--language', 'fr'], '--language is one of: es, en.\n'],
  [
    'no template',
    2,
    ['--template', 'bank'],
    '--template is one of: savings-group, solidarity-credit, tanda.\n',
  ],
])('a change with %s is refused in a sentence', async (_, exit, given, sentence) => {
  const { code, out, err } = await change(...given);
  expect([code, out]).toEqual([exit, '']);
  if (typeof sentence === 'string') expect(err).toBe(sentence);
  else expect(err).toMatch(sentence);
});

test('every fault of a file is told with its place, and nothing is changed', async () => {
  const text = fs.readFileSync(path.join(folder, 'new.json'), 'utf8');
  fs.writeFileSync(
    path.join(folder, 'wrong.json'),
    text.replace('"closing": "pro-rata"', '"closing": "lots"').replace('"late": "5.00"', '"late": "2.50"'),
  );
  const { code, err } = await rules('change', '--group', 'Grupo 3', '--file', 'wrong.json', ...two);
  expect(code).toBe(1);
  expect(err.split('\n')).toEqual([
    'closing: is "lots", which gives out the savings pot of a solidarity-credit group. in a savings-group write pro-rata, equal-profit, rebate or mixed',
    'fines.late: is 2.50, which cannot be paid in coins of 1. write a multiple of 1, or another "cashUnit"',
    'Nothing was changed: 2 to mend.',
    '',
  ]);
});

test.each([
  [['--group', 'Grupo 3', '--version', '7'], 'There is no version 7. Grupo 3 has 1 to 2.\n'],
  [['--group', 'Otra'], /^No group is called "Otra"\. Say which:\n/],
  [['--group', 'Grupo 3', '--all', '--version', '1'], 'Give --version or --all, not both.\n'],
  [[], 'Say whose rules: --group "Las Jacarandas". Or print a --template.\n'],
  [['change', '--group', 'Grupo 3'], /^Give --group, --file with the new rules, and --by twice\./],
  [['change', '--group', 'Grupo 3', '--file', 'none.json', ...two], /^none\.json cannot be read/],
])('rules %j is refused in a sentence', async (given, sentence) => {
  const { code, out, err } = await rules(...given);
  expect([code, out]).toEqual([2, '']);
  if (typeof sentence === 'string') expect(err).toBe(sentence);
  else expect(err).toMatch(sentence);
});
