import { nextLesson, REVIEW_DAYS, REVIEWS_MAX } from '../../domain/lesson/progress.ts';
import type { ShelfLesson } from '../../domain/lesson/shelf.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { IncomingMedia } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { privateLesson } from '../private-session.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type Turn, todayOf } from '../turn.ts';
import { certificateOffer } from './certificate.ts';
import { questionOf, readOption, words } from './lesson-part.ts';
import { type LessonTurn, onShelf } from './lesson-shelf.ts';
import { lacksSafeguards, safetyReply } from './reach.ts';

/** Her answer to a lesson's question. Said twice, it is explained twice and counted once. */
export const answerLesson = (turn: LessonTurn, id: string, option: string): StepResult | undefined => {
  const item = onShelf(turn, id);
  const progress = turn.of.get(id);
  const answer = readOption(option);
  if (!item || !answer || !progress?.openedAt) return undefined;
  if (lacksCard(turn, item)) return needs({ type: 'own-danger' });
  const right = answer === item.lesson.quiz.answer;
  const first: DomainEvent = {
    type: 'lesson-answered',
    memberId: turn.speaker.me.id,
    lessonId: id,
    answer: answer === 'unsure' ? undefined : answer,
    right,
    // What is opt-in is never brought up again.
    reviewOn: right || item.lesson.sensitivity === 'opt-in' ? undefined : inAWeek(turn),
  };
  const done: LessonTurn = {
    ...turn,
    of: new Map(turn.of).set(id, { ...progress, finishedAt: turn.snapshot.now }),
  };
  return decide(turn, {
    events: progress.finishedAt ? [] : [first],
    replies: ending(done, item, right),
  });
};

/** Her answer to a question that came back. */
export const answerAgain = (turn: LessonTurn, id: string, option: string): StepResult | undefined => {
  const item = onShelf(turn, id);
  const progress = turn.of.get(id);
  const answer = readOption(option);
  if (!item || !answer || !progress?.finishedAt) return undefined;
  if (lacksCard(turn, item)) return needs({ type: 'own-danger' });
  const right = answer === item.lesson.quiz.answer;
  const isLast = right || progress.reviews + 1 >= REVIEWS_MAX;
  const reviewed: DomainEvent = {
    type: 'lesson-reviewed',
    memberId: turn.speaker.me.id,
    lessonId: id,
    right,
    reviewOn: isLast ? undefined : inAWeek(turn),
  };
  return decide(turn, {
    events: progress.reviewOn ? [reviewed] : [],
    replies: ending(turn, item, right),
  });
};

/**
 * Something else while the question is open: it is asked again, and she is told how to answer. Not one that only she may
 * read: what was written may come from other hands.
 */
export const askOnce = (turn: LessonTurn, id: string, again: boolean): StepResult | undefined => {
  const item = onShelf(turn, id);
  if (!item || item.lesson.sensitivity === 'opt-in') return undefined;
  return decide(turn, {
    flow: turn.session.flow,
    replies: [questionOf(turn, item, { again, before: [say('lesson.by-number')] })],
  });
};

/** A voice note in answer to a lesson's question: nobody hears it, so she is asked for the number. */
export const voiceToLesson = (turn: Turn, kind: IncomingMedia['kind']): StepResult | undefined => {
  const { session, snapshot } = turn;
  const isAnswer = session.flow.type === 'lesson-question' && kind === 'voice' && !snapshot.marked;
  const isPrivate = session.offered.some(({ payload }) => privateLesson(turn.lessons, payload) !== undefined);
  if (!isAnswer || isPrivate) return undefined;
  const answers = session.offered.map(({ payload, label }) => offer(payload, say('asked.one', { label })));
  return decide(turn, { flow: session.flow, replies: [reply([say('lesson.by-number-voice')], answers)] });
};

const inAWeek = (turn: LessonTurn) => todayOf(turn).add({ days: REVIEW_DAYS });

/** It ends with the safety card, and what stands on that is not looked up yet. */
const lacksCard = (turn: LessonTurn, { lesson }: ShelfLesson): boolean =>
  lesson.sensitivity === 'opt-in' && lacksSafeguards(turn);

/** The explanation, and what comes after: another lesson; after an opt-in one the safety card and a person. */
const ending = (turn: LessonTurn, item: ShelfLesson, right: boolean): Reply[] => {
  const { quiz, sensitivity, track } = item.lesson;
  const explained = words(right ? quiz.right : quiz.wrong);
  if (sensitivity === 'opt-in') return [reply([explained]), safetyReply(turn, say('safety.title'))];
  const isHard = track === 'self-care';
  const more = nextLesson(turn.shelf, turn.of) !== undefined;
  const asks: Say = say(more ? 'lesson.another' : 'lesson.all-done');
  const earned = certificateOffer(turn);
  return [
    reply(
      [explained, ...(isHard ? [say('urgent.person')] : []), ...earned.lines, asks],
      [
        ...(more ? [offer('lesson:next:yes', say('lesson.another-yes'))] : []),
        ...earned.offers,
        ...(isHard ? [offer('ask:person', say('menu.person'))] : []),
        ...(more ? [offer('no', say('choice.not-now'))] : []),
      ],
    ),
  ];
};
