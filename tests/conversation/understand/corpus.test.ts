import { describe, expect, test } from 'vitest';
import { INTENTS, LEADER_INTENTS } from '../../../src/conversation/understand/meaning.ts';
import { judgedCorpus, linesOf, notYet, partOf, wrongApart } from './corpus.ts';
import type { Row, Table } from './judge.ts';
import { figuresOf, recordsWrongly, reportLines } from './report.ts';

const judged = judgedCorpus();
const TABLES = Object.keys(judged.tuned) as Table[];
const known = new Map(notYet().map(({ text, got }) => [text, got]));
const wrongOf = (rows: readonly Row[]): Row[] => rows.filter(({ expected, actual }) => expected !== actual);

describe('the lines the lexicons were written for', () => {
  test.each(TABLES)('%s: each is read as it should be, but for those listed in not-yet.json', (table) => {
    expect(wrongOf(judged.tuned[table]).filter(({ text }) => !known.has(text))).toEqual([]);
  });

  test('a line listed in not-yet.json is still read as it says there: take out what has become right', () => {
    const wrong = new Map(
      TABLES.flatMap((table) => wrongOf(judged.tuned[table]).map(({ text, actual }) => [text, actual])),
    );
    expect([...known].filter(([text, got]) => wrong.get(text) !== got)).toEqual([]);
  });
});

describe('the lines that were held apart', () => {
  test.each(TABLES)('%s: no more go wrong than did', (table) => {
    expect(wrongOf(judged.apart[table]).length).toBeLessThanOrEqual(wrongApart()[table]);
  });
});

describe('whatever the line', () => {
  const all = (table: Table) => linesOf(judged, table);

  test('no cry for help is missed', () => {
    expect(wrongOf(all('urgent')).filter(({ text }) => !known.has(text))).toEqual([]);
  });

  test('no list books an amount or a person that it does not say', () => {
    expect([...all('listsEs'), ...all('listsEn')].filter(recordsWrongly)).toEqual([]);
  });

  test('there are as many as the contract demands', () => {
    const least = (table: Table, count: number) =>
      expect([table, all(table).length >= count]).toEqual([table, true]);
    least('listsEs', 120);
    least('listsEn', 30);
    least('outOfScope', 150);
    const spoken = INTENTS.filter((intent) => intent !== 'unknown' && intent !== 'urgent');
    const few = (table: Table, count: number) =>
      spoken.filter((intent) => all(table).filter(({ expected }) => expected === intent).length < count);
    expect([few('intentsEs', 25), few('intentsEn', 10)]).toEqual([[], []]);
    expect(spoken.filter((intent) => LEADER_INTENTS.has(intent))).toHaveLength(LEADER_INTENTS.size);
  });

  test('is in the same part today as tomorrow, two of three of them to be tuned on', () => {
    expect(['mi ahorro', 'cuanto devo', 'ya di mi parte', 'dame mi saldo'].map(partOf)).toEqual([
      'tuned',
      'tuned',
      'tuned',
      'apart',
    ]);
    const parts = all('intentsEs').map(({ text }) => partOf(text));
    const apart = parts.filter((part) => part === 'apart').length / parts.length;
    expect(apart).toBeGreaterThan(0.28);
    expect(apart).toBeLessThan(0.39);
  });
});

describe('the report', () => {
  const row = (text: string, expected: string, actual: string): Row => ({ text, expected, actual });
  const empty = { intentsEs: [], intentsEn: [], outOfScope: [], urgent: [], notUrgent: [] };
  const none = { ...empty, amounts: [], names: [], listsEs: [], listsEn: [] };

  test('counts, names what is taken for what, and shows a wrong line only when asked', () => {
    const tuned = {
      ...none,
      intentsEs: [row('mi ahorro', 'history', 'help'), row('hola', 'greeting', 'greeting')],
    };
    const short = reportLines({ tuned, apart: none }, { wrong: false }).join('\n');
    expect(short).toMatch(/intents es +2 +1 +50\.0 %/);
    expect(short).toMatch(/1 +history +→ help/);
    expect(short).not.toContain('mi ahorro');
    expect(reportLines({ tuned, apart: none }, { wrong: true }).join('\n')).toContain('"mi ahorro"');
  });

  test.each([
    ['R 1:pay=50.00', 'R 1:pay=50.00', false],
    ['R 1:pay=50.00', 'R ! ?', false],
    ['R 1:pay=50.00 2:pay=10.00', 'R 1:pay=50.00', false],
    ['R 1:pay=50.00', 'R 1:pay=500.00', true],
    ['R 1:pay=50.00', 'R 2:pay=50.00', true],
    ['R 1:savings=50.00', 'R 1:loan=50.00', true],
    ['unknown', 'R 1:pay=50.00', true],
  ])('a list that says "%s" and is read "%s": books something wrong: %s', (expected, actual, wrong) => {
    expect(recordsWrongly(row('', expected, actual))).toBe(wrong);
    const figures = figuresOf({ ...none, listsEs: [row('', expected, actual)] });
    const kept = figures.find(({ what }) => what === 'lists with nothing wrong in them');
    expect([kept?.lines, kept?.right]).toEqual([1, wrong ? 0 : 1]);
  });
});
