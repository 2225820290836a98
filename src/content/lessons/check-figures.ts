import type { LessonFault } from './fault.ts';
import { figuresIn, isSumRight, plainFigure } from './figures.ts';
import type { LessonFile } from './parse-lesson.ts';
import { dialled, phoneNumbersIn, withoutPhoneNumbers } from './phone-numbers.ts';
import { faultIn, piecesOf } from './pieces.ts';
import type { LessonSources } from './sources.ts';
import { type LessonWords, wordsFound } from './words.ts';

const EXAMPLE = 'example';

type Known = {
  readonly sources: LessonSources;
  readonly words: LessonWords | undefined;
  /** The numbers that may be shown, as they are dialled. */
  readonly shown: ReadonlySet<string>;
};

/** Every figure has its source, every sum comes out, and every telephone number may be shown. */
export const figureFaults = (file: LessonFile, known: Known): LessonFault[] => [
  ...textFaults(file, known),
  ...numberFaults(file, known.sources),
];

const textFaults = (file: LessonFile, { words, shown }: Known): LessonFault[] => {
  const given = new Set(Object.keys(file.lesson.numbers).map((figure) => plainFigure(figure)));
  return piecesOf(file).flatMap(({ place, text }) => {
    const hidden = phoneNumbersIn(text).filter((number) => !shown.has(dialled(number)));
    const rest = withoutPhoneNumbers(text);
    const unknown = figuresIn(rest).filter((figure) => !given.has(figure));
    const spelled = wordsFound(
      rest.replace(/\d[\d.,]*\s?(?:por ciento|percent)/gu, ' '),
      words?.numerals ?? [],
    );
    return [
      ...hidden.map((number) =>
        faultIn(file, place, `says "${number}", which is no confirmed line of locales/help-lines.json`),
      ),
      ...unknown.map((figure) => faultIn(file, place, `says "${figure}", and numbers gives it no source`)),
      ...spelled.map((word) =>
        faultIn(file, place, `says "${word}": write the number in figures, with its source in numbers`),
      ),
    ];
  });
};

const numberFaults = (file: LessonFile, known: LessonSources): LessonFault[] => {
  const { numbers, sources } = file.lesson;
  const said = new Set(piecesOf(file).flatMap(({ text }) => figuresIn(withoutPhoneNumbers(text))));
  const at = (figure: string, problem: string): LessonFault =>
    faultIn(file, 'numbers', `${figure} ${problem}`);
  return Object.entries(numbers).flatMap(([figure, from]) => {
    if (!said.has(plainFigure(figure))) return [at(figure, 'is said nowhere in the lesson')];
    if (from === EXAMPLE) return [];
    if (from.startsWith('=')) {
      const isRight = isSumRight(from, figure);
      if (isRight === undefined) return [at(figure, `has the sum "${from}", which cannot be read`)];
      return isRight ? [] : [at(figure, `is not what "${from}" comes to`)];
    }
    if (!sources.includes(from)) return [at(figure, `rests on "${from}", which is not among sources`)];
    if (known[from]?.status === 'conflicting')
      return [at(figure, `rests on ${from}, which other sources contradict: leave the figure out`)];
    return [];
  });
};
