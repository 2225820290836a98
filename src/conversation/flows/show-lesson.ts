import { lessonIn } from '../../domain/lesson/catalogue.ts';
import { BUBBLES, type Lesson, OPTIONS } from '../../domain/lesson/lesson.ts';
import { spokenName } from '../../domain/lesson/spoken.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, type StaffTurn } from '../turn.ts';
import { words } from './lesson-part.ts';

/** "Lección F4" of staff: its words, as they are read; nothing is counted as hers. */
export const showLesson = (turn: StaffTurn, lessonId: string): StepResult => {
  const found = lessonIn(turn.lessons, { id: lessonId, wanted: [turn.language] });
  if (!found) return decide(turn, { replies: [reply([say('record.no-lesson', { lesson: lessonId })])] });
  const language = spokenName(turn.spoken, found.language, turn.language);
  return decide(turn, {
    replies: [reply([say('record.read-only', { lesson: lessonId, language })]), readAloud(found.lesson)],
  });
};

/** "Lección 4" of staff: of which track; they look after all of them, those too that go out only on request. */
export const showNumbered = (turn: StaffTurn, number: number): StepResult => {
  const found = [...turn.lessons.keys()].filter((id) => id.replace(/^\D+/u, '') === String(number));
  const [only, ...others] = found;
  if (only === undefined) return showLesson(turn, String(number));
  if (others.length === 0) return showLesson(turn, only);
  return decide(turn, {
    replies: [
      reply(
        [say('lesson.which-number', { number })],
        [
          ...found.map((id) => offer(`lesson:show:${id}`, words(nameOf(turn, id)))),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** "F4 Primero lo primero": the id, by which they know it, and the title that fits a button. */
const nameOf = (turn: StaffTurn, id: string): string => {
  const found = lessonIn(turn.lessons, { id, wanted: [turn.language] });
  return found ? `${id} ${found.lesson.neutralTitle}` : id;
};

/** All that is said aloud, the answers in the order of the file: whoever hears it gets them in that order. */
export const readAloud = ({ title, bubbles, quiz }: Lesson): Reply =>
  reply([
    words(title),
    ...BUBBLES.map((bubble) => words(bubbles[bubble])),
    words(quiz.question),
    ...OPTIONS.map((letter) => say('record.option', { letter, text: quiz.options[letter] })),
  ]);
