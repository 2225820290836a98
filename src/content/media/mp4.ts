import { begins, viewOf } from './bytes.ts';

// ISO/IEC 14496-12: a box is its size in four bytes, its name in four, and what is in it.
const BOX_HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

/** A part of the file: from its first byte after the header to its end. */
export type Box = { readonly name: string; readonly from: number; readonly to: number };

/** More tracks than a film of a telephone has: sound, pictures, and what it noted of place and movement. */
const TRACKS_MAX = 16;
/** More boxes beside each other than such a file has: thousands of empty ones are somebody's trick. */
const BOXES_MAX = 10_000;

/**
 * What is in an MP4 or M4A, and how long it is; `moving` when one of its tracks is pictures that move. Undefined when it is
 * not boxes to the end, or has neither sound nor pictures.
 */
export const readMp4 = (
  bytes: Uint8Array,
): { readonly moving: boolean; readonly seconds: number } | undefined => {
  const boxes = boxesIn(bytes, 0, bytes.length);
  const movie = boxes?.find(({ name }) => name === 'moov');
  if (!movie || !boxes?.some(({ name }) => name === 'mdat')) return undefined;
  const parts = boxesIn(bytes, movie.from, movie.to);
  const header = parts?.find(({ name }) => name === 'mvhd');
  if (!parts || !header) return undefined;
  const tracks = parts.filter(({ name }) => name === 'trak');
  if (tracks.length > TRACKS_MAX) return undefined;
  const kinds = tracks.map((track) => kindOf(bytes, track));
  const moving = kinds.includes('vide');
  const seconds = moving || kinds.includes('soun') ? lengthOf(bytes, header) : undefined;
  return seconds === undefined ? undefined : { moving, seconds };
};

/** The boxes between two places, one after the other; undefined when they are not whole, or too many. */
export const boxesIn = (bytes: Uint8Array, from: number, to: number): readonly Box[] | undefined => {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let at = from;
  while (at < to) {
    if (at + BOX_HEADER_BYTES > to) return undefined;
    const short = view.getUint32(at);
    // 1: the size follows in eight bytes. 0: the box goes on to the end.
    const isLong = short === 1;
    if (isLong && at + LONG_HEADER_BYTES > to) return undefined;
    const size = isLong ? Number(view.getBigUint64(at + BOX_HEADER_BYTES)) : short === 0 ? to - at : short;
    const header = isLong ? LONG_HEADER_BYTES : BOX_HEADER_BYTES;
    if (size < header || at + size > to || boxes.length >= BOXES_MAX) return undefined;
    const name = String.fromCodePoint(...bytes.subarray(at + 4, at + 8));
    boxes.push({ name, from: at + header, to: at + size });
    at += size;
  }
  return boxes;
};

/** What a track holds: "soun" or "vide"; undefined: something else. */
export const kindOf = (bytes: Uint8Array, track: Box): string | undefined => {
  const media = boxesIn(bytes, track.from, track.to)?.find(({ name }) => name === 'mdia');
  const handler = media && boxesIn(bytes, media.from, media.to)?.find(({ name }) => name === 'hdlr');
  if (!handler) return undefined;
  return ['soun', 'vide'].find((kind) => begins(bytes, kind, handler.from + 8));
};

const lengthOf = (bytes: Uint8Array, { from, to }: Box): number | undefined => {
  const view = viewOf(bytes);
  const isLong = bytes[from] === 1;
  const at = from + (isLong ? 20 : 12);
  if (at + (isLong ? 12 : 8) > to) return undefined;
  const scale = view.getUint32(at);
  const length = isLong ? Number(view.getBigUint64(at + 4)) : view.getUint32(at + 4);
  return scale === 0 ? undefined : length / scale;
};
