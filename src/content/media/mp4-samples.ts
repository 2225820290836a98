import { viewOf } from './bytes.ts';
import { type Box, boxesIn } from './mp4.ts';

// ISO/IEC 14496-12, 8.6 to 8.7: a track's data lie in chunks; one table says where each begins, one how many samples are in it,
// one how long each sample is. Each table begins with a version and flags in four bytes.
const TABLE_BYTES = 4;
/** Far more than an hour of notes has. */
const ROWS_MAX = 1_000_000;

/** Empties the data of one track, wherever in the file they are: for a track that is taken out. */
export const emptySamples = (bytes: Uint8Array, track: Box): void => {
  const tables = ['mdia', 'minf', 'stbl'].reduce<readonly Box[]>(
    (boxes, name) =>
      boxes.filter((box) => box.name === name).flatMap(({ from, to }) => boxesIn(bytes, from, to) ?? []),
    boxesIn(bytes, track.from, track.to) ?? [],
  );
  const sizes = sizesIn(bytes, tables);
  const perChunk = perChunkIn(bytes, tables);
  let sample = 0;
  // A table that says that the same place is data again and again keeps nobody busy.
  let left = bytes.length;
  chunksIn(bytes, tables).forEach((start, chunk) => {
    const samples = sizes.slice(sample, sample + perChunk(chunk + 1));
    sample += samples.length;
    const length = Math.min(
      left,
      samples.reduce((all, size) => all + size, 0),
    );
    left -= length;
    bytes.fill(0, start, Math.min(bytes.length, start + length));
  });
};

/** The numbers of a table that begins with how many rows it has; no more than there is room for. */
const rowsOf = (
  bytes: Uint8Array,
  table: Box | undefined,
  row: { readonly skip: number; readonly width: number },
) => {
  if (!table) return [];
  const view = viewOf(bytes);
  const first = table.from + TABLE_BYTES + row.skip + 4;
  if (first > table.to) return [];
  const count = Math.min(view.getUint32(first - 4), Math.floor((table.to - first) / row.width), ROWS_MAX);
  return Array.from({ length: count }, (_, at) => first + at * row.width);
};

const named = (tables: readonly Box[], name: string): Box | undefined =>
  tables.find((table) => table.name === name);

/** Where each chunk begins: in four bytes, or in eight. */
const chunksIn = (bytes: Uint8Array, tables: readonly Box[]): number[] => {
  const view = viewOf(bytes);
  const short = rowsOf(bytes, named(tables, 'stco'), { skip: 0, width: 4 }).map((at) => view.getUint32(at));
  const long = rowsOf(bytes, named(tables, 'co64'), { skip: 0, width: 8 }).map((at) =>
    Number(view.getBigUint64(at)),
  );
  return [...short, ...long];
};

/** How long each sample is; all the same where the table says one length. */
const sizesIn = (bytes: Uint8Array, tables: readonly Box[]): number[] => {
  const table = named(tables, 'stsz');
  if (!table || table.from + TABLE_BYTES + 8 > table.to) return [];
  const view = viewOf(bytes);
  const same = view.getUint32(table.from + TABLE_BYTES);
  const count = view.getUint32(table.from + TABLE_BYTES + 4);
  // Of one length for all there is no row for each: no more than the file has bytes.
  if (same > 0)
    return Array.from({ length: Math.min(count, Math.ceil(bytes.length / same), ROWS_MAX) }, () => same);
  return rowsOf(bytes, table, { skip: 4, width: 4 }).map((at) => view.getUint32(at));
};

/** How many samples are in each chunk, asked for from 1 on: each row holds from its chunk on until the next row's. */
const perChunkIn = (bytes: Uint8Array, tables: readonly Box[]): ((chunk: number) => number) => {
  const view = viewOf(bytes);
  const rows = rowsOf(bytes, named(tables, 'stsc'), { skip: 0, width: 12 }).map((at) => ({
    first: view.getUint32(at),
    samples: view.getUint32(at + 4),
  }));
  let at = 0;
  return (chunk) => {
    while ((rows[at + 1]?.first ?? Number.POSITIVE_INFINITY) <= chunk) at += 1;
    return rows[at]?.samples ?? 0;
  };
};
