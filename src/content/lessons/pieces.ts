import { BUBBLES, OPTIONS } from '../../domain/lesson/lesson.ts';
import type { LessonFault } from './fault.ts';
import type { LessonFile } from './parse-lesson.ts';

/** A text of a lesson that a woman reads or hears, and where it stands: "fact", "quiz.options.b". */
export type Piece = { readonly place: string; readonly text: string };

/** The messages she gets, one by one: the bubbles, the question, and what she is told after it. */
export const messagesOf = ({ lesson: { bubbles, quiz } }: LessonFile): Piece[] => [
  ...BUBBLES.map((bubble) => ({ place: bubble, text: bubbles[bubble] })),
  { place: 'quiz.question', text: quiz.question },
  { place: 'quiz.right', text: quiz.right },
  { place: 'quiz.wrong', text: quiz.wrong },
];

export const optionsOf = ({ lesson: { quiz } }: LessonFile): Piece[] =>
  OPTIONS.map((option) => ({ place: `quiz.options.${option}`, text: quiz.options[option] }));

export const titlesOf = ({ lesson }: LessonFile): Piece[] => [
  { place: 'title', text: lesson.title },
  { place: 'neutral_title', text: lesson.neutralTitle },
];

export const piecesOf = (file: LessonFile): Piece[] => [
  ...titlesOf(file),
  ...messagesOf(file),
  ...optionsOf(file),
  ...(file.lesson.image ? [{ place: 'image_alt', text: file.lesson.image.alt }] : []),
];

/** A fault of `file` at the line of `place`; `problem` ends a sentence that begins with the place. */
export const faultIn = (file: LessonFile, place: string, problem: string): LessonFault => ({
  file: file.file,
  line: file.lineOf(place),
  problem: `${place} ${problem}`,
});
