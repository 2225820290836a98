import { boxesIn } from './mp4.ts';

/** Where cameras note the place, the telephone and the hour: "udta" and "meta" of the film and of its tracks. */
const NOTES: ReadonlySet<string> = new Set(['udta', 'meta']);
const HEADER_BYTES = 8;

/** An MP4 with its notes emptied: their boxes stay, as free room, so that everything else is where it was. */
export const withoutNotes = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const all = boxesIn(copy, 0, copy.length) ?? [];
  const movies = all.filter(({ name }) => name === 'moov');
  const parts = movies.flatMap(({ from, to }) => boxesIn(copy, from, to) ?? []);
  const ofTracks = parts
    .filter(({ name }) => name === 'trak')
    .flatMap(({ from, to }) => boxesIn(copy, from, to) ?? []);
  for (const { name, from, to } of [...all, ...parts, ...ofTracks]) {
    if (!NOTES.has(name)) continue;
    copy.set(FREE, nameOf(copy, from, name));
    copy.fill(0, from, to);
  }
  return copy;
};

const FREE = Uint8Array.from(Buffer.from('free', 'latin1'));

/** Where a box has its name: before what is in it, and before eight bytes more when its size is a long one. */
const nameOf = (bytes: Uint8Array, from: number, name: string): number => {
  const [short, long] = [from - HEADER_BYTES / 2, from - HEADER_BYTES - HEADER_BYTES / 2];
  const saysName = (at: number): boolean => String.fromCharCode(...bytes.subarray(at, at + 4)) === name;
  return saysName(short) ? short : long;
};
