import { readJpeg } from './jpeg.ts';
import { withoutNotes } from './mp4-notes.ts';
import { readPng } from './png.ts';

/**
 * A file that was read, as it may be kept and sent on: a picture or a film without the place it was taken at, the telephone,
 * the hour, and whatever was hung on behind its end. Sound and PDF are as they came, with what somebody wrote into them.
 */
export const shorn = (mime: string, bytes: Uint8Array): Uint8Array => {
  switch (mime) {
    case 'image/jpeg':
      return readJpeg(bytes)?.bytes ?? bytes;
    case 'image/png':
      return readPng(bytes)?.bytes ?? bytes;
    case 'video/mp4':
    case 'audio/mp4':
      return withoutNotes(bytes);
    default:
      return bytes;
  }
};
