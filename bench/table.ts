import os from 'node:os';

/** One line of the result: what was measured, and what it had to be. */
export type Row = {
  readonly what: string;
  readonly figure: string;
  readonly target: string;
  /** Undefined when nothing was demanded. */
  readonly ok: boolean | undefined;
};

export const informed = (what: string, figure: string): Row => ({ what, figure, target: '', ok: undefined });

export const atLeast = (what: string, value: number, wanted: Wanted): Row => ({
  what,
  figure: withUnit(value, wanted),
  target: `≥ ${withUnit(wanted.target, wanted)}`,
  ok: value >= wanted.target,
});

export const atMost = (what: string, value: number, wanted: Wanted): Row => ({
  what,
  figure: withUnit(value, wanted),
  target: `≤ ${withUnit(wanted.target, wanted)}`,
  ok: value <= wanted.target,
});

/** For counts that have one right value. */
export const exactly = (what: string, value: number, target: number): Row => ({
  what,
  figure: withUnit(value, { target, unit: '' }),
  target: `= ${withUnit(target, { target, unit: '' })}`,
  ok: value === target,
});

type Wanted = { readonly target: number; readonly unit: string; readonly digits?: number };

const withUnit = (value: number, { unit, digits = 0 }: Wanted): string =>
  `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}${unit}`;

export const printTable = (rows: readonly Row[]): void => {
  const cells = [
    ['what', 'figure', 'target', 'ok?'],
    ...rows.map((row) => [
      row.what,
      row.figure,
      row.target,
      row.ok === undefined ? '' : row.ok ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((n) => Math.max(...cells.map((line) => line[n]?.length ?? 0)));
  const lines = cells.map((line) => line.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | '));
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('-|-'));
  console.log(`\n${lines.join('\n')}`);
};

const MINUTE_LOAD = 0;

/** How busy the machine is: a figure of time says little without it. */
export const load = (): string => `load ${(os.loadavg()[MINUTE_LOAD] ?? 0).toFixed(1)}`;

export type Latency = { readonly p50Ms: number; readonly p99Ms: number };

export const latencyOf = (timesMs: readonly number[]): Latency => {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
};
