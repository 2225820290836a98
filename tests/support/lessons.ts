// Lessons as they are in locales/, and the same with a fault planted.

import { Temporal } from 'temporal-polyfill';
import { loadLessonStandards, readLessons } from '../../src/app/load-lessons.ts';
import { checkLessons, type LessonStandards } from '../../src/content/lessons/check-lessons.ts';
import { faultText } from '../../src/content/lessons/fault.ts';
import { type LessonFile, parseLesson } from '../../src/content/lessons/parse-lesson.ts';
import { textOf } from './tidy/files.ts';

const LOCALES = new URL('../../locales/', import.meta.url);
export const written = readLessons(LOCALES);

/** As of the newest review: what holds of today's lessons must not fail because a year has passed. */
export const standards: LessonStandards = loadLessonStandards(
  LOCALES,
  written.files
    .map(({ lesson }) => lesson.lastReviewed)
    .reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one)),
);

/** A lesson with nothing wrong, which no reviewer changes, on the day of its review; nobody has called a line but 911. */
export const good = {
  es: textOf('tests/fixtures/lessons/what-can-wait.es.md'),
  en: textOf('tests/fixtures/lessons/what-can-wait.en.md'),
};
export const fixed: LessonStandards = {
  ...standards,
  today: Temporal.PlainDate.from('2026-11-22'),
  helpLines: standards.helpLines.filter(({ number }) => number === '911'),
};

const NAME = 'lessons/finance/02-what-can-wait.md';
export const ES = `locales/es/${NAME}`;
export const EN = `locales/en/${NAME}`;

/** What is changed in a text: each first part into its second one. */
export type Change = readonly (readonly [string, string])[];

const changed = (text: string, change: Change): string =>
  change.reduce((rest, [from, to]) => {
    if (!rest.includes(from)) throw new Error(`the lesson no longer says "${from}"`);
    return rest.replace(from, to);
  }, text);

/** The faults of that lesson after changes, "file:line: problem"; the Spanish change is made in both where `en` is left out. */
export const faultsAfter = (
  es: Change,
  { en = es, standards: held = fixed }: { en?: Change; standards?: LessonStandards } = {},
): string[] => faultsOf({ [ES]: changed(good.es, es), [EN]: changed(good.en, en) }, held);

export const faultsOf = (texts: Readonly<Record<string, string>>, held = fixed): string[] => {
  const readings = Object.entries(texts).map(([file, text]) => parseLesson(file, text));
  const unread = readings.flatMap((reading) => (reading.ok ? [] : reading.faults));
  const files = readings.flatMap((reading): LessonFile[] => (reading.ok ? [reading.read] : []));
  return [...unread, ...checkLessons(files, held)].map(faultText);
};

/** The line on which the Spanish lesson says it, after the change. */
export const lineSaying = (part: string, change: Change = []): number =>
  changed(good.es, change)
    .split('\n')
    .findIndex((line) => line.includes(part)) + 1;
