import { begins } from './bytes.ts';

// RFC 4867: the files' first line, and by frame type the bytes of a frame with its own first byte.
const NARROW = { line: '#!AMR\n', frames: [13, 14, 16, 18, 20, 21, 27, 32, 6] };
const WIDE = { line: '#!AMR-WB\n', frames: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6] };
/** Lost or not sent: only the first byte is there. */
const EMPTY_FRAMES: ReadonlySet<number> = new Set([14, 15]);
const FRAMES_A_SECOND = 50;

/** How long a voice note in AMR is; undefined when a frame of it is unknown or cut off. */
export const amrSeconds = (bytes: Uint8Array): number | undefined => {
  const form = [NARROW, WIDE].find(({ line }) => begins(bytes, line));
  if (!form) return undefined;
  let at = form.line.length;
  let frames = 0;
  while (at < bytes.length) {
    const type = ((bytes[at] ?? 0) >> 3) & 0xf;
    const length = EMPTY_FRAMES.has(type) ? 1 : form.frames[type];
    if (length === undefined) return undefined;
    at += length;
    frames += 1;
  }
  return at === bytes.length ? frames / FRAMES_A_SECOND : undefined;
};
