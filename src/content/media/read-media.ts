import type { MediaKind } from '../../conversation/message.ts';
import { aacSeconds } from './aac.ts';
import { amrSeconds } from './amr.ts';
import { begins } from './bytes.ts';
import { type Picture, readJpeg } from './jpeg.ts';
import { mp3Seconds } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { opusSeconds } from './opus.ts';
import { readPng } from './png.ts';

/** What a file is, by its bytes. `broken`: it begins as such a file and is none to its end. */
export type MediaReading =
  | { readonly ok: true; readonly kind: 'voice'; readonly mime: string; readonly seconds: number }
  | { readonly ok: true; readonly kind: 'image' | 'video' | 'document'; readonly mime: string }
  | { readonly ok: false; readonly reason: 'unknown' | 'broken' | 'too-large' };

/** The most that every platform takes of a video (WhatsApp's own limit). */
const VIDEO_BYTES_MAX = 16 * 1024 * 1024;
/** More than the largest camera of a telephone takes: a picture of a few bytes may ask for gigabytes of memory. */
const PIXELS_MAX = 120_000_000;
/** How much of a file its end may stand in: what follows "%%EOF" is a line end or some padding. */
const PDF_END_BYTES = 1_024;

/** Sounds, by how they begin. Each is read to its end: seconds, or undefined when it is cut off or something else. */
const SOUNDS: readonly {
  readonly mime: string;
  readonly is: (bytes: Uint8Array) => boolean;
  readonly seconds: (bytes: Uint8Array) => number | undefined;
}[] = [
  { mime: 'audio/ogg', is: (bytes) => begins(bytes, 'OggS'), seconds: opusSeconds },
  { mime: 'audio/amr', is: (bytes) => begins(bytes, '#!AMR'), seconds: amrSeconds },
  { mime: 'audio/aac', is: isAac, seconds: aacSeconds },
  { mime: 'audio/mpeg', is: isMp3, seconds: mp3Seconds },
];

/**
 * Which of the kinds of file that we take these bytes are: voice in Ogg/Opus, MP3, M4A, AAC or AMR; video in MP4; JPEG, PNG;
 * PDF. Its name and what it was said to be count for nothing: a program that is called .ogg is `unknown`.
 */
export const readMedia = (bytes: Uint8Array): MediaReading => {
  const sound = SOUNDS.find(({ is }) => is(bytes));
  if (sound) {
    const seconds = sound.seconds(bytes);
    return seconds === undefined
      ? { ok: false, reason: 'broken' }
      : { ok: true, kind: 'voice', mime: sound.mime, seconds };
  }
  if (begins(bytes, 'ftyp', 4)) return ofMp4(bytes);
  if (begins(bytes, '\u00ff\u00d8\u00ff')) return ofPicture(readJpeg(bytes), 'image/jpeg');
  if (begins(bytes, '\u0089PNG\r\n\u001a\n')) return ofPicture(readPng(bytes), 'image/png');
  if (begins(bytes, '%PDF-'))
    return whole(ends(bytes, '%%EOF', PDF_END_BYTES), { kind: 'document', mime: 'application/pdf' });
  return { ok: false, reason: 'unknown' };
};

/** The kind of a file that was read, and how its name ends. */
export const kindOf = (mime: string): { readonly kind: MediaKind; readonly ending: string } => {
  const ending = ENDINGS[mime] ?? 'bin';
  if (mime.startsWith('audio/')) return { kind: 'voice', ending };
  if (mime.startsWith('video/')) return { kind: 'video', ending };
  return { kind: mime.startsWith('image/') ? 'image' : 'document', ending };
};

const ENDINGS: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/mpeg': 'mp3',
  'video/mp4': 'mp4',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
};

/** Sound alone, or pictures that move: both are the same boxes. */
const ofMp4 = (bytes: Uint8Array): MediaReading => {
  const read = readMp4(bytes);
  if (!read) return { ok: false, reason: 'broken' };
  if (!read.moving) return { ok: true, kind: 'voice', mime: 'audio/mp4', seconds: read.seconds };
  return bytes.length > VIDEO_BYTES_MAX
    ? { ok: false, reason: 'too-large' }
    : { ok: true, kind: 'video', mime: 'video/mp4' };
};

const ofPicture = (picture: Picture | undefined, mime: string): MediaReading => {
  if (!picture) return { ok: false, reason: 'broken' };
  return picture.width * picture.height > PIXELS_MAX
    ? { ok: false, reason: 'too-large' }
    : { ok: true, kind: 'image', mime };
};

const whole = (
  isWhole: boolean,
  what: { readonly kind: 'image' | 'document'; readonly mime: string },
): MediaReading => (isWhole ? { ok: true, ...what } : { ok: false, reason: 'broken' });

/** Whether the file says `text` in its last bytes. */
const ends = (bytes: Uint8Array, text: string, within: number): boolean => {
  for (let at = bytes.length - text.length; at >= Math.max(0, bytes.length - within); at -= 1) {
    if (begins(bytes, text, at)) return true;
  }
  return false;
};

/** The sync word of ADTS, with layer 0 (ISO/IEC 13818-7): an MP3 has another layer there. */
function isAac([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xf6) === 0xf0;
}

/** An ID3 tag, or the sync word of an MPEG frame of layer 3 (ISO/IEC 11172-3). */
function isMp3(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return begins(bytes, 'ID3') || (first === 0xff && (second & 0xe6) === 0xe2);
}
