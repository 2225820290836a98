// How column values arrive from pg: as text wherever JavaScript's own type would lose something.

import { type CustomTypesConfig, TypeOverrides } from 'pg';

// Object ids of the types, from PostgreSQL's pg_type.dat.
const DATE = 1082;
const TIMESTAMP = 1114;
const TIMESTAMPTZ = 1184;
const NUMERIC_ARRAY = 1231;
const DATE_ARRAY = 1182;
const TIMESTAMP_ARRAY = 1115;
const TIMESTAMPTZ_ARRAY = 1185;

/**
 * The parsers of our pools; pg's global ones stay as they are.
 *
 * int8 and numeric: text, as pg does by default. date: `2026-03-01`. timestamptz: `2026-03-01T18:05:00.123Z`, with the
 * microseconds the column holds. jsonb: parsed. Arrays of numeric, dates and timestamps: PostgreSQL's own text, such
 * as `{1.10,2.20}`, where pg would make floats and local dates; ask for them as `::text[]`.
 */
export function columnTypes(): CustomTypesConfig {
  const types = new TypeOverrides();
  types.setTypeParser(TIMESTAMPTZ, isoInstant);
  const asText = [DATE, TIMESTAMP, NUMERIC_ARRAY, DATE_ARRAY, TIMESTAMP_ARRAY, TIMESTAMPTZ_ARRAY];
  for (const type of asText) types.setTypeParser(type, (value) => value);
  return types;
}

/** PostgreSQL writes `2026-03-01 18:05:00.123+00` in a session whose time zone is UTC, as ours all are. */
function isoInstant(value: string): string {
  return value.replace(' ', 'T').replace(/\+00$/, 'Z');
}
