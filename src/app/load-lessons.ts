import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { type HelpLine, parseHelpLines } from '../content/help-lines.ts';
import { isBesideName, withBeside } from '../content/lessons/beside.ts';
import { checkLessons, type LessonStandards } from '../content/lessons/check-lessons.ts';
import type { LessonFault } from '../content/lessons/fault.ts';
import { type LessonFile, parseLesson } from '../content/lessons/parse-lesson.ts';
import { parseLessonSources } from '../content/lessons/sources.ts';
import { parseSpoken } from '../content/lessons/spoken-languages.ts';
import { type LessonWords, parseLessonWords } from '../content/lessons/words.ts';
import { type Catalogue, catalogueOf } from '../domain/lesson/catalogue.ts';
import type { SpokenLanguage } from '../domain/lesson/spoken.ts';
import { type LessonFiles, lessonFiles, readBeside, unnamedFaults } from './lesson-files.ts';

/**
 * Every lesson of every language from `locales/`. A file that cannot be read is left out and its faults are told: one
 * broken lesson is not sent, and the others are.
 *
 * @param folder the locales folder, ending in a slash
 */
export const readLessons = (
  folder: URL,
): { readonly files: readonly LessonFile[]; readonly faults: readonly LessonFault[] } => {
  const paths = lessonPaths(folder);
  const beside = readBeside(
    folder,
    paths.filter((file) => isBesideName(file)),
  );
  const readings = paths
    .filter((file) => !isBesideName(file))
    .map((file) => parseLesson(`locales/${file}`, readFileSync(new URL(file, folder), 'utf8')));
  const files = readings.flatMap((reading): LessonFile[] => {
    if (!reading.ok) return [];
    const { read } = reading;
    const there = beside.get(path.posix.dirname(read.file).replace(/^locales\//u, '')) ?? new Map();
    return [{ ...read, lesson: withBeside(read.lesson, there), beside: there }];
  });
  return {
    files,
    faults: [
      ...readings.flatMap((reading) => (reading.ok ? [] : reading.faults)),
      ...unnamedFaults(beside, files),
    ],
  };
};

/** What members may learn, and whom they may call. */
export type Curriculum = {
  readonly lessons: Catalogue;
  /** Their pictures and recordings. */
  readonly files: LessonFiles;
  readonly helpLines: readonly HelpLine[];
  readonly spoken: readonly SpokenLanguage[];
  /** Words of any language that are never sent unasked. */
  readonly sensitive: readonly string[];
  /** Why lessons are left out. */
  readonly faults: readonly LessonFault[];
};

export const NO_CURRICULUM: Curriculum = {
  lessons: new Map(),
  files: new Map(),
  helpLines: [],
  spoken: [],
  sensitive: [],
  faults: [],
};

/** The lessons that may be used, in every language, and the lines to call. */
export const loadCurriculum = (folder: URL, today = Temporal.Now.plainDateISO()): Curriculum => ({
  ...soundLessons(folder, today),
  helpLines: loadHelpLines(folder),
  spoken: loadSpoken(folder),
  sensitive: [...loadWords(folder).values()].flatMap(({ sensitive, unasked }) => [...sensitive, ...unasked]),
});

/** A lesson with a fault in one language is left out in all of them, so that nobody gets half of what was reviewed. */
const soundLessons = (
  folder: URL,
  today: Temporal.PlainDate,
): Pick<Curriculum, 'lessons' | 'files' | 'faults'> => {
  const { files, faults: unread } = readLessons(folder);
  const faults = [...unread, ...checkLessons(files, loadLessonStandards(folder, today))];
  const faulty = new Set(faults.map(({ file }) => nameIn(file)));
  const sound = files.filter(({ file }) => !faulty.has(nameIn(file)));
  return { lessons: catalogueOf(sound), files: lessonFiles(folder, sound), faults };
};

/** "finance/04-….md", the same in every language. */
const nameIn = (file: string): string => file.split('/lessons/')[1] ?? file;

/** The languages that lessons may be spoken in. Throws when the file is missing or has another shape, naming it. */
export const loadSpoken = (folder: URL): readonly SpokenLanguage[] =>
  parsed(folder, 'spoken-languages.json', parseSpoken);

/** The lines to call from `locales/`. Throws when the file is missing or has another shape, naming it. */
export const loadHelpLines = (folder: URL): readonly HelpLine[] =>
  parsed(folder, 'help-lines.json', parseHelpLines);

/** What lessons are held against, from `locales/`. Throws when a file is missing or has another shape, naming it. */
export const loadLessonStandards = (folder: URL, today: Temporal.PlainDate): LessonStandards => ({
  sources: parsed(folder, 'lesson-sources.json', parseLessonSources),
  helpLines: loadHelpLines(folder),
  words: loadWords(folder),
  today,
});

const loadWords = (folder: URL): ReadonlyMap<string, LessonWords> =>
  new Map(
    languagesIn(folder)
      .map((language) => ({ language, file: `${language}/lesson-words.json` }))
      .filter(({ file }) => existsSync(new URL(file, folder)))
      .map(({ language, file }) => [language, parsed(folder, file, parseLessonWords)]),
  );

/** Every file there, so that a misnamed one is told and not passed over; "es/lessons/finance/04-….md". */
const lessonPaths = (folder: URL): string[] =>
  languagesIn(folder).flatMap((language) => {
    const lessons = fileURLToPath(new URL(`${language}/lessons`, folder));
    if (!existsSync(lessons)) return [];
    return readdirSync(lessons, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => path.relative(lessons, path.join(entry.parentPath, entry.name)))
      .map((file) => `${language}/lessons/${file.replaceAll(path.sep, '/')}`)
      .sort();
  });

const languagesIn = (folder: URL): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const parsed = <Read>(folder: URL, file: string, parse: (json: unknown) => Read): Read => {
  try {
    return parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  } catch (error) {
    throw new Error(`locales/${file} cannot be used: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  }
};
