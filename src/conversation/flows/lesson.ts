import {
  didSaid,
  didToAsk,
  halfDone,
  nextLesson,
  REVIEW_DAYS,
  reviewDue,
} from '../../domain/lesson/progress.ts';
import type { ShelfLesson } from '../../domain/lesson/shelf.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, type MemberTurn, todayOf } from '../turn.ts';
import { goOn, questionOf, titleOf, words } from './lesson-part.ts';
import { type LessonTurn, onShelf, withLessons } from './lesson-shelf.ts';

/**
 * "Lección": first what comes back from before, one thing at most (a question she missed, or whether she did what she
 * learned); then the next lesson.
 */
export const lessonNext = (turn: MemberTurn): StepResult =>
  withLessons(turn, (lessons) => {
    const today = todayOf(lessons);
    const { flow } = lessons.session;
    const review = reviewDue(lessons.shelf, lessons.of, today);
    if (flow.type === 'lesson-question' && flow.again) {
      // She goes on without an answer: the question comes back another day.
      const memberId = lessons.speaker.me.id;
      const reviewOn = today.add({ days: REVIEW_DAYS });
      const put: DomainEvent[] =
        review?.lesson.id === flow.lessonId
          ? [{ type: 'lesson-reviewed', memberId, lessonId: flow.lessonId, right: undefined, reviewOn }]
          : [];
      return andThen(fresh(lessons), put);
    }
    if (review) return askAgain(lessons, review);
    const did = didToAsk(lessons.shelf, lessons.of, lessons.snapshot.now);
    return did ? askDid(lessons, did) : fresh(lessons);
  });

/** "Seguir": the lesson she left half-way, however long ago. Those that only she may open are not taken up by this word. */
export const lessonGoOn = (turn: MemberTurn): StepResult =>
  withLessons(turn, (lessons) => {
    const half = halfDone(lessons.shelf, lessons.of);
    if (half) return goOn(lessons, half);
    return decide(turn, {
      replies: [
        reply(
          [say('lesson.nothing-half')],
          [offer('lesson:next:yes', say('choice.yes')), offer('no', say('choice.not-now'))],
        ),
      ],
    });
  });

/** The next lesson, from where she is in it. */
const fresh = (turn: LessonTurn, before: readonly Reply[] = []): StepResult => {
  const item = nextLesson(turn.shelf, turn.of);
  if (item) return goOn(turn, item, before);
  const had = turn.shelf.length > 0;
  return decide(turn, { replies: [...before, reply([say(had ? 'lesson.all-done' : 'lesson.none-yet')])] });
};

const askAgain = (turn: LessonTurn, item: ShelfLesson): StepResult =>
  decide(turn, {
    flow: { type: 'lesson-question', lessonId: item.lesson.id, again: true },
    replies: [
      questionOf(turn, item, { again: true, before: [say('lesson.again', { title: titleOf(item) })] }),
    ],
  });

const askDid = (turn: LessonTurn, item: ShelfLesson): StepResult => {
  const { id, bubbles } = item.lesson;
  return decide(turn, {
    events: [{ type: 'lesson-did', memberId: turn.speaker.me.id, lessonId: id, did: undefined }],
    replies: [
      reply(
        [say('lesson.last-time', { title: titleOf(item) }), words(bubbles.action), say('lesson.did')],
        [
          offer(`lesson:did:${id}:yes`, say('lesson.did-yes')),
          offer(`lesson:did:${id}:no`, say('lesson.did-no')),
        ],
      ),
    ],
  });
};

/** Her answer to "¿Lo hiciste?"; the next lesson follows. */
export const lessonDid = (turn: LessonTurn, id: string, answer: string): StepResult | undefined => {
  if (!onShelf(turn, id) || !turn.of.get(id)?.finishedAt) return undefined;
  const did = answer === 'yes';
  const thanks = reply([say(did ? 'lesson.did-well' : 'lesson.did-later')]);
  return andThen(fresh(turn, [thanks]), [
    { type: 'lesson-did', memberId: turn.speaker.me.id, lessonId: id, did },
  ]);
};

/** "Ya lo hice": of the lesson she finished last; undefined when it can be about no lesson. */
export const lessonDone = (turn: MemberTurn, otherwise: () => StepResult): StepResult =>
  withLessons(turn, (lessons) => {
    const last = didSaid(lessons.of, lessons.snapshot.now);
    if (!last) return otherwise();
    const { lessonId } = last;
    return decide(turn, {
      events: [{ type: 'lesson-did', memberId: turn.speaker.me.id, lessonId, did: true }],
      replies: [
        reply(
          [say('lesson.did-well'), say('lesson.another')],
          [offer('lesson:next:yes', say('lesson.another-yes')), offer('no', say('choice.not-now'))],
        ),
      ],
    });
  });

/** The same decision with what was decided before it. */
const andThen = (result: StepResult, before: readonly DomainEvent[]): StepResult =>
  result.type === 'decided'
    ? { type: 'decided', outcome: { ...result.outcome, events: [...before, ...result.outcome.events] } }
    : result;
