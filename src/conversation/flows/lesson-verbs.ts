import { TRACKS } from '../../domain/lesson/lesson.ts';
import { PARTS } from '../../domain/lesson/progress.ts';
import type { StepResult } from '../outcome.ts';
import { privateLesson } from '../private-session.ts';
import { reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { certificate } from './certificate.ts';
import { lessonDid, lessonDone, lessonGoOn, lessonNext } from './lesson.ts';
import { givePart } from './lesson-part.ts';
import { answerAgain, answerLesson, askOnce } from './lesson-quiz.ts';
import { type LessonTurn, onShelf, withLessons } from './lesson-shelf.ts';
import {
  apart,
  askToSee,
  lessonsOfTrack,
  lessonTopic,
  repeatLesson,
  seeNow,
  takeNumber,
  takeOne,
  topics,
} from './lesson-topic.ts';
import { hearIn, languagesSaid, namesLanguage } from './lesson-voice.ts';
import { groupLessons, hourChosen, lessonDaysWished, lessonHour, lessonsSwitch } from './lesson-wishes.ts';
import { meetingVerb } from './meeting.ts';

/** A choice about lessons: what to do, and then of which one. */
export const lessonVerb = (turn: MemberTurn, args: readonly string[]): StepResult | undefined => {
  const [what = '', first = '', second = ''] = args;
  switch (what) {
    case 'next':
      return lessonNext(turn);
    case 'hour':
      return first === '' ? lessonHour(turn) : hourChosen(turn, first);
    case 'on':
      return lessonsSwitch(turn, first === 'yes');
    case 'certificate':
      return certificate(turn, first === 'group' ? 'group' : 'own');
    default:
      return withLessons(
        turn,
        (lessons) => closed(lessons, args) ?? ofOne(lessons, what, [first, second]) ?? expired(turn),
      );
  }
};

/** A button of what only she may read, pressed when that is no longer open: it needs her yes again. */
const closed = (turn: LessonTurn, args: readonly string[]): StepResult | undefined => {
  const id = privateLesson(turn.lessons, ['lesson', ...args].join(':'));
  const isOpen =
    id === undefined ||
    turn.session.offered.some(({ payload }) => privateLesson(turn.lessons, payload) === id);
  return isOpen ? undefined : askToSee(turn, id);
};

/** What she says of lessons in whole phrases: the language to hear them in, and a certificate. */
export const lessonWorkSaid = (turn: MemberTurn): StepResult | undefined => {
  const work = turn.input.type === 'words' ? turn.lessonWork(turn.input.text) : undefined;
  switch (work?.type) {
    case 'hear':
      return namesLanguage(turn, work.language) ? hearIn(turn, work.language) : undefined;
    case 'take':
      // "C5" alone may be something else, where no lesson is called so; "R 20" may be it anyway.
      if (work.apart || (work.bare && !turn.lessons.has(work.lessonId))) return undefined;
      return withLessons(turn, (lessons) => takeOne(lessons, work.lessonId));
    case 'number':
      return withLessons(turn, (lessons) => takeNumber(lessons, work.number));
    case 'repeat':
      return withLessons(turn, (lessons) => repeatLesson(lessons, work.lessonId));
    case 'groupLesson':
      return isOfficerTurn(turn) ? meetingVerb(turn, 'lesson', []) : undefined;
    case 'schedule':
      return lessonDaysWished(turn, work.wish);
    case 'groupWish':
      // In the middle of something else, such as words to staff, it may be part of that.
      return turn.session.flow.type === 'idle' ? groupLessons(turn) : undefined;
    case 'languages':
      return withLessons(turn, languagesSaid);
    case 'certificate':
      return certificate(turn, 'own');
    case 'groupCertificate':
      return certificate(turn, 'group');
    default:
      return undefined;
  }
};

/** What is said of one lesson or one topic. */
const ofOne = (
  turn: LessonTurn,
  what: string,
  [first, second]: readonly [string, string],
): StepResult | undefined => {
  switch (what) {
    case 'part':
      return anyPart(turn, first, Number(second));
    case 'answer':
      return answerLesson(turn, first, second);
    case 'again':
      return answerAgain(turn, first, second);
    case 'did':
      return lessonDid(turn, first, second);
    case 'topics':
      return topics(turn);
    case 'track': {
      const track = TRACKS.find((one) => one === first);
      return track && lessonsOfTrack(turn, track);
    }
    case 'apart':
      return apart(turn, TRACKS.find((one) => one === first) ?? 'all', pageOf(second));
    case 'take':
      return onShelf(turn, first) && takeOne(turn, first);
    case 'see':
      return askToSee(turn, first);
    case 'yes':
      return seeNow(turn, first);
    default:
      return undefined;
  }
};

/** A part of a lesson she is in: the button of another one is old, or forged. */
const anyPart = (turn: LessonTurn, id: string, part: number): StepResult | undefined => {
  const item = onShelf(turn, id);
  const isPart = Number.isInteger(part) && part >= 1 && part <= PARTS;
  return item && isPart && turn.of.get(id)?.openedAt ? givePart(turn, item, { part }) : undefined;
};

const pageOf = (text: string): number => (/^\d{1,2}$/u.test(text) ? Number(text) : 0);

/** What she says of lessons in her words, and the answer to an open question about them. */
export const lessonSaid = (
  turn: MemberTurn,
  intent: Intent,
  otherwise: () => StepResult,
): StepResult | undefined => {
  const { flow } = turn.session;
  switch (intent) {
    case 'lesson.next':
      return groupLessons(turn) ?? lessonNext(turn);
    case 'lesson.topic':
      return lessonTopic(turn, turn.input.type === 'words' ? turn.input.meaning.topic : undefined);
    case 'lesson.continue':
      return lessonGoOn(turn);
    case 'lesson.done':
      return lessonDone(turn, otherwise);
    case 'lessons.off':
      return groupLessons(turn) ?? lessonsSwitch(turn, false);
    case 'lessons.on':
      return groupLessons(turn) ?? lessonsSwitch(turn, true);
    case 'lesson.hour':
      return groupLessons(turn) ?? lessonHour(turn);
    case 'unknown':
      if (flow.type === 'lesson-hour') return lessonHour(turn);
      return flow.type === 'lesson-question'
        ? withLessons(turn, (lessons) => askOnce(lessons, flow.lessonId, flow.again) ?? otherwise())
        : undefined;
    default:
      return undefined;
  }
};

const expired = (turn: MemberTurn): StepResult =>
  decide(turn, { flow: turn.session.flow, replies: [reply([say('done.expired')])] });
