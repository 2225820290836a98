// The indicators as programs and spreadsheets read them: each figure with its definition beside it.

import { Temporal } from 'temporal-polyfill';
import { INDICATORS, type Indicator } from '../domain/indicators/definitions.ts';
import { type Figure, groupFigures, programmeFigures } from '../domain/indicators/figures.ts';
import { partsOf } from '../domain/indicators/parts.ts';
import { inert, spreadsheet } from '../store/export-csv.ts';
import type { GroupIndicators } from '../store/indicators.ts';
import type { WordsByLanguage } from './indicator-words.ts';

/** A group's facts with what it and its programme are called. */
export type NamedGroup = GroupIndicators & { readonly name: string; readonly programme: string };

/** A figure with what it is. The unit of money is the currency. */
export type DefinedFigure = Figure & {
  readonly unit: string;
  readonly name: Readonly<Record<'es' | 'en', string>>;
  readonly definition: Readonly<Record<'es' | 'en', string>>;
};

export type IndicatorReport = {
  readonly programme: string;
  /** Only in a group's own report. */
  readonly group?: string;
  /** The day the figures are of; where the groups' days differ, the latest. */
  readonly on: string;
  readonly indicators: readonly DefinedFigure[];
  /** In a programme's report, each of its groups. */
  readonly groups: readonly {
    readonly group: string;
    readonly on: string;
    readonly indicators: readonly Figure[];
  }[];
};

/** A group's own report: nothing is withheld. */
export const groupReport = (group: NamedGroup, words: WordsByLanguage): IndicatorReport => ({
  programme: group.programme,
  group: group.name,
  on: group.day.toString(),
  indicators: defined(groupFigures(partsOf(group.facts)), { words, currency: group.currency }),
  groups: [],
});

/** One report per programme: all its groups together, and each. Figures about fewer than five people are withheld. */
export const programmeReports = (
  groups: readonly NamedGroup[],
  words: WordsByLanguage,
): IndicatorReport[] => {
  const ids = [...new Set(groups.map(({ programmeId }) => programmeId))];
  return ids.flatMap((id) => {
    const own = groups.filter(({ programmeId }) => programmeId === id);
    const [first] = own;
    if (!first) return [];
    const table = programmeFigures(own.map(({ facts }) => partsOf(facts)));
    const days = own.map(({ day }) => day).sort((a, b) => Temporal.PlainDate.compare(a, b));
    return {
      programme: first.programme,
      on: String(days.at(-1)),
      // A programme has one currency: its groups get it when they come in.
      indicators: defined(table.all, { words, currency: first.currency }),
      groups: own.map(({ name, day }, n) => ({
        group: name,
        on: day.toString(),
        indicators: table.groups[n] ?? [],
      })),
    };
  });
};

type Wording = { readonly words: WordsByLanguage; readonly currency: string };

const defined = (figures: readonly Figure[], { words: { es, en }, currency }: Wording): DefinedFigure[] =>
  INDICATORS.flatMap(({ id, unit }) =>
    figures
      .filter((figure) => figure.id === id)
      .map((figure) => ({
        ...figure,
        unit: unitText(unit, currency),
        name: { es: es[id].name, en: en[id].name },
        definition: { es: es[id].definition, en: en[id].definition },
      })),
  );

const unitText = (unit: Indicator['unit'], currency: string): string => (unit === 'money' ? currency : unit);

const COLUMNS =
  'programme group on indicator unit value numerator denominator withheld name_es name_en definition_es definition_en'.split(
    ' ',
  );

/** One line per figure, the programme's own with an empty group. A spreadsheet takes no name in it for a formula. */
export const indicatorCsv = (reports: readonly IndicatorReport[]): string => {
  const rows = reports.flatMap(({ programme, group, on, indicators, groups }) => {
    const row = (of: { readonly group: string; readonly on: string }, figure: Figure): string[] => {
      const whole = indicators.find(({ id }) => id === figure.id);
      return [
        inert(programme),
        inert(of.group),
        of.on,
        figure.id,
        whole?.unit,
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.withheld ? 'yes' : 'no',
        whole?.name.es,
        whole?.name.en,
        whole?.definition.es,
        whole?.definition.en,
      ].map((cell) => cell ?? '');
    };
    return [
      ...indicators.map((figure) => row({ group: group ?? '', on }, figure)),
      ...groups.flatMap((of) => of.indicators.map((figure) => row(of, figure))),
    ];
  });
  return spreadsheet([COLUMNS, ...rows]);
};
