import { isOffered, type LessonAudio, voiceOf } from '../../domain/lesson/audio.ts';
import type { ShelfLesson } from '../../domain/lesson/shelf.ts';
import { spokenCalled, spokenName } from '../../domain/lesson/spoken.ts';
import type { Language, MediaAttachment } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type MemberTurn, type Turn } from '../turn.ts';
import { normalise } from '../understand/normalise.ts';
import type { LessonTurn } from './lesson-shelf.ts';
import { withLessons } from './lesson-shelf.ts';

/** The recording of a lesson that she gets with it, in the first of her languages that has one and is offered. */
export const lessonVoice = (turn: LessonTurn, { lesson, language }: ShelfLesson): LessonAudio | undefined =>
  voiceOf(
    { catalogue: turn.lessons, sha256: turn.sha256 },
    turn.facts.audio.filter((one) => isOffered(turn.facts.languages, one.language)),
    { lesson, language, wanted: turn.wanted },
  );

/** A recording as it goes with a message. */
export const voiceFile = (
  { language }: { readonly language: Language },
  { hash }: Pick<LessonAudio, 'hash'>,
): MediaAttachment => ({ type: 'media', hash, language });

/** The tag of a language that somebody named, and that her programme offers; undefined when it does not. */
export const offeredLanguage = (
  turn: Turn,
  languages: readonly string[],
  said: string,
): string | undefined => {
  const tag = spokenCalled(turn.spoken, said, { offered: languages, fold: normalise });
  return tag !== undefined && isOffered(languages, tag) ? tag : undefined;
};

/** Whether somebody named a language, offered or not: "en casa" is none. */
export const namesLanguage = (turn: Turn, said: string): boolean =>
  spokenCalled(turn.spoken, said, { offered: [], fold: normalise }) !== undefined;

/** What the languages that are offered are called: "español, inglés y tsotsil". */
export const offeredNames = (turn: Turn, languages: readonly string[]) =>
  ['es', ...languages.filter((tag) => tag !== 'es')].map((tag) =>
    say('lesson.words', { text: spokenName(turn.spoken, tag, turn.language) }),
  );

/** "¿En qué lenguas hay lecciones?" */
export const languagesSaid = (turn: LessonTurn): StepResult => {
  const { languages } = turn.facts;
  const language = spokenName(turn.spoken, languages.findLast((tag) => tag !== 'es') ?? 'es', turn.language);
  return decide(turn, {
    replies: [
      reply([
        say('lesson.languages', { languages: offeredNames(turn, languages) }),
        say('lesson.languages-how', { language }),
      ]),
    ],
  });
};

/** "Quiero oír en tsotsil": her lessons come spoken in it, where somebody recorded them. */
export const hearIn = (turn: MemberTurn, said: string): StepResult =>
  withLessons(turn, (lessons) => {
    const { languages } = lessons.facts;
    const language = offeredLanguage(lessons, languages, said);
    if (language === undefined) {
      return decide(lessons, {
        replies: [reply([say('lesson.hear-not', { languages: offeredNames(lessons, languages) })])],
      });
    }
    const spoken = spokenName(lessons.spoken, language, lessons.language);
    return decide(lessons, {
      events: [{ type: 'lesson-language-wished', memberId: lessons.speaker.me.id, language }],
      replies: [reply([say('lesson.hear-set', { language: spoken }), say('lesson.hear-else')])],
    });
  });
