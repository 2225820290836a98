// ISO/IEC 13818-7 and 14496-3, ADTS: samples a second by index, and samples a block.
const RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];
const BLOCK_SAMPLES = 1_024;
const HEADER_BYTES = 7;

/** How long AAC in ADTS frames is; undefined when it is not frames to the end. */
export const aacSeconds = (bytes: Uint8Array): number | undefined => {
  let at = 0;
  let seconds = 0;
  while (at < bytes.length) {
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0] =
      bytes.subarray(at);
    if (first !== 0xff || (second & 0xf6) !== 0xf0) return undefined;
    const rate = RATES[(third >> 2) & 0xf];
    const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
    if (rate === undefined || length < HEADER_BYTES || at + length > bytes.length) return undefined;
    seconds += (((seventh & 3) + 1) * BLOCK_SAMPLES) / rate;
    at += length;
  }
  return seconds;
};
