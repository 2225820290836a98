import type { Lesson } from '../../domain/lesson/lesson.ts';
import { type MediaReading, readMedia } from '../media/read-media.ts';

/** The most of a picture that every platform takes as a picture (WhatsApp's own limit). */
const PICTURE_BYTES_MAX = 5 * 1024 * 1024;
/** The same of a recording. */
const RECORDING_BYTES_MAX = 16 * 1024 * 1024;

const PICTURE = /\.(?:png|jpe?g)$/u;
const RECORDING = /\.(?:ogg|mp3|m4a|aac|amr)$/u;

/** A file that stands beside lessons, as it was found. One that is too large is not read. */
export type Beside = {
  readonly size: number;
  readonly read: { readonly hash: string; readonly is: MediaReading } | undefined;
};

/** Whether a file beside lessons may be a picture or a recording of one, by its name. */
export const isBesideName = (name: string): boolean => PICTURE.test(name) || RECORDING.test(name);

/** The most that is read of a file of this name. */
export const bytesMaxOf = (name: string): number =>
  PICTURE.test(name) ? PICTURE_BYTES_MAX : RECORDING_BYTES_MAX;

/**
 * Looks at a file beside lessons.
 *
 * @param read its bytes; undefined when it is too large
 */
export const besideOf = (
  size: number,
  read: { readonly bytes: Uint8Array; readonly hash: string } | undefined,
): Beside => ({ size, read: read && { hash: read.hash, is: readMedia(read.bytes) } });

/** The lesson with what is in the files that it names; those that are not there are faults (check-beside.ts). */
export const withBeside = (lesson: Lesson, beside: ReadonlyMap<string, Beside>): Lesson => {
  const picture = lesson.image && beside.get(lesson.image.file)?.read;
  const recording = lesson.audio && beside.get(lesson.audio.file)?.read;
  const seconds = recording?.is.ok && recording.is.kind === 'voice' ? recording.is.seconds : undefined;
  return {
    ...lesson,
    ...(lesson.image && { image: { ...lesson.image, hash: picture?.hash } }),
    ...(lesson.audio && { audio: { ...lesson.audio, hash: recording?.hash, seconds } }),
  };
};
