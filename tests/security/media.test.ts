// Files as an attacker, or an unsuspecting telephone, sends them: programs with another name, pictures that ask for gigabytes,
// two files in one, and photos that say where they were taken.

import { createHash } from 'node:crypto';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchFile } from '../../src/app/fetch-file.ts';
import { readJpeg } from '../../src/content/media/jpeg.ts';
import { readPng } from '../../src/content/media/png.ts';
import { readMedia } from '../../src/content/media/read-media.ts';
import { shorn } from '../../src/content/media/shorn.ts';
import { chunk, exif, jpegOf, pngOf, segment } from '../support/pictures.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';
import { PROGRAM } from '../support/voice-note.ts';

/** What a camera would note of the place; nothing of it may be left. */
const CANARY = 'GPS 32.5149 N 117.0382 W canary-of-the-place';
const size = { width: 4, height: 3 };

const NOTED_JPEG = jpegOf({
  ...size,
  notes: [
    segment(0xe1, exif(CANARY)),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${CANARY}</x:xmpmeta>`),
    segment(0xe2, `MPF\0${CANARY}`),
    segment(0xed, `Photoshop 3.0\0${CANARY}`),
    segment(0xe0, `JFXX\0${CANARY}`),
    segment(0xe5, CANARY),
    segment(0xfe, CANARY),
  ],
  behind: Buffer.from(`SEFH${CANARY}`),
});
const NOTED_PNG = pngOf({
  ...size,
  notes: [
    chunk('eXIf', exif(CANARY)),
    chunk('tEXt', `Comment\0${CANARY}`),
    chunk('zTXt', CANARY),
    chunk('iTXt', `XML:com.adobe.xmp\0${CANARY}`),
    chunk('tIME', '1234567'),
    chunk('caNv', CANARY),
  ],
  behind: Buffer.from(CANARY),
});

const box = (name: string, ...inside: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(inside);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length + 8);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), content]);
};
/** Seconds since 1904: an afternoon of 2026. */
const FILMED_AT = 3_862_000_000;
const film = (): Buffer => {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1_000, 12);
  header.writeUInt32BE(12_000, 16);
  for (const at of [4, 8]) header.writeUInt32BE(FILMED_AT, at);
  const long = Buffer.alloc(100);
  long[0] = 1;
  for (const at of [4, 12]) long.writeBigUInt64BE(BigInt(FILMED_AT), at);
  const handler = box('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from('vide'), Buffer.alloc(13)]));
  const notes = box('udta', box('\u00a9xyz', Buffer.from(CANARY)));
  return Buffer.concat([
    box('ftyp', Buffer.from('mp42\0\0\0\0', 'latin1')),
    box(
      'moov',
      box('mvhd', header),
      box('trak', box('tkhd', long), box('mdia', box('mdhd', header), handler), notes),
      notes,
      box('uuid', Buffer.from(CANARY)),
      box('meta', Buffer.from(CANARY)),
    ),
    box('mdat', Buffer.alloc(200, 5)),
    box('uuid', Buffer.from(CANARY)),
  ]);
};

describe('where a photo was taken', () => {
  test.each([
    ['image/jpeg', NOTED_JPEG, jpegOf(size).length + 36],
    ['image/png', NOTED_PNG, pngOf(size).length],
  ] as const)('%s: nothing of it is left, and nothing else is changed', (mime, file, length) => {
    expect(file.includes(CANARY)).toBe(true);
    expect(readMedia(file)).toMatchObject({ ok: true, kind: 'image', mime });
    const kept = Buffer.from(shorn(mime, file));
    for (const word of ['canary', 'GPS', 'SEFH', 'xmp', 'Photoshop'])
      expect(kept.includes(word), word).toBe(false);
    expect(kept).toHaveLength(length);
    expect(Buffer.from(shorn(mime, kept))).toEqual(kept);
  });

  test('a film is as long as before, and its pictures are where they were', () => {
    const file = film();
    const kept = Buffer.from(shorn('video/mp4', file));
    expect(file.includes(CANARY)).toBe(true);
    expect(kept.includes('canary')).toBe(false);
    expect(kept).toHaveLength(file.length);
    expect(kept.indexOf('mdat')).toBe(file.indexOf('mdat'));
    expect(readMedia(kept)).toEqual(readMedia(file));
    const hour = Buffer.alloc(4);
    hour.writeUInt32BE(FILMED_AT);
    expect([file.includes(hour), kept.includes(hour)]).toEqual([true, false]);
  });

  test.each(['stco', 'co64'])(
    'where a camera notes its way in a track of its own, that goes, with what is in it: %s',
    (where) => {
      const four = (...numbers: readonly number[]): Buffer => {
        const bytes = Buffer.alloc(4 * numbers.length);
        numbers.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
        return bytes;
      };
      const handler = (kind: string) =>
        box('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from(kind), Buffer.alloc(13)]));
      // Two chunks of the way, of two samples and of one, with pictures between them.
      const way = [CANARY.slice(0, 20), CANARY.slice(20, 30), CANARY.slice(30)];
      const data = Buffer.from(`${way[0]}${way[1]}PICTURES${way[2]}`);
      const header = Buffer.alloc(100);
      header.writeUInt32BE(1_000, 12);
      header.writeUInt32BE(12_000, 16);
      const film = (starts: readonly number[]): Buffer => {
        const offsets = where === 'stco' ? four(...starts) : four(...starts.flatMap((start) => [0, start]));
        const tables = box(
          'stbl',
          box('stsz', four(0, 0, 3, ...way.map((part) => part.length))),
          box('stsc', four(0, 2, 1, 2, 1, 2, 1, 1)),
          box(where, Buffer.concat([four(0, 2), offsets])),
        );
        const tracks = [
          box('trak', box('mdia', handler('vide'))),
          box('trak', box('mdia', handler('meta'), box('minf', tables))),
        ];
        const moov = box('moov', box('mvhd', header), ...tracks);
        return Buffer.concat([box('ftyp', Buffer.from('mp42\0\0\0\0', 'latin1')), moov, box('mdat', data)]);
      };
      const begin = film([0, 0]).indexOf(way[0]!);
      const file = film([begin, begin + 30 + 'PICTURES'.length]);
      const kept = Buffer.from(shorn('video/mp4', file));
      for (const part of way) expect([file.includes(part), kept.includes(part)]).toEqual([true, false]);
      expect(kept.indexOf('PICTURES')).toBe(file.indexOf('PICTURES'));
      expect(kept).toHaveLength(file.length);
      expect(readMedia(kept)).toEqual(readMedia(file));
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('which way is up stays: %d', (up) => {
    for (const order of ['II', 'MM'] as const) {
      const file = jpegOf({ ...size, notes: [segment(0xe1, exif(CANARY, up, order))] });
      const kept = Buffer.from(readJpeg(file)?.bytes ?? []);
      const at = kept.indexOf(Buffer.from([0x01, 0x12, 0, 3]));
      expect(at < 0 ? 1 : kept[at + 9]).toBe(up);
    }
  });

  test('a picture of a real coder still shows the same, with a note in it or without', async () => {
    const canvas = createCanvas(32, 24);
    const drawing = canvas.getContext('2d');
    drawing.fillStyle = '#c03060';
    drawing.fillRect(3, 3, 20, 10);
    for (const mime of ['image/jpeg', 'image/png'] as const) {
      const plain = mime === 'image/jpeg' ? await canvas.encode('jpeg', 90) : await canvas.encode('png');
      const noted =
        mime === 'image/jpeg'
          ? Buffer.concat([plain.subarray(0, 2), segment(0xe1, exif(CANARY, 1)), plain.subarray(2)])
          : Buffer.concat([plain.subarray(0, 33), chunk('tEXt', CANARY), plain.subarray(33)]);
      const kept = Buffer.from(shorn(mime, noted));
      expect(kept.includes('canary')).toBe(false);
      expect(await pixels(kept)).toEqual(await pixels(plain));
    }
  });
});

const pixels = async (file: Buffer): Promise<string> => {
  const image = await loadImage(file);
  const canvas = createCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  return createHash('sha256').update(data).digest('hex');
};

describe('what is refused before anything of it is kept', () => {
  test.each([
    ['a PNG of 65,535 by 65,535', pngOf({ width: 65_535, height: 65_535 }), 'too-large'],
    ['a JPEG of 65,535 by 65,535', jpegOf({ width: 65_535, height: 65_535 }), 'too-large'],
    [
      'a PNG of four thousand million by one',
      pngOf({ width: 4_294_967_295, height: 4_294_967_295 }),
      'too-large',
    ],
    ['a PNG without width', pngOf({ width: 0, height: 5 }), 'broken'],
    ['a JPEG without height', jpegOf({ width: 5, height: 0 }), 'broken'],
    ['a PNG without lines', Buffer.from(pngOf(size)).fill(0x58, 37, 41), 'broken'],
    ['a PNG that is cut off', pngOf(size).subarray(0, 50), 'broken'],
    ['a JPEG that is cut off', jpegOf(size).subarray(0, 100), 'broken'],
    [
      'a program behind the first bytes of a JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), PROGRAM]),
      'broken',
    ],
    [
      'a program behind the first bytes of a PNG',
      Buffer.concat([pngOf(size).subarray(0, 8), PROGRAM]),
      'broken',
    ],
    [
      'two frames in one JPEG',
      jpegOf({ ...size, notes: [segment(0xc0, Buffer.from([8, 0, 9, 0, 9, 1, 1, 0x11, 0]))] }),
      'broken',
    ],
    [
      'a JPEG of marks alone',
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(1_000_000, 0xff)]),
      'broken',
    ],
    ['a program called .ogg', PROGRAM, 'unknown'],
    ['a page called .jpg', Buffer.from('<html><script>alert(1)</script></html>'), 'unknown'],
    [
      'a drawing that holds a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'unknown',
    ],
    ['an archive', Buffer.from('PK\u0003\u0004aaaaaaaa', 'latin1'), 'unknown'],
    ['a GIF', Buffer.from('GIF89a'), 'unknown'],
  ] as const)('%s', (_what, file, reason) => {
    expect(readMedia(file)).toEqual({ ok: false, reason });
  });

  test('a picture that is an archive or a page as well is kept as the picture alone', () => {
    const archive = Buffer.from('PK\u0003\u0004 a program inside', 'latin1');
    for (const [mime, file] of [
      ['image/jpeg', jpegOf({ ...size, behind: archive })],
      ['image/png', pngOf({ ...size, behind: archive })],
    ] as const) {
      expect(Buffer.from(shorn(mime, file)).includes('PK')).toBe(false);
    }
    expect(readPng(pngOf({ ...size, behind: archive }))?.bytes).toHaveLength(pngOf(size).length);
  });
});

describe('what was sent by staff or a member', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene({ header: JACARANDAS });
  });
  afterAll(() => scene.close());

  const kept = async () =>
    (await scene.world.store.pool.query<{ bytes: Buffer }>('select bytes from media')).rows;

  test('a refused file leaves nothing behind; a photo is kept without its place', async () => {
    const fetch = fetchFile(scene.world.store, [scene.channel]);
    scene.channel.files.set('bomb', {
      ok: true,
      mime: 'image/png',
      bytes: pngOf({ width: 65_535, height: 65_535 }),
    });
    scene.channel.files.set('program', { ok: true, mime: 'image/png', bytes: PROGRAM });
    expect(await fetch('simulator', 'bomb')).toEqual({ ok: false, reason: 'too-large' });
    expect(await fetch('simulator', 'program')).toEqual({ ok: false, reason: 'unknown' });
    expect(await kept()).toEqual([]);
    scene.channel.files.set('photo', { ok: true, mime: 'image/png', bytes: NOTED_JPEG });
    expect(await fetch('simulator', 'photo')).toMatchObject({ ok: true, kind: 'image' });
    const [photo, ...more] = await kept();
    expect(more).toEqual([]);
    expect(photo?.bytes.includes('canary')).toBe(false);
    expect(photo?.bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });
});
