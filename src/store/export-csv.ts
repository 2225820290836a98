// Each member's balances as a table for a spreadsheet.

import { parseDecimal, toDecimal } from '../domain/money.ts';
import type { GroupDocument, LoanDocument, MemberDocument, ProgrammeDocument } from './import-schema.ts';

const COLUMNS = [
  'programme',
  'group',
  'number',
  'name',
  'role',
  'state',
  'savings',
  'loan_outstanding',
  'interest_paid',
];

/** Excel reads UTF-8 only after this mark. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n'; // RFC 4180

/**
 * What makes a spreadsheet take a cell for a formula: a sign of one, its wide and small forms included, also behind blanks
 * that a spreadsheet leaves out; and the signs that begin another cell or line for some of them.
 */
const FORMULA_START = /^(?:[\t\r\n\0]|[\s\p{Cf}]*[=+\-@|%＝＋－−﹣＠﹦﹢﹫])/u;

/**
 * One line per member: what she has saved, what she still owes of what was lent to her, what she has paid in interest.
 * Every cell is quoted; words that could be a formula get a ' in front.
 */
export function balancesCsv(documents: readonly ProgrammeDocument[]): string {
  const rows = documents.flatMap(({ programme, groups }) =>
    groups.flatMap((group) =>
      group.members.map((member) => [inert(programme.name), ...memberRow(group, member)]),
    ),
  );
  return spreadsheet([COLUMNS, ...rows]);
}

/** Rows as a CSV that spreadsheets read as it is meant: every cell quoted. Words of people go through `inert` first. */
export const spreadsheet = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => row.map(quoted).join(',') + LINE_END).join('');

function memberRow(group: GroupDocument, member: MemberDocument): string[] {
  const loans = member.opening?.loans ?? (member.opening?.loan ? [member.opening.loan] : []);
  const outstanding = (loan: LoanDocument): bigint =>
    minor(loan.principal) - minor(loan.repaid) + minor(loan.repaidInterest);
  return [
    inert(group.name),
    String(member.number),
    inert(member.name),
    member.role ?? 'member',
    member.state ?? '',
    toDecimal(savedOf(group, member)),
    toDecimal(totalOf(loans, outstanding)),
    toDecimal(totalOf(loans, (loan) => minor(loan.repaidInterest))),
  ];
}

function savedOf(group: GroupDocument, { opening }: MemberDocument): bigint {
  const { savings } = group.constitution;
  if (opening?.shares === undefined || savings.kind !== 'shares') return minor(opening?.savings);
  return BigInt(opening.shares) * minor(savings.sharePrice);
}

const totalOf = (loans: readonly LoanDocument[], of: (loan: LoanDocument) => bigint): bigint =>
  loans.reduce((all, loan) => all + of(loan), 0n);

const minor = (text: string | undefined): bigint => parseDecimal(text ?? '') ?? 0n;

/** Words that no spreadsheet takes for a formula. */
export const inert = (text: string): string => (FORMULA_START.test(text) ? `'${text}` : text);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
