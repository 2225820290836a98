// Pictures as telephones write them, made of their parts: small, and with whatever is noted about them.

const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const u32 = (n: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(n);
  return four;
};

/** A segment of a JPEG: its marker, its length, what is in it. */
export const segment = (marker: number, content: Buffer | string): Buffer => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return Buffer.concat([Buffer.from([0xff, marker]), u16(bytes.length + 2), bytes]);
};

/** Exif with which way is up, and `words` in the place where a camera writes where it was. */
export const exif = (words: string, up = 6, order: 'II' | 'MM' = 'MM'): Buffer => {
  const little = order === 'II';
  const tiff = Buffer.alloc(8 + 2 + 24 + 4);
  const w16 = (n: number, at: number) => (little ? tiff.writeUInt16LE(n, at) : tiff.writeUInt16BE(n, at));
  const w32 = (n: number, at: number) => (little ? tiff.writeUInt32LE(n, at) : tiff.writeUInt32BE(n, at));
  tiff.write(order, 0, 'latin1');
  w16(42, 2);
  w32(8, 4);
  w16(2, 8);
  for (const [at, tag, kind, count, value] of [
    [10, 0x0112, 3, 1, 0],
    [22, 0x8825, 4, 1, 38],
  ] as const) {
    w16(tag, at);
    w16(kind, at + 2);
    w32(count, at + 4);
    w32(value, at + 8);
  }
  w16(up, 18);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(words, 'latin1')]);
};

type Of = {
  readonly width: number;
  readonly height: number;
  /** What stands before the frame. */
  readonly notes?: readonly Buffer[];
  readonly behind?: Buffer | undefined;
};

export const jpegOf = ({ width, height, notes = [], behind }: Of): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0'),
    ...notes,
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.from([1, 1, 0x11, 0])])),
    segment(0xc4, Buffer.alloc(28)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // Lines with a stuffed zero and a restart among them.
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    behind ?? Buffer.alloc(0),
  ]);

/** A chunk of a PNG; its check sum is not read by us. */
export const chunk = (name: string, content: Buffer | string = ''): Buffer => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return Buffer.concat([u32(bytes.length), Buffer.from(name, 'latin1'), bytes, u32(0)]);
};

export const pngOf = ({ width, height, notes = [], behind }: Of): Buffer =>
  Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])])),
    ...notes,
    chunk('IDAT', Buffer.alloc(20, 7)),
    chunk('IEND'),
    behind ?? Buffer.alloc(0),
  ]);
