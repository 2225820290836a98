import type { LessonFault } from './fault.ts';
import type { LessonFile } from './parse-lesson.ts';
import { phoneNumbersIn } from './phone-numbers.ts';
import { faultIn, messagesOf, piecesOf, titlesOf } from './pieces.ts';
import { sentencesOf } from './readability.ts';
import { type LessonWords, wordsFirst, wordsFound } from './words.ts';

/** What a locked telephone shows of a message. */
const PREVIEW_CHARS = 40;
/** After these nothing of the lesson's own follows: the program adds the safety card to an opt-in lesson. */
const LAST_PLACES: readonly string[] = ['action', 'quiz.right', 'quiz.wrong'];

/** No sensitive word where others see it, none at all in an open lesson; "tú", feminine, and nothing of its own on safety. */
export const wordFaults = (file: LessonFile, words: LessonWords): LessonFault[] => [
  ...previewFaults(file, words),
  ...openFaults(file, words),
  ...safetyFaults(file, words),
  ...avoidFaults(file, words),
];

const previewFaults = (file: LessonFile, { sensitive }: LessonWords): LessonFault[] => [
  ...titlesOf(file).flatMap(({ place, text }) =>
    wordsFound(text, sensitive).map((word) =>
      faultIn(file, place, `has the sensitive word "${word}": others see it`),
    ),
  ),
  ...messagesOf(file).flatMap(({ place, text }) =>
    wordsFound(beginning(text), sensitive).map((word) =>
      faultIn(
        file,
        place,
        `has the sensitive word "${word}" in its first ${PREVIEW_CHARS} characters: a locked telephone shows them`,
      ),
    ),
  ),
];

/** The first characters, and the rest of the word they break off in. */
const beginning = (text: string): string => {
  const rest = text.slice(PREVIEW_CHARS);
  return text.slice(0, PREVIEW_CHARS) + (/^[\p{L}\p{N}]*/u.exec(rest)?.[0] ?? '');
};

const openFaults = (file: LessonFile, { sensitive }: LessonWords): LessonFault[] => {
  if (file.lesson.sensitivity === 'opt-in') return [];
  return piecesOf(file).flatMap(({ place, text }) =>
    wordsFound(text, sensitive).map((word) =>
      faultIn(file, place, `has the sensitive word "${word}", and sensitivity is open: make it opt-in`),
    ),
  );
};

const safetyFaults = (file: LessonFile, { safety }: LessonWords): LessonFault[] => {
  if (file.lesson.sensitivity === 'open') return [];
  const last = messagesOf(file).filter(({ place }) => LAST_PLACES.includes(place));
  return last.flatMap(({ place, text }) =>
    [...phoneNumbersIn(text), ...wordsFound(text, safety)].map((found) =>
      faultIn(file, place, `says "${found}": the program adds the safety card to an opt-in lesson`),
    ),
  );
};

const avoidFaults = (file: LessonFile, { avoid, avoidFirst }: LessonWords): LessonFault[] =>
  piecesOf(file).flatMap(({ place, text }) => {
    const first = sentencesOf(text).flatMap((sentence) => wordsFirst(sentence, Object.keys(avoidFirst)));
    return [
      ...wordsFound(text, Object.keys(avoid)).map((word) =>
        faultIn(file, place, `says "${word}": write ${avoid[word]}`),
      ),
      ...first.map((word) =>
        faultIn(file, place, `begins a sentence with "${word}": write ${avoidFirst[word]}`),
      ),
    ];
  });
