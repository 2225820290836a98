import { TRACKS, type Track } from '../../domain/lesson/lesson.ts';
import { lastOpened, nextOfTrack, openOnes, optInOnes } from '../../domain/lesson/progress.ts';
import type { ShelfLesson } from '../../domain/lesson/shelf.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { givePart, goOn, titleOf, words } from './lesson-part.ts';
import { type LessonTurn, onShelf, withLessons } from './lesson-shelf.ts';

/** Titles on one screen: with "Más" and "Ahora no" a list of WhatsApp is full. */
const TITLES_SHOWN = 8;

/** "Quiero saber de nutrición", or a topic that is none of ours: then she is shown which there are. */
export const lessonTopic = (turn: MemberTurn, topic: string | undefined): StepResult =>
  withLessons(turn, (lessons) => {
    const track = TRACKS.find((one) => one === topic);
    return track ? lessonsOfTrack(lessons, track) : topics(lessons);
  });

/** The next lesson of a track. Where all of it is opt-in, the neutral titles to choose from. */
export const lessonsOfTrack = (turn: LessonTurn, track: Track): StepResult => {
  const next = nextOfTrack(turn.shelf, turn.of, track);
  if (next) return goOn(turn, next);
  if (optInOnes(turn.shelf).some(({ lesson }) => lesson.track === track))
    return apart(turn, track, 0) ?? topics(turn);
  const had = turn.shelf.some(({ lesson }) => lesson.track === track);
  return topics(turn, had ? 'lesson.topic-done' : 'lesson.topic-none');
};

/** The topics by number, word or button. What is opt-in stands together behind a name that tells nothing. */
export const topics = (
  turn: LessonTurn,
  title: 'lesson.topics' | 'lesson.topic-done' | 'lesson.topic-none' = 'lesson.topics',
): StepResult => {
  const open = TRACKS.filter((track) => openOnes(turn.shelf).some(({ lesson }) => lesson.track === track));
  const hasApart = optInOnes(turn.shelf).length > 0;
  if (open.length === 0 && !hasApart) return decide(turn, { replies: [reply([say('lesson.none-yet')])] });
  return decide(turn, {
    replies: [
      reply(
        [say(title)],
        [
          ...open.map((track) => offer(`lesson:track:${track}`, say(`lesson.track-${track}`))),
          ...(hasApart ? [offer('lesson:apart:all:0', say('lesson.apart'))] : []),
        ],
      ),
    ],
  });
};

/** Neutral titles of the lessons that go out only when she asks for them, a screen at a time. */
export const apart = (turn: LessonTurn, track: Track | 'all', page: number): StepResult | undefined => {
  const all = optInOnes(turn.shelf).filter(({ lesson }) => track === 'all' || lesson.track === track);
  const shown = all.slice(page * TITLES_SHOWN, (page + 1) * TITLES_SHOWN);
  if (shown.length === 0) return undefined;
  const more = all.length > (page + 1) * TITLES_SHOWN;
  return decide(turn, {
    replies: [
      reply(
        [say('lesson.apart-which')],
        [
          ...shown.map((item) => offer(`lesson:see:${item.lesson.id}`, words(titleOf(item)))),
          ...(more ? [offer(`lesson:apart:${track}:${page + 1}`, say('lesson.apart-more'))] : []),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** Before each of them a yes of its own: who holds the telephone now may not be who asked yesterday. */
export const askToSee = (turn: LessonTurn, id: string): StepResult | undefined => {
  const item = reserved(turn, id);
  return (
    item &&
    decide(turn, {
      replies: [
        reply(
          [say('lesson.apart-alone', { title: titleOf(item) }), say('lesson.apart-now')],
          [offer(`lesson:yes:${id}`, say('choice.yes')), offer('no', say('choice.not-now'))],
        ),
      ],
    })
  );
};

/** "Lección F4": the one she names; the topics where it may not go out to her. */
export const takeOne = (turn: LessonTurn, id: string): StepResult => {
  const item = onShelf(turn, id);
  if (!item) return topics(turn);
  return askToSee(turn, id) ?? goOn(turn, item);
};

/** "Lección 4": of which track; where only one has it, that one. */
export const takeNumber = (turn: LessonTurn, number: number): StepResult => {
  const found = openOnes(turn.shelf).filter(
    ({ lesson }) => lesson.id.replace(/^\D+/u, '') === String(number),
  );
  const [only, ...others] = found;
  if (!only) return decide(turn, { replies: [reply([say('lesson.no-number', { number })])] });
  if (others.length === 0) return goOn(turn, only);
  return decide(turn, {
    replies: [
      reply(
        [say('lesson.which-number', { number })],
        [
          ...found.map((item) => offer(`lesson:take:${item.lesson.id}`, words(titleOf(item)))),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** From its beginning once more: the one she names, or the last one she had. What is private needs her yes. */
export const repeatLesson = (turn: LessonTurn, id: string | undefined): StepResult => {
  const item = id === undefined ? lastOpened(turn.shelf, turn.of) : onShelf(turn, id);
  if (!item) return topics(turn);
  return askToSee(turn, item.lesson.id) ?? givePart(turn, item, { part: 1 });
};

/** She said yes to this one, and to no other. */
export const seeNow = (turn: LessonTurn, id: string): StepResult | undefined => {
  const item = reserved(turn, id);
  return item && goOn(turn, item);
};

const reserved = (turn: LessonTurn, id: string): ShelfLesson | undefined => {
  const item = onShelf(turn, id);
  return item?.lesson.sensitivity === 'opt-in' ? item : undefined;
};
