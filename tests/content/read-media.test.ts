import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kindOf, readMedia } from '../../src/content/media/read-media.ts';
import { jpegOf, pngOf } from '../support/pictures.ts';
import { PROGRAM, voiceNote } from '../support/voice-note.ts';

const bytes = (...parts: readonly (string | readonly number[] | Buffer)[]): Buffer =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part as Buffer),
    ),
  );

/** MPEG 1, layer 3, 128 kbit/s, 44,100 a second: 417 bytes and 1,152 samples a frame. */
const mp3 = (frames: number): Buffer =>
  bytes(...Array.from({ length: frames }, () => bytes([0xff, 0xfb, 0x90, 0x00], Buffer.alloc(413))));

/** AAC in ADTS, 44,100 a second: 200 bytes and 1,024 samples a frame. */
const aac = (frames: number): Buffer =>
  bytes(
    ...Array.from({ length: frames }, () =>
      bytes(
        [0xff, 0xf1, 0x50, 0x80 | (200 >> 11), (200 >> 3) & 0xff, ((200 & 7) << 5) | 0x1f, 0xfc],
        Buffer.alloc(193),
      ),
    ),
  );

/** AMR at 12.2 kbit/s: 32 bytes and 20 milliseconds a frame. */
const amr = (frames: number): Buffer =>
  bytes('#!AMR\n', ...Array.from({ length: frames }, () => bytes([0x3c], Buffer.alloc(31))));

const atom = (name: string, ...inside: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(inside);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length + 8);
  return bytes(size, name, content);
};
type Film = { readonly seconds: number; readonly tracks?: readonly string[]; readonly bytes?: number };
const mp4 = ({ seconds, tracks = ['vide', 'soun'], bytes: size = 2_000 }: Film): Buffer => {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1_000, 12);
  header.writeUInt32BE(seconds * 1_000, 16);
  return bytes(
    atom('ftyp', Buffer.from('mp42\0\0\0\0', 'latin1')),
    atom('moov', atom('mvhd', header), ...tracks.map(track)),
    atom('mdat', Buffer.alloc(size, 5)),
  );
};
const track = (kind: string): Buffer =>
  atom('trak', atom('mdia', atom('hdlr', bytes(Buffer.alloc(8), kind, Buffer.alloc(13)))));

const SOUNDS = {
  'audio/ogg': voiceNote(12),
  'audio/mpeg': bytes('ID3', [4, 0, 0, 0, 0, 0, 10], Buffer.alloc(10), mp3(100), 'TAG', Buffer.alloc(125)),
  'audio/mp4': mp4({ seconds: 12, tracks: ['soun'] }),
  'audio/aac': aac(100),
  'audio/amr': amr(600),
} as const;

const PNG = pngOf({ width: 4, height: 3 });
const JPEG = jpegOf({ width: 4, height: 3 });
const PDF = bytes('%PDF-1.7\n', Buffer.alloc(2_000, 32), '%%EOF\n');

describe('a file is what its bytes are', () => {
  test.each([
    ['audio/ogg', 12],
    ['audio/mpeg', 2.61],
    ['audio/mp4', 12],
    ['audio/aac', 2.32],
    ['audio/amr', 12],
  ] as const)('%s lasts %d seconds', (mime, seconds) => {
    const read = readMedia(SOUNDS[mime]);
    expect(read).toMatchObject({ ok: true, kind: 'voice', mime });
    expect(read.ok && read.kind === 'voice' && Math.round(read.seconds * 100) / 100).toBe(seconds);
  });

  test.each([
    ['image/png', 'image', PNG],
    ['image/jpeg', 'image', JPEG],
    ['application/pdf', 'document', PDF],
    ['video/mp4', 'video', mp4({ seconds: 12 })],
    ['video/mp4', 'video', mp4({ seconds: 12, tracks: ['meta', 'vide'] })],
  ] as const)('%s', (mime, kind, file) => {
    expect(readMedia(file)).toEqual({ ok: true, kind, mime });
    expect(kindOf(mime).kind).toBe(kind);
  });
});

