import type { Temporal } from 'temporal-polyfill';
import type { Lesson } from '../../domain/lesson/lesson.ts';
import { type HelpLine, shownLines } from '../help-lines.ts';
import { besideFaults } from './check-beside.ts';
import { figureFaults } from './check-figures.ts';
import { headerFaults } from './check-header.ts';
import { readingFaults } from './check-reading.ts';
import { wordFaults } from './check-words.ts';
import type { LessonFault } from './fault.ts';
import { plainFigure } from './figures.ts';
import type { LessonFile } from './parse-lesson.ts';
import { dialled } from './phone-numbers.ts';
import { faultIn } from './pieces.ts';
import type { LessonSources } from './sources.ts';
import type { LessonWords } from './words.ts';

/** Every lesson is in these; others fall back to Spanish. */
const LESSON_LANGUAGES = ['es', 'en'] as const;

/** What the lessons are held against. */
export type LessonStandards = {
  readonly sources: LessonSources;
  readonly helpLines: readonly HelpLine[];
  /** By language; one without a list is not searched for words. */
  readonly words: ReadonlyMap<string, LessonWords>;
  readonly today: Temporal.PlainDate;
};

/** Everything that is wrong in lessons that can be read, file by file: docs/lessons.md says each rule. */
export const checkLessons = (files: readonly LessonFile[], standards: LessonStandards): LessonFault[] => {
  const { sources, helpLines, today } = standards;
  const shown = new Set(shownLines(helpLines).flatMap(({ number }) => (number ? [dialled(number)] : [])));
  const faults = files.flatMap((file) => {
    const words = standards.words.get(file.language);
    return [
      ...headerFaults(file, { sources, shown, today }),
      ...figureFaults(file, { sources, words, shown }),
      ...readingFaults(file),
      ...besideFaults(file),
      ...(words ? wordFaults(file, words) : []),
    ];
  });
  return [...faults, ...twiceFaults(files), ...languageFaults(files)].toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line,
  );
};

const twiceFaults = (files: readonly LessonFile[]): LessonFault[] =>
  files.flatMap((file, at) => {
    const earlier = files
      .slice(0, at)
      .find(({ language, lesson }) => language === file.language && lesson.id === file.lesson.id);
    return earlier ? [faultIn(file, 'id', `is "${file.lesson.id}", as in ${earlier.file}`)] : [];
  });

/** What must be the same in every language, by the name of its field. */
const SHARED: Readonly<Record<string, (lesson: Lesson) => unknown>> = {
  id: ({ id }) => id,
  track: ({ track }) => track,
  sensitivity: ({ sensitivity }) => sensitivity,
  sources: ({ sources }) => sources.toSorted(),
  area: ({ area }) => area.toSorted(),
  only_approved: ({ onlyApproved }) => onlyApproved,
  expires: ({ expires }) => expires.toString(),
  image: ({ image }) => image !== undefined,
  'quiz.answer': ({ quiz }) => quiz.answer,
  numbers: ({ numbers }) =>
    Object.entries(numbers)
      .map(([figure, from]) => `${plainFigure(figure)}: ${from}`)
      .sort(),
};

const languageFaults = (files: readonly LessonFile[]): LessonFault[] => {
  const names = [...new Set(files.map(({ name }) => name))];
  return names.flatMap((name) => {
    const versions = files.filter((file) => file.name === name);
    const first = versions.find(({ language }) => language === 'es') ?? versions[0];
    const missing = LESSON_LANGUAGES.filter(
      (wanted) => !versions.some(({ language }) => language === wanted),
    );
    return [
      ...missing.map((language) => ({
        file: `locales/${language}/lessons/${name}`,
        line: 1,
        problem: `is missing, and ${first?.file ?? name} is there`,
      })),
      ...versions.flatMap((file) => (first && file !== first ? differences(file, first) : [])),
    ];
  });
};

const differences = (file: LessonFile, first: LessonFile): LessonFault[] =>
  Object.entries(SHARED)
    .filter(([, valueOf]) => JSON.stringify(valueOf(file.lesson)) !== JSON.stringify(valueOf(first.lesson)))
    .map(([field]) => faultIn(file, field, `is not as in ${first.file}`));
