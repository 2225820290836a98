import { begins, viewOf } from './bytes.ts';

// ITU-T T.81, annex B: a marker is 0xff and a letter; most have a length behind them, in two bytes that count themselves.
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
/** Frames, of whatever coding; 0xc4, 0xc8 and 0xcc among them are tables. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** More segments than any camera writes. */
const SEGMENTS_MAX = 10_000;

/** `bytes`: the picture without what was noted about it, and without whatever stood behind its end. */
export type Picture = { readonly width: number; readonly height: number; readonly bytes: Uint8Array };

/**
 * A JPEG as it may be kept: its tables and its lines, its colours, and which way is up. Where and when it was taken, with which
 * telephone, small copies of it and remarks are cut out; nothing is coded anew. Undefined when it is no JPEG to its end.
 */
export const readJpeg = (bytes: Uint8Array): Picture | undefined => {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let up = 1;
  let at = 2;
  if (bytes[1] !== SOI) return undefined;
  for (let count = 0; count < SEGMENTS_MAX; count += 1) {
    // Any number of 0xff may stand before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at] === 0xff ? (bytes[at + 1] ?? 0) : 0;
    if (marker === EOI && size) return { ...size, bytes: joined(kept, up) };
    if (marker < 0xc0 || marker === SOI || marker === EOI || at + 4 > bytes.length) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4 || end > bytes.length) return undefined;
    if (FRAMES.has(marker)) {
      if (end < at + 9 || size) return undefined;
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      if (size.width === 0 || size.height === 0) return undefined;
    }
    if (marker === APP1) up = orientationIn(bytes.subarray(at + 4, end)) ?? up;
    const scanEnd = marker === SOS ? endOfScan(bytes, end) : end;
    if (isOfThePicture(bytes, marker, at + 4)) kept.push(bytes.subarray(at, scanEnd));
    at = scanEnd;
  }
  return undefined;
};

/** JFIF, how colours were coded (Adobe) and which they are (an ICC profile) belong to it; all other notes do not. */
const isOfThePicture = (bytes: Uint8Array, marker: number, from: number): boolean => {
  if (marker === COM) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker === APP0) return begins(bytes, 'JFIF\0', from);
  if (marker === APP2) return begins(bytes, 'ICC_PROFILE\0', from);
  return marker === APP14 && begins(bytes, 'Adobe', from);
};

/** Lines go on until a marker that is neither a stuffed zero nor a restart. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = from; ; at += 1) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7) && next !== 0xff) return at;
  }
};

/** The tag of Exif (TIFF 6.0) that says which way is up: 1 to 8, 1 is as it stands. */
const ORIENTATION = 0x0112;
const TIFF_FROM = 6;
const ENTRIES_MAX = 1_000;

const orientationIn = (segment: Uint8Array): number | undefined => {
  if (!begins(segment, 'Exif\0\0') || segment.length < TIFF_FROM + 8) return undefined;
  const view = viewOf(segment.subarray(TIFF_FROM));
  const isLittle = begins(segment, 'II', TIFF_FROM);
  const first = view.getUint32(4, isLittle);
  if (first + 2 > view.byteLength) return undefined;
  const entries = Math.min(view.getUint16(first, isLittle), ENTRIES_MAX);
  for (let n = 0; n < entries; n += 1) {
    const at = first + 2 + 12 * n;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue;
    const up = view.getUint16(at + 8, isLittle);
    return up >= 1 && up <= 8 ? up : undefined;
  }
  return undefined;
};

/** Exif with that one tag, most significant byte first. */
const exifOf = (up: number): Uint8Array => {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, up, 0, 0, 0, 0, 0, 0];
  const content = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
  return Uint8Array.from([0xff, APP1, 0, content.length + 2, ...content]);
};

const joined = ([start, ...rest]: readonly Uint8Array[], up: number): Uint8Array =>
  Buffer.concat([
    start ?? new Uint8Array(),
    ...(up === 1 ? [] : [exifOf(up)]),
    ...rest,
    Uint8Array.from([0xff, EOI]),
  ]);
