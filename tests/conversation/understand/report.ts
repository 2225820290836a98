import { type Part } from './corpus.ts';
import type { Judged, Row, Table } from './judge.ts';

/** One figure of the report. `bar` is what the contract demands of it, as a share of the lines. */
type Figure = {
  readonly what: string;
  readonly lines: number;
  readonly right: number;
  readonly bar?: { readonly atLeast: number };
};

const isRight = ({ expected, actual }: Row): boolean => expected === actual;
const wrongOf = (rows: readonly Row[]): Row[] => rows.filter((row) => !isRight(row));

const recorded = (list: string): string[] => list.split(' ').filter((word) => word.includes('='));

/**
 * True when a list would book something it does not say: an amount with a person or a purpose that is not expected.
 * Asking back, or booking less, is no wrong record.
 */
export const recordsWrongly = ({ expected, actual }: Row): boolean => {
  const due = new Set(recorded(expected));
  return actual.startsWith('R ') && recorded(actual).some((item) => !due.has(item));
};

const figure = (what: string, rows: readonly Row[], atLeast?: number): Figure => ({
  what,
  lines: rows.length,
  right: rows.filter(isRight).length,
  ...(atLeast === undefined ? {} : { bar: { atLeast } }),
});

/** The figures of the contract for one part of the corpus. */
export const figuresOf = (judged: Judged): Figure[] => {
  const lists = [...judged.listsEs, ...judged.listsEn];
  const kept = lists.filter((row) => !recordsWrongly(row)).length;
  return [
    figure('intents es', judged.intentsEs, 0.95),
    figure('intents en', judged.intentsEn, 0.93),
    figure('danger heard', judged.urgent, 1),
    figure('calm left alone', judged.notUrgent),
    figure('chatter left alone', judged.outOfScope, 0.97),
    figure('lists es exact', judged.listsEs, 0.95),
    figure('lists en exact', judged.listsEn, 0.95),
    { what: 'lists with nothing wrong in them', lines: lists.length, right: kept, bar: { atLeast: 1 } },
    figure('amounts', judged.amounts),
    figure('names', judged.names),
  ];
};

const percent = (right: number, lines: number): string =>
  lines === 0 ? '–' : `${((100 * right) / lines).toFixed(1)} %`;

const WHAT_CHARS = 34;
const NUMBER_CHARS = 7;

const figureLine = ({ what, lines, right, bar }: Figure): string => {
  const demanded = bar ? `  (≥ ${(100 * bar.atLeast).toFixed(0)} %)` : '';
  const numbers = [lines, lines - right].map((count) => String(count).padStart(NUMBER_CHARS)).join('');
  return `  ${what.padEnd(WHAT_CHARS)}${numbers}  ${percent(right, lines).padStart(NUMBER_CHARS)}${demanded}`;
};

const PARTS: readonly (readonly [Part, string])[] = [
  ['tuned', 'tuned: the lexicons were written with these lines in view'],
  [
    'apart',
    'held apart: intents were not tuned on these lines; misread danger, chatter and lists were looked at',
  ],
];

/** Wanted against got, for the intents of a language; only what goes wrong. */
const confusionOf = (rows: readonly Row[]): string[] => {
  const counts = new Map<string, number>();
  for (const { expected, actual } of wrongOf(rows)) {
    const pair = `  ${expected.padEnd(20)} → ${actual}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([pair, count]) => `${String(count).padStart(NUMBER_CHARS)}${pair}`);
};

const TABLES_OF_INTENTS: readonly Table[] = ['intentsEs', 'intentsEn', 'outOfScope'];

/**
 * The report of understanding, line by line: how much of the corpus is understood, what is taken for what, and with
 * `wrong` each message that is not understood as it should be.
 */
export const reportLines = (
  judged: Record<Part, Judged>,
  { wrong }: { readonly wrong: boolean },
): string[] => {
  const lines: string[] = [];
  for (const [part, title] of PARTS) {
    lines.push(
      title,
      `  ${''.padEnd(WHAT_CHARS)}${'lines'.padStart(NUMBER_CHARS)}${'wrong'.padStart(NUMBER_CHARS)}`,
    );
    lines.push(...figuresOf(judged[part]).map(figureLine), '');
  }
  for (const table of TABLES_OF_INTENTS) {
    const confused = confusionOf([...judged.tuned[table], ...judged.apart[table]]);
    if (confused.length > 0) lines.push(`${table}: wanted → got`, ...confused, '');
  }
  return wrong ? [...lines, ...wrongLines(judged)] : lines;
};

const wrongLines = (judged: Record<Part, Judged>): string[] =>
  PARTS.flatMap(([part]) =>
    Object.entries(judged[part]).flatMap(([table, rows]) =>
      wrongOf(rows).map(
        ({ text, expected, actual }) =>
          `${part} ${table}: ${JSON.stringify(text)}\n    wanted ${expected}\n    got    ${actual}`,
      ),
    ),
  );
