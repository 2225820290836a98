import { BUBBLES } from '../../domain/lesson/lesson.ts';
import type { LessonFault } from './fault.ts';
import type { LessonFile } from './parse-lesson.ts';
import { faultIn, messagesOf, optionsOf, type Piece, piecesOf } from './pieces.ts';
import { perspicuity, readingEase, sentencesOf } from './readability.ts';

const BUBBLE_WORDS_MAX = 90;
/** The question, and what she is told after it. */
const QUIZ_WORDS_MAX = 45;
const OPTION_WORDS_MAX = 9;
const SENTENCE_WORDS_MAX = 18;

type ReadingLevel = { readonly index: (text: string) => number; readonly min: number; readonly name: string };

/** What a body must reach, by language; other languages have no published index we know. */
const LEVELS: ReadonlyMap<string, ReadingLevel> = new Map([
  ['es', { index: perspicuity, min: 70, name: 'Szigriszt-Pazos' }],
  ['en', { index: readingEase, min: 75, name: 'Flesch' }],
]);

/** Short messages, short sentences, easy words. */
export const readingFaults = (file: LessonFile): LessonFault[] => [
  ...levelFaults(file),
  ...messagesOf(file).flatMap((piece) => lengthFaults(file, piece, wordsMaxOf(piece))),
  ...optionsOf(file).flatMap((piece) => lengthFaults(file, piece, OPTION_WORDS_MAX)),
  ...sentenceFaults(file),
  ...pesoFaults(file),
];

/** "perspicuity 84 (at least 70); words 45 + 40 + 30, question 20; longest sentence 14": what a writer wants to know. */
export const readingSummary = (file: LessonFile): string => {
  const level = LEVELS.get(file.language);
  const found = level && `${level.name} ${Math.round(level.index(bodyOf(file)))} (at least ${level.min})`;
  const words = BUBBLES.map((bubble) => wordCount(file.lesson.bubbles[bubble])).join(' + ');
  const sentences = messagesOf(file).flatMap(({ text }) => sentencesOf(text).map(wordCount));
  return [found, `${words} words`, `longest sentence ${Math.max(...sentences)}`]
    .filter((part) => part !== undefined)
    .join(', ');
};

const levelFaults = (file: LessonFile): LessonFault[] => {
  const level = LEVELS.get(file.language);
  const reached = level?.index(bodyOf(file)) ?? 0;
  if (!level || reached >= level.min) return [];
  const problem = `and the sections after it are too hard: ${level.name} ${reached.toFixed(1)}, at least ${level.min}`;
  return [faultIn(file, 'fact', `${problem}; shorter words and sentences`)];
};

const bodyOf = (file: LessonFile): string => BUBBLES.map((bubble) => file.lesson.bubbles[bubble]).join('\n');

const wordsMaxOf = ({ place }: Piece): number =>
  BUBBLES.some((bubble) => bubble === place) ? BUBBLE_WORDS_MAX : QUIZ_WORDS_MAX;

const lengthFaults = (file: LessonFile, { place, text }: Piece, wordsMax: number): LessonFault[] => {
  const count = wordCount(text);
  return count > wordsMax ? [faultIn(file, place, `has ${count} words, at most ${wordsMax}`)] : [];
};

const sentenceFaults = (file: LessonFile): LessonFault[] =>
  messagesOf(file).flatMap(({ place, text }) =>
    sentencesOf(text)
      .filter((sentence) => wordCount(sentence) > SENTENCE_WORDS_MAX)
      .map((sentence) =>
        faultIn(
          file,
          place,
          `has a sentence of ${wordCount(sentence)} words, at most ${SENTENCE_WORDS_MAX}: "${sentence.slice(0, 40)}…"`,
        ),
      ),
  );

/** "$" alone is another currency to who reads English. */
const pesoFaults = (file: LessonFile): LessonFault[] =>
  file.language === 'en'
    ? piecesOf(file)
        .filter(({ text }) => text.includes('$'))
        .map(({ place }) => faultIn(file, place, 'says "$": write "20 pesos"'))
    : [];

const wordCount = (text: string): number =>
  text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
