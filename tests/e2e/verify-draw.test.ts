// A published draw checked from outside: by the command, and by the script that needs nothing of ours.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRecord, type DrawRecord } from '../../src/domain/draw/record.ts';
import { randomRecord, recordWith } from '../support/draws.ts';
import { sha256 } from '../support/ledger.ts';
import { comadre } from '../support/run-program.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../docs/verify_draw.py');
const PAGE = path.resolve(import.meta.dirname, '../../docs/draws.md');
const SCRIPT_LINES_MAX = 30;
const RECORDS = 200;

let folder: string;
const written = (name: string, record: unknown): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(record));
  return file;
};
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-draw-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The record that docs/draws.md shows. */
const shown = (): DrawRecord => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(fs.readFileSync(PAGE, 'utf8')) ?? [];
  return JSON.parse(json) as DrawRecord;
};

const x16 = (): DrawRecord => ({
  ...recordWith({
    lots: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    words: ['ANA 4417', 'BEA 9020', 'CHELA 1138'].map((word, at) => ({ number: at + 1, word })),
    secret: 'bolsa-roja-7',
  }),
  order: [6, 8, 2, 9, 5, 10, 4, 3, 7, 1],
});

describe('comadre verify-draw', () => {
  const verify = (given: readonly string[], input = '') =>
    comadre(folder, ['verify-draw', ...given], { input });

  test('says of the record in docs/draws.md that it is correct: a file or standard input, Spanish or English', async () => {
    const fromFile = await verify([written('shown.json', shown())]);
    expect(fromFile).toEqual({
      code: 0,
      out: 'Orden que sale: 1, 3, 2.\nCorrecto: es el orden publicado, y el secreto es el que se guardó al principio.\n',
      err: '',
    });
    const fromInput = await verify(['-', '--language', 'en'], JSON.stringify(shown()));
    expect(fromInput).toEqual({
      code: 0,
      out: 'The order that comes out: 1, 3, 2.\nCorrect: it is the published order, and the secret is the one kept at the start.\n',
      err: '',
    });
    expect(fs.readdirSync(folder)).toEqual(['shown.json']); // it opened no database
  });

  test('draws X16 as it is, and says what a record like it lacks', async () => {
    const { code, out } = await verify(['--language', 'en'], JSON.stringify(x16()));
    expect(code).toBe(1);
    expect(out).toBe(
      `${[
        'The order that comes out: 6, 8, 2, 9, 5, 10, 4, 3, 7, 1.',
        'It does not fit: the secret is too short and could be guessed. It needs at least 32 digits of 0-9 and a-f.',
        'It does not fit: these take part and have no line for a word: 4, 5, 6, 7, 8, 9, 10.',
      ].join('\n')}\n`,
    );
  });

  test.each<[string, Partial<DrawRecord>, string]>([
    [
      'an order with two places changed',
      { order: [3, 1, 2] },
      'Orden que sale: 1, 3, 2.\nNo coincide: se publicó otro orden: 3, 1, 2.\n',
    ],
    [
      'a void draw',
      { order: null, secret: null },
      'Este sorteo quedó sin valor: el secreto no se abrió a tiempo. No hay orden que comprobar.\n',
    ],
  ])('ends with 1 for %s', async (_, change, said) => {
    expect(await verify([], JSON.stringify({ ...shown(), ...change }))).toEqual({
      code: 1,
      out: said,
      err: '',
    });
  });

  test.each([
    ['no JSON', 'hola', 'It is not JSON. Give the record'],
    ['another thing', '{"format":"x"}', 'format: must be "comadre-draw/1"; purpose: must be'],
    ['a number of nobody', JSON.stringify({ ...shown(), lots: [1, -2, 3] }), 'lots.1: must be a number of'],
    ['a commitment that is none', JSON.stringify({ ...shown(), commit: 'abc' }), 'commit: must be 64 digits'],
    ['a field we do not know', JSON.stringify({ ...shown(), names: ['Ana'] }), 'names'],
    ['more than a draw', `"${'x'.repeat(300_000)}"`, 'It is longer than 200000 characters'],
  ])('ends with 2 and one line for %s', async (_, input, said) => {
    const { code, out, err } = await verify([], input);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toMatch(/^[^\n]+\n$/);
  });

  test('ends with 2 for a file that is not there and a language we do not speak', async () => {
    expect(await verify(['nowhere.json'])).toEqual({
      code: 2,
      out: '',
      err: 'nowhere.json cannot be read: give a file, or - for standard input.\n',
    });
    expect((await verify(['-', '--language', 'fr'])).code).toBe(2);
  });
});

const python = (given: readonly string[]) => spawnSync('python3', [SCRIPT, ...given], { encoding: 'utf8' });
const isThere = spawnSync('python3', ['--version']).status === 0;

test('docs/verify_draw.py is short enough to be read by whoever doubts, and imports only what Python brings', () => {
  const lines = fs.readFileSync(SCRIPT, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(SCRIPT_LINES_MAX);
  const imports = lines.filter((line) => /^\s*(import|from)\b/.test(line));
  expect(imports).toEqual(['import hashlib, json, re, sys']);
});

describe.skipIf(!isThere)(`docs/verify_draw.py${isThere ? '' : ' (needs python3)'}`, () => {
  test(`draws ${RECORDS} random records as we do, and calls correct what we do`, () => {
    const seed = Date.now() % 2 ** 31;
    const made = fc.sample(randomRecord, { numRuns: RECORDS, seed });
    const records = made.map((record, at) => changed(record, at % 4));
    const { status, stdout, stderr } = python(records.map((record, at) => written(`${at}.json`, record)));
    expect(stderr).toBe('');
    const ours = records.map((record) => {
      const { order, faults } = checkRecord(sha256, record);
      return `${order?.join(' ') ?? 'void'} ${faults.length === 0 ? 'correct' : 'NOT correct'}`;
    });
    expect(stdout.trimEnd().split('\n'), `seed ${seed}`).toEqual(ours);
    expect(status).toBe(1);
    expect(ours.filter((line) => line.endsWith(' correct') && !line.includes('NOT')).length).toBe(
      RECORDS / 4,
    );
  });

  test('gives the order of X16, whose secret is too short to be called correct', () => {
    const { stdout, status } = python([written('x16.json', x16())]);
    expect([stdout, status]).toEqual(['6 8 2 9 5 10 4 3 7 1 NOT correct\n', 1]);
  });

  test('reads what is piped in when no file is named: silence would pass for correct', () => {
    const piped = (record: DrawRecord) =>
      spawnSync('python3', [SCRIPT], { encoding: 'utf8', input: JSON.stringify(record) });
    expect(piped(shown())).toMatchObject({ stdout: '1 3 2 correct\n', status: 0 });
    expect(piped({ ...shown(), order: [3, 1, 2] })).toMatchObject({
      stdout: '1 3 2 NOT correct\n',
      status: 1,
    });
  });

  test('ends with 0 when all is correct', () => {
    expect(python([written('one.json', shown())])).toMatchObject({ stdout: '1 3 2 correct\n', status: 0 });
  });
});

/** Of four records one stays as it is; the others are published wrongly, each in its way. */
const changed = (record: DrawRecord, way: number): DrawRecord => {
  if (way === 1) return { ...record, commit: sha256(record.commit) };
  if (way === 2) return { ...record, order: [...(record.order ?? []), 1] };
  return way === 3 ? { ...record, secret: null, order: null } : record;
};
