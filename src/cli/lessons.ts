import { Temporal } from 'temporal-polyfill';
import { loadHelpLines, loadLessonStandards, readLessons } from '../app/load-lessons.ts';
import { type HelpLine, linesToCall, shownLines } from '../content/help-lines.ts';
import { checkLessons } from '../content/lessons/check-lessons.ts';
import { readingSummary } from '../content/lessons/check-reading.ts';
import { faultText } from '../content/lessons/fault.ts';
import type { LessonFile } from '../content/lessons/parse-lesson.ts';
import { isDraft } from '../domain/lesson/lesson.ts';
import { ROOT } from '../start.ts';
import { complain, print } from './command.ts';

const LOCALES = new URL('locales/', ROOT);

/**
 * Looks at every lesson, or at the named ones, and says what is wrong with file and line.
 *
 * @param wanted ids such as "F4", or parts of a file's name
 * @returns exit code: 0 all are right, 1 something is wrong, 2 no lesson is named so
 */
export const checkLessonsCommand = async (wanted: readonly string[]): Promise<number> => {
  const { files, faults: unread } = readLessons(LOCALES);
  const today = Temporal.Now.plainDateISO();
  const all = [...unread, ...checkLessons(files, loadLessonStandards(LOCALES, today))];
  const isWanted = wantedFiles(files, wanted);
  const chosen = files.filter(({ file }) => isWanted(file));
  const faults = all.filter(({ file }) => isWanted(file));
  for (const fault of faults) complain(faultText(fault));
  if (wanted.length > 0)
    for (const file of chosen) print(`${file.lesson.id} ${file.language}: ${readingSummary(file)}`);
  if (chosen.length === 0 && faults.length === 0) {
    complain('No lesson is named so.');
    return 2;
  }
  const drafts = chosen.filter(({ lesson }) => isDraft(lesson)).length;
  print(`${chosen.length} lesson files, ${drafts} of them drafts; ${faults.length} faults.`);
  return faults.length > 0 ? 1 : 0;
};

/** A lesson that is named by its id is meant in every language, and so is the file that is missing in one. */
const wantedFiles = (files: readonly LessonFile[], wanted: readonly string[]) => {
  const names = new Set(
    files.filter(({ lesson }) => wanted.includes(lesson.id)).map(({ name }) => `lessons/${name}`),
  );
  return (file: string): boolean =>
    wanted.length === 0 ||
    [...names].some((name) => file.endsWith(name)) ||
    wanted.some((part) => part.length > 3 && file.includes(part));
};

/** What a person must still call and confirm before a woman may be shown it. Exit 0. */
export const helpLinesCommand = async (): Promise<number> => {
  const lines = loadHelpLines(LOCALES);
  const { call, find, again } = linesToCall(lines, Temporal.Now.plainDateISO());
  const sections: readonly [string, readonly HelpLine[]][] = [
    ['Shown to members:', shownLines(lines)],
    ['Call again, the last call is too long ago:', again],
    [
      'Call from the area on a prepaid telephone, then write "confirmed" and the day into "checked_on":',
      call,
    ],
    ['Do not show: find or confirm the number first:', find],
  ];
  const filled = sections.filter(([, of]) => of.length > 0);
  print(filled.map(([title, of]) => [title, ...of.map(asText)].join('\n')).join('\n\n'));
  return 0;
};

const asText = ({ id, area, name, number, option, checked_on, source_date, note }: HelpLine): string => {
  const dial = number === null ? 'no number' : option === undefined ? number : `${number}, option ${option}`;
  const known = checked_on ? `called ${checked_on.toString()}` : `source of ${source_date ?? 'unknown date'}`;
  return [`  ${area.padEnd(8)}  ${dial.padEnd(18)}  ${name} (${id}; ${known})`, `            ${note}`]
    .filter((line) => line.trim() !== '')
    .join('\n');
};
