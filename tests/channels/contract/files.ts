import type { MediaKind } from '../../../src/conversation/message.ts';
import type { SentFile } from './rig.ts';

/** A picture of one point, which every program that shows pictures takes. */
const POINT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Bytes that begin as the kind's files begin; what follows is anything, a line end of a form included. */
const of = (begin: string): Buffer =>
  Buffer.concat([
    Buffer.from(begin, 'latin1'),
    Buffer.from('\r\n--x\r\n\0\u00ff', 'latin1'),
    Buffer.alloc(3_000, 9),
  ]);

/** One invented file of each kind. */
export const FILES: Readonly<Record<MediaKind, SentFile>> = {
  voice: { kind: 'voice', name: 'nota.ogg', mime: 'audio/ogg', bytes: of('OggS\0OpusHead') },
  image: { kind: 'image', name: 'libreta.png', mime: 'image/png', bytes: Buffer.from(POINT, 'base64') },
  video: { kind: 'video', name: 'leccion.mp4', mime: 'video/mp4', bytes: of('\0\0\0\u0018ftypmp42') },
  document: { kind: 'document', name: 'libreta.pdf', mime: 'application/pdf', bytes: of('%PDF-1.7\n') },
};
