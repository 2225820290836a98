// Members as a table: the CSV file a spreadsheet saves.

import type { z } from 'zod';
import { type MemberForm, memberSchema } from '../store/import-schema.ts';
import { parseTable, type TableRow } from './csv-table.ts';
import { type FileFault, faultAt as fault, readText } from './import-file.ts';

const ROWS_MAX = 5_000;
const COLUMNS_MAX = 40;

const COLUMNS = [
  'group',
  'number',
  'name',
  'role',
  'phone',
  'telegram',
  'consented',
  'savings',
  'shares',
  'loan_principal',
  'loan_disbursed',
] as const;
type Column = (typeof COLUMNS)[number];

const NEEDED: readonly Column[] = ['group', 'number', 'name'];
const MONEY: readonly Column[] = ['savings', 'shares', 'loan_principal', 'loan_disbursed'];
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** One line of the file, as a programme file would write the member. */
export type CsvMember = {
  readonly line: number;
  readonly group: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly hasMoney: boolean;
};

export type CsvReading =
  | { readonly ok: true; readonly members: readonly CsvMember[]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/**
 * Reads the table: commas, semicolons or tabs, the names of the columns in the first line. What the cells hold is
 * checked with the programme they belong to, or by `readNewMembers`.
 */
export function readMembersCsv(file: Uint8Array | string): CsvReading {
  const read = readText(file);
  if (!read.ok) return { ok: false, faults: [read.fault] };
  const table = parseTable(read.text, ROWS_MAX);
  if (!table.ok) return table;
  const [header, ...rows] = table.rows;
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const faults = headerFaults(names, rows.length);
  if (faults.length > 0) return { ok: false, faults };
  const members = rows.map((row) => memberOf(row, names));
  const unreadable = members.flatMap(({ line, fields }) =>
    'number' in fields && fields['number'] === undefined
      ? [
          fault(
            `line ${line}, column number`,
            'is not a whole number',
            'write her number in the group, such as 7',
          ),
        ]
      : [],
  );
  if (unreadable.length > 0) return { ok: false, faults: unreadable };
  const unknown = names.filter((name) => !isColumn(name));
  return { ok: true, members, warnings: unknown.map((name) => `the column "${name}" is not used`) };
}

export type NewMember = { readonly line: number; readonly group: string; readonly member: MemberForm };

export type NewMembersReading =
  | { readonly ok: true; readonly members: readonly NewMember[]; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/**
 * Members for groups that are in the database already. They bring no money: opening balances need a counted box, which
 * only a programme file declares.
 *
 * @param today no consent is later than this day
 */
export function readNewMembers(file: Uint8Array | string, today: string): NewMembersReading {
  const read = readMembersCsv(file);
  if (!read.ok) return read;
  const faults: FileFault[] = [];
  const members: NewMember[] = [];
  for (const { line, group, fields, hasMoney } of read.members) {
    if (hasMoney) faults.push(moneyFault(line));
    const parsed = memberSchema.safeParse(fields);
    if (parsed.success) {
      if ((parsed.data.consented?.toString() ?? '') > today) {
        faults.push(
          fault(`line ${line}, column consented`, 'is in the future', 'write the day she said yes'),
        );
      }
      members.push({ line, group, member: parsed.data });
    } else faults.push(...parsed.error.issues.map((issue) => cellFault(issue, line)));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, members, warnings: read.warnings };
}

const moneyFault = (line: number): FileFault =>
  fault(
    `line ${line}`,
    'brings savings or a loan, but no box was counted',
    'leave the money columns empty, or import the table together with a programme file that has the countedBox',
  );

function cellFault(issue: z.core.$ZodIssue, line: number): FileFault {
  const remedy: unknown = issue.code === 'custom' ? issue.params?.['remedy'] : undefined;
  const column = String(issue.path.at(-1) ?? 'group');
  return typeof remedy === 'string'
    ? fault(`line ${line}, column ${column}`, issue.message, remedy)
    : fault(`line ${line}, column ${column}`, 'is not accepted', `it ${issue.message}`);
}

function headerFaults(names: readonly string[], rows: number): FileFault[] {
  // Of thousands of columns nothing more is looked at.
  if (names.length > COLUMNS_MAX) {
    return [fault('line 1', `has ${names.length} columns`, `at most ${COLUMNS_MAX}: ${COLUMNS.join(', ')}`)];
  }
  const missing = NEEDED.filter((column) => !names.includes(column));
  const twice = names.filter((name, at) => name !== '' && names.indexOf(name) < at);
  const forbidden = names.filter((name) => PROTOTYPE_KEYS.has(name));
  const place = 'line 1';
  return [
    ...(rows > ROWS_MAX ? [fault('the file', `has more than ${ROWS_MAX} rows`, 'split it')] : []),
    ...missing.map((name) => fault(place, `has no column ${name}`, `the columns are ${COLUMNS.join(', ')}`)),
    ...twice.map((name) => fault(place, `has the column ${name} twice`, 'keep one of them')),
    ...forbidden.map((name) => fault(place, `has a column ${name}`, 'leave it out')),
  ];
}

const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

function memberOf({ line, record }: TableRow, names: readonly string[]): CsvMember {
  const cell = (column: Column): string | undefined => {
    const text = record[names.indexOf(column)];
    return text === undefined || text === '' ? undefined : text;
  };
  const loan = { principal: cell('loan_principal'), disbursed: cell('loan_disbursed') };
  return {
    line,
    group: cell('group') ?? '',
    hasMoney: MONEY.some((column) => cell(column) !== undefined),
    fields: {
      number: wholeNumber(cell('number')),
      ...given({ name: cell('name'), role: cell('role')?.toLowerCase(), consented: cell('consented') }),
      addresses: given({ telegram: cell('telegram'), phone: cell('phone') }),
      opening: given({
        savings: cell('savings'),
        shares: cell('shares') === undefined ? undefined : (wholeNumber(cell('shares')) ?? 'not a number'),
        loan: loan.principal === undefined && loan.disbursed === undefined ? undefined : given(loan),
      }),
    },
  };
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;

/** Only the cells that hold something: an empty one is as if the column were missing. */
const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
