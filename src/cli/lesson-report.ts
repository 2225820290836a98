import {
  COUNT_MIN,
  FUNNEL_STEPS,
  type FunnelStep,
  percentOfAll,
  type ToldFunnel,
  toldFunnels,
} from '../domain/lesson/funnel.ts';
import { inert, spreadsheet } from '../store/export-csv.ts';
import { readFunnels } from '../store/lesson-funnels.ts';
import { complain, json, print, withStore } from './command.ts';

/** As they are given on the command line. */
export type LessonReportOptions = {
  readonly programme?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
};

/** What each count is of, as a reader needs it. */
const STEPS: Readonly<Record<FunnelStep, string>> = {
  enrolled: 'was to have it',
  delivered: 'it arrived',
  opened: 'opened it',
  finished: 'finished it',
  rightFirst: 'right at once',
  rightLater: 'missed it, right when it came back after 7 days',
  did: 'says she did it',
};

/** How far members come with each lesson, of everyone who was to have it. Exit code 0; 2 for what cannot be asked. */
export const lessonReportCommand = async (options: LessonReportOptions): Promise<number> => {
  if (options.json && options.csv) return refuse('Say either --json or --csv, not both.');
  return withStore(async ({ store }) => {
    const funnels = await readFunnels(store.pool, options.programme);
    if (!funnels) return refuse(`No programme is called "${options.programme}".`);
    const told = toldFunnels(funnels);
    if (options.csv) print(csvOf(told).trimEnd());
    else if (options.json) print(json({ countsBelowAreWithheld: COUNT_MIN, steps: STEPS, lessons: told }));
    else print(told.length > 0 ? pageOf(told) : `No lesson has reached ${COUNT_MIN} members yet.`);
    return 0;
  });
};

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};

/** One line per lesson, language and way. */
export const csvOf = (told: readonly ToldFunnel[]): string =>
  spreadsheet([
    ['lesson', 'language', 'how', ...FUNNEL_STEPS],
    ...told.map((funnel) => [
      inert(funnel.lessonId),
      inert(funnel.language),
      how(funnel),
      ...FUNNEL_STEPS.map((step) => countText(funnel.counts[step])),
    ]),
  ]);

const pageOf = (told: readonly ToldFunnel[]): string =>
  [
    ...told.map((funnel) =>
      [
        `${funnel.lessonId}, ${funnel.language}, ${how(funnel)}`,
        ...FUNNEL_STEPS.map((step) => {
          const percent = percentOfAll(funnel, step);
          const of = percent === undefined ? '' : ` (${percent} %)`;
          return `  ${countText(funnel.counts[step]).padStart(6)}${of.padEnd(8)} ${STEPS[step]}`;
        }),
      ].join('\n'),
    ),
    `Percent are of everyone who was to have it. Counts below ${COUNT_MIN} are withheld.`,
  ].join('\n\n');

const how = ({ voice }: ToldFunnel): string => (voice ? 'spoken' : 'written');

const countText = (count: number | undefined): string =>
  count === undefined ? `<${COUNT_MIN}` : String(count);
