import { boxesIn, kindOf } from './mp4.ts';
import { emptySamples } from './mp4-samples.ts';

/** Where cameras note the place and the telephone: "udta" and "meta" of the film and of its tracks, and boxes of their own. */
const NOTES: ReadonlySet<string> = new Set(['udta', 'meta', 'uuid']);
/** What says when it was filmed, and when it was changed: of the film, of a track, of what is in the track. */
const HEADERS: ReadonlySet<string> = new Set(['mvhd', 'tkhd', 'mdhd']);
const HEADER_BYTES = 8;

/**
 * An MP4 with its notes emptied: their boxes stay, as free room, so that everything else is where it was. The hours are none,
 * and so are tracks that are neither sound nor pictures: cameras note there where they went.
 */
export const withoutNotes = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const all = boxesIn(copy, 0, copy.length) ?? [];
  const movies = all.filter(({ name }) => name === 'moov');
  const parts = movies.flatMap(({ from, to }) => boxesIn(copy, from, to) ?? []);
  const ofTracks = parts
    .filter(({ name }) => name === 'trak')
    .flatMap(({ from, to }) => boxesIn(copy, from, to) ?? []);
  const ofMedia = ofTracks
    .filter(({ name }) => name === 'mdia')
    .flatMap(({ from, to }) => boxesIn(copy, from, to) ?? []);
  for (const { name, from, to } of [...all, ...parts, ...ofTracks, ...ofMedia]) {
    // A version in one byte and flags in three; then two moments, of eight bytes each in version 1.
    if (HEADERS.has(name)) copy.fill(0, from + 4, Math.min(to, from + (copy[from] === 1 ? 20 : 12)));
    if (!NOTES.has(name)) continue;
    copy.set(FREE, nameOf(copy, from, name));
    copy.fill(0, from, to);
  }
  for (const track of parts.filter(({ name }) => name === 'trak')) {
    if (kindOf(copy, track) !== undefined) continue;
    emptySamples(copy, track);
    copy.set(FREE, nameOf(copy, track.from, 'trak'));
    copy.fill(0, track.from, track.to);
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
