import { Temporal } from 'temporal-polyfill';
import {
  type DefinedFigure,
  groupReport,
  type IndicatorReport,
  indicatorCsv,
  type NamedGroup,
  programmeReports,
} from '../app/indicator-report.ts';
import { loadIndicatorWords } from '../app/indicator-words.ts';
import { ROOT } from '../start.ts';
import { readIndicators } from '../store/indicators.ts';
import { type ListedGroup, listGroups } from '../store/paper-facts.ts';
import { complain, json, print, withStore } from './command.ts';
import { plain } from './find-person.ts';

/** As they are given on the command line. */
export type IndicatorOptions = {
  readonly programme?: string;
  readonly group?: string;
  readonly on?: string;
  readonly language: string;
  readonly json?: boolean;
  readonly csv?: boolean;
};

/** The zone where a day begins first: nowhere is it later than here. */
const EARLIEST_ZONE = 'Etc/GMT-14';

const NO_GROUP = 'There is no group yet. Bring one in first: comadre import programme.json';

/** The indicators of every programme, of one, or of one group: figures with their definitions. */
export const indicatorsCommand = async (options: IndicatorOptions): Promise<number> => {
  const { language } = options;
  if (language !== 'es' && language !== 'en') {
    return refuse(`--language "${language}" is not one of ours. Write --language es or --language en.`);
  }
  if (options.json && options.csv) return refuse('Say either --json or --csv, not both.');
  const day = dayOf(options.on);
  if (!day.ok) return refuse(day.problem);
  return withStore(async ({ store }) => {
    const chosen = choose(await listGroups(store), options);
    if (!chosen.ok) return refuse(chosen.problem);
    const found = await readIndicators(store.pool, {
      groupIds: chosen.groups.map(({ id }) => id),
      on: day.on,
      now: Temporal.Now.instant(),
    });
    const named = chosen.groups.flatMap(({ id, name, programme }): NamedGroup[] =>
      found.filter(({ groupId }) => groupId === id).map((group) => ({ ...group, name, programme })),
    );
    if (named.length === 0) {
      return refuse(`No book had begun on ${String(day.on)}. Ask for a later day with --on.`);
    }
    const words = loadIndicatorWords(new URL('locales/', ROOT));
    const reports =
      options.group === undefined
        ? programmeReports(named, words)
        : named.map((group) => groupReport(group, words));
    print(written(reports, { ...options, language }));
    return 0;
  });
};

const refuse = (problem: string): number => {
  complain(problem);
  return 2;
};

type Day =
  | { readonly ok: true; readonly on: Temporal.PlainDate | undefined }
  | { readonly ok: false; readonly problem: string };

/** A day that has come somewhere; none means today, where each group lives. */
export const dayOf = (text: string | undefined, option = '--on'): Day => {
  if (text === undefined) return { ok: true, on: undefined };
  const on = /^\d{4}-\d{2}-\d{2}$/.test(text) ? plainDate(text) : undefined;
  if (!on) return { ok: false, problem: `${option} "${text}" is not a day. Write it like 2026-11-22.` };
  const latest = Temporal.Now.plainDateISO(EARLIEST_ZONE);
  return Temporal.PlainDate.compare(on, latest) > 0
    ? { ok: false, problem: `${option} ${text} has not come. Say a day that has.` }
    : { ok: true, on };
};

const plainDate = (text: string): Temporal.PlainDate | undefined => {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

type Chosen =
  | { readonly ok: true; readonly groups: readonly ListedGroup[] }
  | { readonly ok: false; readonly problem: string };

/** The groups asked for by name; a group may be named with its programme: "Flor de Milpa, Raíces". */
export const choose = (
  all: readonly ListedGroup[],
  { programme, group }: Partial<IndicatorOptions>,
): Chosen => {
  if (all.length === 0) return { ok: false, problem: NO_GROUP };
  const ofProgramme =
    programme === undefined ? all : all.filter((one) => plain(one.programme) === plain(programme));
  if (ofProgramme.length === 0) {
    const names = [...new Set(all.map((one) => `  --programme "${one.programme}"`))];
    return { ok: false, problem: `No programme is called "${programme}". Say which:\n${names.join('\n')}` };
  }
  if (group === undefined) return { ok: true, groups: ofProgramme };
  const full = (one: ListedGroup): string => `${one.name}, ${one.programme}`;
  const found = ofProgramme.filter((one) => [one.name, full(one)].map(plain).includes(plain(group)));
  if (found.length === 1) return { ok: true, groups: found };
  const choices = (found.length > 1 ? found : ofProgramme).map((one) => `  --group "${full(one)}"`);
  const said = found.length > 1 ? 'More than one group is called that.' : `No group is called "${group}".`;
  return { ok: false, problem: `${said} Say which:\n${choices.join('\n')}` };
};

const written = (
  reports: readonly IndicatorReport[],
  { json: asJson, csv, group, language }: IndicatorOptions & { readonly language: 'es' | 'en' },
): string => {
  if (csv) return indicatorCsv(reports).trimEnd();
  if (asJson) return json(group === undefined ? { programmes: reports } : reports[0]);
  return reports.map((report) => pageOf(report, language)).join('\n\n');
};

const pageOf = (
  { programme, group, on, indicators, groups }: IndicatorReport,
  language: 'es' | 'en',
): string => {
  const title = [programme, ...(group === undefined ? [] : [group]), on].join(', ');
  const rows = indicators.map(
    (figure) => `${figure.name[language]}: ${figureText(figure)}\n    ${figure.definition[language]}`,
  );
  const more = groups.length > 0 ? ['Each group by itself: --csv, --json or --group NAME.'] : [];
  return [title, ...rows, ...more].join('\n');
};

/** "89.66 % = 78 / 87" */
const figureText = ({ value, unit, numerator, denominator, withheld }: DefinedFigure): string => {
  if (withheld) return 'withheld, fewer than 5 people';
  if (value === null) return '– (nothing to count yet)';
  const parts = numerator === null ? `of ${denominator}` : `= ${numerator} / ${denominator}`;
  return `${value} ${unit === 'percent' ? '%' : unit} ${parts}`;
};
