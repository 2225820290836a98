// When the bot was told to wait, and whether it did.

import type { BotApi } from '../../tests/support/bot-api-emulator/bot-api.ts';

const SECOND_MS = 1_000;
/** What was on its way when the platform said "wait" may still arrive. */
const ON_ITS_WAY_MS = 250;

type Call = BotApi['calls'][number];
/** From and to, in milliseconds; none of them overlap. */
type Wait = { readonly from: number; readonly to: number };

const sends = (calls: readonly Call[]): readonly Call[] =>
  calls.filter(({ method }) => method === 'sendMessage');

/** The times in which nothing was to be sent. Being told again while one waits makes it longer, if at all. */
const waitsIn = (calls: readonly Call[]): readonly Wait[] => {
  const waits: Wait[] = [];
  for (const { at, retryAfter } of sends(calls)) {
    if (retryAfter === undefined) continue;
    const to = at + retryAfter * SECOND_MS;
    const last = waits.at(-1);
    if (last && at <= last.to) waits[waits.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else waits.push({ from: at, to });
  }
  return waits;
};

/** Calls that were made while the bot was to wait. */
export const callsWhileWaiting = (calls: readonly Call[]): number => {
  const waits = waitsIn(calls);
  return sends(calls).filter(({ at }) =>
    waits.some(({ from, to }) => at > from + ON_ITS_WAY_MS && at < to - 1),
  ).length;
};

export type Pace = {
  /** From the first message to the last, in seconds. */
  readonly seconds: number;
  /** The part of it in which nothing was to be sent. */
  readonly waitedSeconds: number;
  /** Messages that went through, a second of the rest. */
  readonly perSecond: number;
};

export const paceOf = (calls: readonly Call[]): Pace => {
  const taken = sends(calls).filter(({ refused }) => refused === undefined);
  const [first, last] = [taken[0]?.at ?? 0, taken.at(-1)?.at ?? 0];
  const waited = waitsIn(calls)
    .filter(({ from }) => from >= first && from < last)
    .reduce((sum, { from, to }) => sum + Math.min(to, last) - from, 0);
  const seconds = (last - first) / SECOND_MS;
  const waitedSeconds = waited / SECOND_MS;
  return {
    seconds,
    waitedSeconds,
    perSecond: taken.length / Math.max(1 / SECOND_MS, seconds - waitedSeconds),
  };
};
