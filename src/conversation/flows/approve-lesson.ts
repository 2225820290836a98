import { localDate } from '../../domain/calendar.ts';
import { isExpired, type Lesson, OPTIONS } from '../../domain/lesson/lesson.ts';
import { spokenName } from '../../domain/lesson/spoken.ts';
import { textHash } from '../../domain/lesson/text-hash.ts';
import type { StaffLessons } from '../lesson-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type StaffTurn } from '../turn.ts';
import { withPicture, words } from './lesson-part.ts';
import { offeredLanguage, offeredNames } from './lesson-voice.ts';

/** "Aprobar lección F4": the words as members get them, and whether they are right. */
export const startApproval = (
  turn: StaffTurn,
  lessons: StaffLessons,
  asked: { readonly lessonId: string; readonly language: string | undefined },
): StepResult => {
  const { lessonId } = asked;
  const language =
    asked.language === undefined ? turn.language : offeredLanguage(turn, lessons.languages, asked.language);
  if (language === undefined) {
    const languages = offeredNames(turn, lessons.languages);
    return decide(turn, { replies: [reply([say('record.language', { languages })])] });
  }
  const spoken = spokenName(turn.spoken, language, turn.language);
  const lesson = turn.lessons.get(lessonId)?.get(language);
  if (!lesson) {
    return decide(turn, {
      replies: [reply([say('approve.no-text', { lesson: lessonId, language: spoken })])],
    });
  }
  const hash = textHash(turn.sha256, lesson);
  const head = say('approve.title', { lesson: lessonId, language: spoken });
  if (lessons.approved.has(hash)) {
    return decide(turn, {
      replies: [reply([head, stateOf(turn, lesson, 'approve.approved')]), ...bubbles(turn, lesson)],
    });
  }
  const asks = reply(
    [say('approve.ask')],
    [offer('approve:yes', say('approve.yes')), offer('approve:no', say('approve.no'))],
  );
  return decide(turn, {
    flow: { type: 'approve-confirm', lessonId, language, textHash: hash },
    replies: [reply([head, stateOf(turn, lesson, 'approve.draft')]), ...bubbles(turn, lesson), asks],
  });
};

/** Staff are of no group: their day is the one of Mexico's capital. */
const stateOf = (turn: StaffTurn, lesson: Lesson, state: 'approve.approved' | 'approve.draft'): Say =>
  say(isExpired(lesson, localDate(turn.snapshot.now, 'America/Mexico_City')) ? 'approve.expired' : state);

/** All that a woman reads, in the order in which she does, and which answer is the right one. */
const bubbles = (
  turn: StaffTurn,
  { title, neutralTitle, bubbles: { fact, why, action }, quiz, image }: Lesson,
): Reply[] => [
  reply([words(title), say('approve.neutral', { title: neutralTitle })]),
  withPicture(turn, { ...(image && { image }) }, reply([words(fact)])),
  reply([words(why)]),
  reply([words(action)]),
  reply([
    words(quiz.question),
    ...OPTIONS.map((option) =>
      say(option === quiz.answer ? 'approve.answer' : 'approve.option', { text: quiz.options[option] }),
    ),
    say('approve.right', { text: quiz.right }),
    say('approve.wrong', { text: quiz.wrong }),
  ]),
];

/** Her word. Words that were changed since she read them are read again first. */
export const approveAnswer = (turn: StaffTurn, answer: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'approve-confirm') return undefined;
  const { lessonId, language } = flow;
  if (answer === 'no') return decide(turn, { replies: [reply([say('approve.left')])] });
  const lesson = turn.lessons.get(lessonId)?.get(language);
  if (answer !== 'yes' || !lesson) return undefined;
  if (textHash(turn.sha256, lesson) !== flow.textHash) {
    return decide(turn, { replies: [reply([say('approve.changed', { lesson: lessonId })])] });
  }
  const spoken = spokenName(turn.spoken, language, turn.language);
  return decide(turn, {
    events: [
      { type: 'lesson-approved', lessonId, language, textHash: flow.textHash, by: turn.staff.staffId },
    ],
    replies: [reply([say('approve.done', { lesson: lessonId, language: spoken }), say('approve.until')])],
  });
};
