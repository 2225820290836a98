import { acceptRecording } from '../../domain/lesson/audio.ts';
import { kindOf } from '../media/read-media.ts';
import { type Beside, bytesMaxOf } from './beside.ts';
import type { LessonFault } from './fault.ts';
import type { LessonFile } from './parse-lesson.ts';
import { faultIn } from './pieces.ts';

const MB = 1024 * 1024;
/** How the sentence about a file ends that cannot be used. */
const UNREADABLE = {
  broken: 'which is cut off',
  'too-large': 'which unfolds to more than a telephone can show',
  unknown: 'and by its bytes it is no such file',
};
const NOT_THERE: ReadonlyMap<string, Beside> = new Map();

/** The picture and the recording that a lesson names: each is there, is what its name says, and is not too large. */
export const besideFaults = (file: LessonFile): LessonFault[] => {
  const { image, audio } = file.lesson;
  return [
    ...(image ? faultsOf(file, { place: 'image', name: image.file, kind: 'image' }) : []),
    ...(audio ? faultsOf(file, { place: 'audio', name: audio.file, kind: 'voice' }) : []),
  ];
};

type Named = { readonly place: string; readonly name: string; readonly kind: 'image' | 'voice' };

const faultsOf = (file: LessonFile, { place, name, kind }: Named): LessonFault[] => {
  const found = (file.beside ?? NOT_THERE).get(name);
  const fault = (problem: string): LessonFault[] => [faultIn(file, place, `is "${name}", ${problem}`)];
  if (!found) return fault('and there is no such file beside the lesson');
  if (!found.read)
    return fault(`which has ${(found.size / MB).toFixed(1)} MB, at most ${bytesMaxOf(name) / MB} MB`);
  const { is } = found.read;
  if (!is.ok) return fault(UNREADABLE[is.reason]);
  const ending = name.endsWith('.jpeg') ? 'jpg' : name.split('.').at(-1);
  if (is.kind !== kind || kindOf(is.mime).ending !== ending)
    return fault(`and by its bytes it is ${is.mime}`);
  if (is.kind !== 'voice') return [];
  const accepted = acceptRecording(is.seconds);
  if (accepted.ok) return [];
  return fault(accepted.refusal.type === 'recording_too_short' ? 'which is too short' : 'which is too long');
};
