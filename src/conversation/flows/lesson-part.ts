import { BUBBLES, type Lesson, OPTIONS, type OptionId } from '../../domain/lesson/lesson.ts';
import { PARTS } from '../../domain/lesson/progress.ts';
import { quizOrder } from '../../domain/lesson/quiz-order.ts';
import type { ShelfLesson } from '../../domain/lesson/shelf.ts';
import type { Language } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say, withFile } from '../say.ts';
import { decide } from '../turn.ts';
import { type LessonTurn, partHad } from './lesson-shelf.ts';
import { lessonVoice, voiceFile } from './lesson-voice.ts';
import { safetyLines } from './reach.ts';

/** Words of a lesson, as they stand in its file. */
export const words = (text: string): Say => say('lesson.words', { text });

/** What a lesson is called to her: of one that is opt-in only what tells nothing. */
export const titleOf = ({ lesson }: ShelfLesson): string =>
  lesson.sensitivity === 'open' ? lesson.title : lesson.neutralTitle;

/** Goes on where she was: the part after the last one she had, or its question again. */
export const goOn = (turn: LessonTurn, item: ShelfLesson, before: readonly Reply[] = []): StepResult =>
  givePart(turn, item, { part: Math.min(partHad(turn, item) + 1, PARTS), before });

/**
 * One part of a lesson: the fact, the reason, or the action with the question.
 *
 * @param part 1 to 3
 */
export const givePart = (
  turn: LessonTurn,
  item: ShelfLesson,
  { part, before = [] }: { readonly part: number; readonly before?: readonly Reply[] },
): StepResult => {
  const { lesson, language } = item;
  const { id } = lesson;
  const bubble = words(lesson.bubbles[BUBBLES[part - 1] ?? 'action']);
  const isLast = part >= PARTS;
  const voice = lessonVoice(turn, item);
  const title = part === 1 ? [heading(item)] : [];
  // The voice comes first, on its own: not everybody reads what follows.
  const spoken = part === 1 && voice ? [withFile(reply(title), voiceFile(turn, voice))] : [];
  const replies = isLast
    ? [reply([bubble]), ...cardOf(turn, item), questionOf(turn, item, { again: false })]
    : [
        ...spoken,
        withPicture(turn, part === 1 ? lesson : undefined, {
          lines: [...(spoken.length > 0 ? [] : title), bubble],
          offers: [offer(`lesson:part:${id}:${part + 1}`, say('lesson.go-on'))],
        }),
      ];
  return decide(turn, {
    ...(isLast && { flow: { type: 'lesson-question', lessonId: id, again: false } }),
    replies: [...before, ...replies],
    events: [
      {
        type: 'lesson-opened',
        memberId: turn.speaker.me.id,
        lessonId: id,
        language: voice?.language ?? language,
        voice: voice !== undefined,
        part,
      },
    ],
  });
};

/** Words of a lesson with its picture, and what that shows: not everybody sees it. */
export const withPicture = (
  { language }: { readonly language: Language },
  lesson: Pick<Lesson, 'image'> | undefined,
  { lines, offers }: Reply,
): Reply => {
  const { image } = lesson ?? {};
  if (image?.hash === undefined) return reply(lines, offers);
  const shown = reply([...lines, say('lesson.picture', { text: image.alt })], offers);
  return withFile(shown, { type: 'media', hash: image.hash, language });
};

/** Whoever stops before the question has the card and the way to a person all the same. */
const cardOf = (turn: LessonTurn, { lesson }: ShelfLesson): Reply[] =>
  lesson.sensitivity === 'opt-in' ? [reply(safetyLines(turn, say('safety.title')))] : [];

const heading = (item: ShelfLesson): Say =>
  say(item.isDraft ? 'lesson.title-draft' : 'lesson.title', { title: titleOf(item) });

/** The question with its answers; what is private names a person too. `again`: it comes back because she missed it. */
export const questionOf = (
  turn: LessonTurn,
  item: ShelfLesson,
  { again, before = [] }: { readonly again: boolean; readonly before?: readonly Say[] },
): Reply => {
  const { lesson } = item;
  const isPrivate = lesson.sensitivity === 'opt-in';
  return reply(
    [...before, words(lesson.quiz.question)],
    [
      ...answersOf(turn, item).map((option) =>
        offer(
          `lesson:${again ? 'again' : 'answer'}:${lesson.id}:${option}`,
          words(lesson.quiz.options[option]),
        ),
      ),
      ...(isPrivate ? [offer('ask:person', say('menu.person'))] : []),
    ],
  );
};

/** In an order of her own; where it was recorded, in the one in which she hears them. */
const answersOf = (turn: LessonTurn, item: ShelfLesson): readonly OptionId[] =>
  lessonVoice(turn, item)
    ? OPTIONS
    : quizOrder(turn.sha256, { lessonId: item.lesson.id, memberNumber: turn.speaker.me.number });

/** What she answered: an option, or that she does not know; undefined for what was never offered. */
export const readOption = (text: string): OptionId | 'unsure' | undefined =>
  text === 'unsure' ? text : OPTIONS.find((option) => option === text);
