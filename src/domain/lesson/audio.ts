import type { Sha256 } from '../ledger/chain.ts';
import { accept, type Result, refuse } from '../result.ts';
import { type Catalogue, fallbackChain, lessonIn } from './catalogue.ts';
import type { Lesson } from './lesson.ts';
import { textHash } from './text-hash.ts';

/** A lesson takes one to three minutes to say. What is shorter was sent by mistake; longer nobody listens to. */
const VOICE_SECONDS_MIN = 5;
const VOICE_SECONDS_MAX = 600;

/** A lesson as somebody read it aloud. */
export type LessonAudio = {
  readonly lessonId: string;
  /** BCP-47: the language it is spoken in. */
  readonly language: string;
  /** The words that were on the screen while it was read. */
  readonly textHash: string;
  /** SHA-256 of the recording, in hex. */
  readonly hash: string;
  readonly seconds: number;
};

export type AudioRefusal = { readonly type: 'recording_too_short' } | { readonly type: 'recording_too_long' };

/** Whether a recording of this length may become a lesson's voice; its whole seconds. */
export const acceptRecording = (seconds: number): Result<number, AudioRefusal> => {
  if (seconds < VOICE_SECONDS_MIN) return refuse({ type: 'recording_too_short' });
  if (seconds > VOICE_SECONDS_MAX) return refuse({ type: 'recording_too_long' });
  return accept(Math.floor(seconds));
};

/** Whether a programme offers lessons in a language. Spanish is always offered: everything falls back to it. */
export const isOffered = (languages: readonly string[], language: string): boolean =>
  language === 'es' || languages.includes(language);

/** The words to be read aloud for a recording in a language: the lesson's own in it, or those it falls back to. */
export const wordsToRead = (catalogue: Catalogue, id: string, language: string): Lesson | undefined =>
  lessonIn(catalogue, { id, wanted: [language] })?.lesson;

/**
 * The voice of a lesson for somebody, and its language: the first of her languages that has one, but none that she would
 * like less than the language she reads it in. A recording of words that were changed since is none. What her programme
 * recorded goes before the recording that stands beside the lesson's file.
 *
 * @param read the lesson as she reads it, and in which language
 */
export const voiceOf = (
  { catalogue, sha256 }: { readonly catalogue: Catalogue; readonly sha256: Sha256 },
  audio: readonly LessonAudio[],
  read: { readonly lesson: Lesson; readonly language: string; readonly wanted: readonly string[] },
): LessonAudio | undefined => {
  const { id } = read.lesson;
  const chain = fallbackChain(read.wanted);
  const upTo = chain.slice(0, chain.indexOf(read.language) + 1);
  const isOfTheseWords = (one: LessonAudio): boolean => {
    const words = wordsToRead(catalogue, id, one.language);
    return words !== undefined && textHash(sha256, words) === one.textHash;
  };
  const recorded = upTo
    .map((language) => audio.find((one) => one.lessonId === id && one.language === language))
    .find((one) => one !== undefined && isOfTheseWords(one));
  const { hash, seconds } = read.lesson.audio ?? {};
  if (recorded || hash === undefined || seconds === undefined) return recorded;
  return { lessonId: id, language: read.language, textHash: textHash(sha256, read.lesson), hash, seconds };
};
