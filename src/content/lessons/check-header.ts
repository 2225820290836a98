import type { Temporal } from 'temporal-polyfill';
import { isExpired, type Lesson, type Track } from '../../domain/lesson/lesson.ts';
import type { LessonFault } from './fault.ts';
import type { LessonFile } from './parse-lesson.ts';
import { dialled, phoneNumbersIn } from './phone-numbers.ts';
import { faultIn, piecesOf } from './pieces.ts';
import type { LessonSources } from './sources.ts';

/** After so many months a person looks at a lesson again; sooner where it says a price, a wage or a number to dial. */
const MONTHS_MAX = 12;
const MONTHS_MAX_WITH_PRICES = 3;
const EMERGENCY = '911';

const LETTERS: Readonly<Record<Track, readonly string[]>> = {
  finance: ['F'],
  nutrition: ['N'],
  rights: ['R', 'RS'],
  business: ['B'],
  'self-care': ['C'],
  health: ['P'],
};

type Known = {
  readonly sources: LessonSources;
  /** The numbers that may be shown, as they are dialled. */
  readonly shown: ReadonlySet<string>;
  readonly today: Temporal.PlainDate;
};

/** Its id, its sources, its dates, and that rights are opt-in. */
export const headerFaults = (file: LessonFile, known: Known): LessonFault[] => [
  ...idFaults(file),
  ...sourceFaults(file, known.sources),
  ...dateFaults(file, known),
];

const idFaults = (file: LessonFile): LessonFault[] => {
  const { id, track, sensitivity } = file.lesson;
  const [, letter = '', number = ''] = /^(\D+)(\d+)$/u.exec(id) ?? [];
  const faults: LessonFault[] = [];
  if (!LETTERS[track].includes(letter))
    faults.push(
      faultIn(file, 'id', `is "${id}", but lessons of ${track} begin with ${LETTERS[track].join(' or ')}`),
    );
  // RS1 is local and stands after the numbered ones.
  if (letter.length === 1 && Number(number) !== file.place)
    faults.push(faultIn(file, 'id', `is "${id}", but the file's name begins with another number`));
  if (track === 'rights' && sensitivity !== 'opt-in')
    faults.push(faultIn(file, 'sensitivity', 'is open, but lessons on rights are opt-in'));
  return faults;
};

const sourceFaults = (file: LessonFile, known: LessonSources): LessonFault[] => {
  const { sources } = file.lesson;
  const unknown = sources.filter((id) => !Object.hasOwn(known, id));
  const twice = sources.filter((id, at) => sources.indexOf(id) !== at);
  return [
    ...unknown.map((id) =>
      faultIn(file, 'sources', `names "${id}", which is not in locales/lesson-sources.json`),
    ),
    ...twice.map((id) => faultIn(file, 'sources', `names "${id}" twice`)),
  ];
};

const dateFaults = (file: LessonFile, { shown, today }: Known): LessonFault[] => {
  const { lesson } = file;
  const { lastReviewed, expires } = lesson;
  const months = pricesOf(lesson) || hasNumbers(file, shown) ? MONTHS_MAX_WITH_PRICES : MONTHS_MAX;
  const latest = lastReviewed.add({ months });
  const faults: LessonFault[] = [];
  if (isExpired(lesson, today))
    faults.push(faultIn(file, 'expires', `is ${expires.toString()}: the lesson goes out no more`));
  if (lastReviewed.until(today).days < 0)
    faults.push(faultIn(file, 'last_reviewed', 'is a day that has not come yet'));
  if (latest.until(expires).days > 0)
    faults.push(
      faultIn(
        file,
        'expires',
        `is more than ${months} months after last_reviewed: write ${latest.toString()} or earlier`,
      ),
    );
  return faults;
};

/** 911 stays what it is; other lines move. */
const hasNumbers = (file: LessonFile, shown: ReadonlySet<string>): boolean =>
  piecesOf(file)
    .flatMap(({ text }) => phoneNumbersIn(text).map(dialled))
    .some((number) => shown.has(number) && number !== EMERGENCY);

/** Amounts of money that a source says; those of an example or a sum do not change with the year. */
const pricesOf = ({ numbers, sources }: Lesson): boolean =>
  Object.entries(numbers).some(([figure, from]) => figure.startsWith('$') && sources.includes(from));
