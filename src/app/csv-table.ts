import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type FileFault, faultAt } from './import-file.ts';

const RECORD_CHARS_MAX = 10_000;

/** @param line in the file, from 1 */
export type TableRow = { readonly line: number; readonly record: readonly string[] };
export type Table =
  | { readonly ok: true; readonly rows: readonly TableRow[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

const tableRows = z
  .array(z.array(z.string()))
  .transform((rows) => rows.map(([line, ...record]): TableRow => ({ line: Number(line), record })));

/** The rows of a CSV text, the first line included: commas, semicolons or tabs. At most one more than `rowsMax` is read. */
export function parseTable(text: string, rowsMax: number): Table {
  try {
    const rows: unknown = parse(text, {
      delimiter: [',', ';', '\t'],
      // The line goes with its record as one more cell in front.
      on_record: (record, { lines }) => [String(lines), ...record],
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      max_record_size: RECORD_CHARS_MAX,
      // The header and one more than is allowed: the rest is never parsed.
      to: rowsMax + 2,
    });
    return { ok: true, rows: tableRows.parse(rows) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, faults: [tableFault(error)] };
  }
}

/** csv-parse's own message would repeat the line. */
function tableFault(error: CsvError): FileFault {
  const lines: unknown = 'lines' in error ? error['lines'] : undefined;
  const place = typeof lines === 'number' ? `line ${lines}` : 'the file';
  if (error.code.includes('INCONSISTENT')) {
    const remedy = 'put a cell that holds a comma in quotes, and amounts without one: 1150.00';
    return faultAt(place, 'has more or fewer cells than the first line', remedy);
  }
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? faultAt(place, `is longer than ${RECORD_CHARS_MAX} characters`, 'look for a quote that is not closed')
    : faultAt(place, 'cannot be read', 'look for a quote that is not closed, or save the table again');
}