describe('what it is not is refused', () => {
  test.each([
    ['a program', PROGRAM],
    ['a program of Windows', bytes('MZ', Buffer.alloc(500))],
    ['words', bytes('hola, esto no es una nota')],
    ['a page', bytes('<html><script>alert(1)</script></html>')],
    ['nothing', Buffer.alloc(0)],
    ['one byte', bytes([0xff])],
  ])('%s', (_, file) => {
    expect(readMedia(file)).toEqual({ ok: false, reason: 'unknown' });
  });

  test.each([
    ['a program behind the first letters of a voice note', bytes('OggS', PROGRAM)],
    ['a program behind a whole voice note', bytes(voiceNote(5), PROGRAM)],
    ['a voice note that was changed on the way', changed(voiceNote(12), 900)],
    ['Ogg with another codec in it', swapped(voiceNote(5), 'OpusHead', 'vorbis!!')],
    ['an MP3 with a program behind it', bytes(mp3(10), PROGRAM)],
    ['a video without a track', mp4({ seconds: 12, tracks: [] })],
    ['a video with more tracks than any has', mp4({ seconds: 12, tracks: Array(17).fill('vide') })],
    [
      'a video of a hundred thousand empty boxes',
      bytes(mp4({ seconds: 12 }), ...Array.from({ length: 100_000 }, () => atom('free'))),
    ],
    ['a video with a program behind it', bytes(mp4({ seconds: 12 }), PROGRAM)],
    ['a video without its last bytes', mp4({ seconds: 12 }).subarray(0, -7)],
    ['a video whose header is cut off', bytes(mp4({ seconds: 12 }).subarray(0, 40), atom('mdat'))],
    ['an M4A without sound', atom('ftyp', Buffer.from('M4A \0\0\0\0', 'latin1'))],
    ['AMR with a frame nobody knows', bytes('#!AMR\n', [0x50], Buffer.alloc(40))],
    ['a picture without its end', PNG.subarray(0, 40)],
    ['a document without its end', PDF.subarray(0, 900)],
  ])('%s', (_, file) => {
    expect(readMedia(file)).toEqual({ ok: false, reason: 'broken' });
  });

  test('a video of more than sixteen megabytes is too large', () => {
    expect(readMedia(mp4({ seconds: 600, bytes: 16 * 1_024 * 1_024 }))).toEqual({
      ok: false,
      reason: 'too-large',
    });
  });

  test.each(Object.entries(SOUNDS))('%s without its last bytes', (_, file) => {
    expect(readMedia(file.subarray(0, -7))).toEqual({ ok: false, reason: 'broken' });
  });

  test('a sound that is cut off anywhere is never longer than it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(SOUNDS)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (file, at) => {
          const cut = file.subarray(0, Math.floor(at * (file.length - 1)));
          const read = readMedia(cut);
          // A cut between two frames or pages leaves a shorter one that is whole.
          if (read.ok && read.kind === 'voice') {
            const whole = readMedia(file);
            expect(whole.ok && whole.kind === 'voice' && read.seconds <= whole.seconds).toBe(true);
          }
        },
      ),
    );
  });

  test('whatever the bytes, it is read without an error', () => {
    const begin = fc.constantFrom(
      '',
      'OggS\0',
      '#!AMR\n',
      '\0\0\0\u0018ftyp',
      '\u00ff\u00f1',
      '\u00ff\u00fb',
      'ID3',
    );
    fc.assert(
      fc.property(begin, fc.uint8Array({ maxLength: 400 }), (first, rest) => {
        expect(() => readMedia(bytes(first, Buffer.from(rest)))).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});

function changed(file: Buffer, at: number): Buffer {
  const other = Buffer.from(file);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

function swapped(file: Buffer, from: string, to: string): Buffer {
  const other = Buffer.from(file);
  other.write(to, other.indexOf(from), 'latin1');
  return other;
}
