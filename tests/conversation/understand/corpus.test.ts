import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Corpus, type Row, rowsOf } from './judge.ts';

const read = (name: string): Record<keyof Corpus, Row[]> =>
  rowsOf(JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')) as Corpus);

const tuned = read('corpus');

describe.each(Object.entries(tuned))('%s', (_, rows) => {
  test.each(rows)('$text → $expected', ({ expected, actual }) => {
    expect(actual).toBe(expected);
  });
});

describe('the messages that were held apart while the lexicons were written', () => {
  const apart = Object.entries(read('held-apart'));
  const right = (rows: readonly Row[]) => rows.filter(({ expected, actual }) => expected === actual).length;

  test('nearly all are understood, and each kind of them mostly', () => {
    const rows = apart.flatMap(([, found]) => found);
    expect(right(rows) / rows.length).toBeGreaterThanOrEqual(0.97);
    for (const [, found] of apart) expect(right(found) / found.length).toBeGreaterThanOrEqual(0.9);
  });

  test('no cry for help is missed', () => {
    const danger = apart.filter(([kind]) => kind === 'urgent').flatMap(([, rows]) => rows);
    expect(danger.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
  });
});
