import { type ProgressOf, progressBy } from '../../domain/lesson/progress.ts';
import { type ShelfLesson, shelfOf } from '../../domain/lesson/shelf.ts';
import type { LessonFacts } from '../lesson-facts.ts';
import type { StepResult } from '../outcome.ts';
import { type MemberTurn, needs, todayOf } from '../turn.ts';

/** A turn about lessons: what may go out to her, and how far she is. */
export type LessonTurn = MemberTurn & {
  readonly facts: LessonFacts;
  readonly shelf: readonly ShelfLesson[];
  readonly of: ProgressOf;
  /** The languages (BCP-47) she wants lessons in, the best first. */
  readonly wanted: readonly string[];
};

/** Goes on with the facts about lessons; they are loaded when they are not there yet. */
export const withLessons = (turn: MemberTurn, then: (turn: LessonTurn) => StepResult): StepResult => {
  const { extra, group } = turn.speaker;
  const facts = extra.lessons;
  if (!facts) return needs({ type: 'lessons' });
  const wanted = [...(facts.wishes.language ? [facts.wishes.language] : []), turn.language];
  const shelf = shelfOf(
    { catalogue: turn.lessons, sha256: turn.sha256 },
    {
      today: todayOf(turn),
      place: group.place,
      drafts: facts.drafts,
      languages: facts.languages,
      approved: facts.approved,
    },
    wanted,
  );
  return then({ ...turn, facts, shelf, wanted, of: progressBy(facts.progress) });
};

/** A lesson that may go out to her, by its id; a button may be old or forged. */
export const onShelf = ({ shelf }: LessonTurn, id: string): ShelfLesson | undefined =>
  shelf.find(({ lesson }) => lesson.id === id);

/** How many of its parts she has had. */
export const partHad = ({ of }: LessonTurn, { lesson }: ShelfLesson): number => of.get(lesson.id)?.part ?? 0;
