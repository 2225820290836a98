import { begins, viewOf } from './bytes.ts';

// RFC 3533 (Ogg) and RFC 7845 (Opus in Ogg).
const PAGE_HEADER_BYTES = 27;
const SAMPLES_A_SECOND = 48_000;
const NO_PACKET_ENDS = 0xffff_ffff_ffff_ffffn;

/**
 * How long a voice note in Ogg/Opus is; undefined when it is no whole one: another codec, something between the pages, a page
 * that was cut off or changed on the way (each page has a checksum).
 */
export const opusSeconds = (bytes: Uint8Array): number | undefined => {
  const view = viewOf(bytes);
  let at = 0;
  let skipped: number | undefined;
  let samples = 0n;
  while (at < bytes.length) {
    const page = pageAt(bytes, view, at);
    if (!page) return undefined;
    if (skipped === undefined) {
      if (!begins(bytes, 'OpusHead', page.body) || page.end - page.body < 19) return undefined;
      skipped = view.getUint16(page.body + 10, true);
    } else if (page.granule !== NO_PACKET_ENDS) samples = page.granule;
    at = page.end;
  }
  return skipped === undefined || samples > BigInt(Number.MAX_SAFE_INTEGER)
    ? undefined
    : Math.max(0, Number(samples) - skipped) / SAMPLES_A_SECOND;
};

type OggPage = { readonly body: number; readonly end: number; readonly granule: bigint };

const pageAt = (bytes: Uint8Array, view: DataView, at: number): OggPage | undefined => {
  if (!begins(bytes, 'OggS\0', at) || at + PAGE_HEADER_BYTES > bytes.length) return undefined;
  const segments = view.getUint8(at + 26);
  const body = at + PAGE_HEADER_BYTES + segments;
  const length = bytes.subarray(at + PAGE_HEADER_BYTES, body).reduce((sum, segment) => sum + segment, 0);
  const end = body + length;
  if (end > bytes.length) return undefined;
  if (view.getUint32(at + 22, true) !== checksum(bytes, at, end)) return undefined;
  return { body, end, granule: view.getBigUint64(at + 6, true) };
};

/** CRC-32 with the polynomial 04C11DB7, nothing reflected; the four bytes of the checksum itself count as zero. */
const checksum = (bytes: Uint8Array, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    const byte = at >= from + 22 && at < from + 26 ? 0 : (bytes[at] ?? 0);
    sum = ((sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return sum;
};

const CRC: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let sum = index << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  return sum >>> 0;
});
