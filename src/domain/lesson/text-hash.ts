import type { Sha256 } from '../ledger/chain.ts';
import { BUBBLES, type Lesson, OPTIONS } from './lesson.ts';

const known = new WeakMap<Lesson, string>();

/**
 * The fingerprint of what a woman reads and sees of a lesson in one language: an approval is of these words, and of no others. Where
 * it holds and how secret it is are part of it; dates and sources are not.
 */
export const textHash = (sha256: Sha256, lesson: Lesson): string => {
  const before = known.get(lesson);
  if (before !== undefined) return before;
  const { quiz } = lesson;
  const hash = sha256(
    JSON.stringify([
      lesson.id,
      lesson.sensitivity,
      lesson.area,
      lesson.title,
      lesson.neutralTitle,
      ...BUBBLES.map((bubble) => lesson.bubbles[bubble]),
      quiz.question,
      ...OPTIONS.map((option) => quiz.options[option]),
      quiz.answer,
      quiz.right,
      quiz.wrong,
      ...(lesson.image ? [lesson.image.hash, lesson.image.alt] : []),
    ]),
  );
  known.set(lesson, hash);
  return hash;
};
