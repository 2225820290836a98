import { begins, viewOf } from './bytes.ts';
import type { Picture } from './jpeg.ts';

// PNG (third edition), 5.3: the length of a chunk, its name, what is in it, and a check sum.
const SIGNATURE_BYTES = 8;
const AROUND_BYTES = 12;
/** More chunks than any program writes. */
const CHUNKS_MAX = 100_000;

/** What the picture itself is made of: its lines, palette and colours. All else is told about it, or another one. */
const OF_THE_PICTURE: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'bKGD',
  'pHYs',
]);

/**
 * A PNG as it may be kept: without its words, dates, Exif and whatever stood behind its end. Undefined when it is no PNG to
 * its end.
 */
export const readPng = (bytes: Uint8Array): Picture | undefined => {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  let at = SIGNATURE_BYTES;
  let hasLines = false;
  if (!begins(bytes, '\0\0\0\rIHDR', at) || bytes.length < at + AROUND_BYTES + 13) return undefined;
  const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
  if (width === 0 || height === 0) return undefined;
  for (let count = 0; count < CHUNKS_MAX; count += 1) {
    if (at + AROUND_BYTES > bytes.length) return undefined;
    const end = at + AROUND_BYTES + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (OF_THE_PICTURE.has(name)) kept.push(bytes.subarray(at, end));
    hasLines ||= name === 'IDAT';
    if (name === 'IEND') return hasLines ? { width, height, bytes: Buffer.concat(kept) } : undefined;
    at = end;
  }
  return undefined;
};
