import { begins } from './bytes.ts';

// ISO/IEC 11172-3 and 13818-3, layer 3: kilobits a second by index, samples a second by index.
const KBITS = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44_100, 48_000, 32_000];
/** id3.org, ID3v2.4: ten bytes, the size in four times seven bits; and ID3v1: "TAG" in the last 128 bytes. */
const TAG_BYTES = 10;
const OLD_TAG_BYTES = 128;

/** How long an MP3 is; undefined when it is not frames of layer 3 to the end. */
export const mp3Seconds = (bytes: Uint8Array): number | undefined => {
  const end = begins(bytes, 'TAG', bytes.length - OLD_TAG_BYTES)
    ? bytes.length - OLD_TAG_BYTES
    : bytes.length;
  let at = tagBytes(bytes);
  let seconds = 0;
  while (at < end) {
    const frame = frameAt(bytes, at);
    if (!frame || at + frame.length > end) return undefined;
    seconds += frame.seconds;
    at += frame.length;
  }
  return seconds > 0 ? seconds : undefined;
};

const tagBytes = (bytes: Uint8Array): number => {
  if (!begins(bytes, 'ID3')) return 0;
  const size = bytes.subarray(6, TAG_BYTES).reduce((sum, part) => (sum << 7) | (part & 0x7f), 0);
  return TAG_BYTES + size;
};

const frameAt = (
  bytes: Uint8Array,
  at: number,
): { readonly length: number; readonly seconds: number } | undefined => {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  // Version bits: 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5, each at half the samples of the one before.
  const version = (second >> 3) & 3;
  if (first !== 0xff || (second & 0xe6) !== 0xe2 || version === 1) return undefined;
  const kbits = (version === 3 ? KBITS.one : KBITS.two)[third >> 4];
  const base = RATES[(third >> 2) & 3];
  if (!kbits || base === undefined) return undefined;
  const rate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  const samples = version === 3 ? 1_152 : 576;
  const length = Math.floor((samples / 8) * ((kbits * 1_000) / rate)) + ((third >> 1) & 1);
  return { length, seconds: samples / rate };
};
