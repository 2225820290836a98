import type { Catalogue } from './catalogue.ts';
import type { ProgressOf } from './progress.ts';

/** So many lessons of the open ones, and she may have a certificate; a group, with as many heard in its meetings. */
export const CERTIFICATE_LESSONS = 8;

/** Whether a lesson is an open one: those that go out only on request are never counted with a name. */
export const isOpenLesson = (catalogue: Catalogue, lessonId: string): boolean => {
  const languages = catalogue.get(lessonId);
  return (
    languages !== undefined && [...languages.values()].every(({ sensitivity }) => sensitivity === 'open')
  );
};

/** How many of the open lessons she has finished. */
export const openFinished = (catalogue: Catalogue, of: ProgressOf): number =>
  [...of.values()].filter(({ lessonId, finishedAt }) => finishedAt && isOpenLesson(catalogue, lessonId))
    .length;
