import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const FILE = 'sent-today.json';
/** What nobody asked for stops at four fifths of the day's messages, so that whoever writes is still answered. */
const UNASKED_PER_TEN = 8;
/** A message within an hour of her own is an answer. */
const ANSWER_MS = 60 * 60 * 1_000;
const WRITERS_MAX = 10_000;

const kept = z.object({ day: z.string(), count: z.int().nonnegative() });

export type DailyCap = {
  /** She has just written. */
  wrote(address: string): void;
  /** Whether one more may go to her now: else how long to wait, and whether that holds for everybody. */
  check(
    address: string,
  ): { readonly ok: true } | { readonly ok: false; readonly seconds: number; readonly forAll: boolean };
  /** Bubbles that went out. */
  count(bubbles: number): void;
};

/**
 * So many messages a day, to all people together, in the zone of this computer. The count is kept in `folder`: a program
 * that starts again and again must not send without end.
 *
 * @param now milliseconds since 1970
 */
export function dailyCap(folder: string, max: number, now: () => number = Date.now): DailyCap {
  const file = path.join(folder, FILE);
  const wroteAt = new Map<string, number>();
  let state = read(file);

  const today = (): { day: string; count: number } => {
    const day = dayOf(new Date(now()));
    if (state.day !== day) state = { day, count: 0 };
    return state;
  };

  return {
    wrote(address) {
      if (wroteAt.size >= WRITERS_MAX) wroteAt.clear();
      wroteAt.set(address, now());
    },
    check(address) {
      const { count } = today();
      const isAnswer = now() - (wroteAt.get(address) ?? Number.NEGATIVE_INFINITY) < ANSWER_MS;
      const limit = isAnswer ? max : Math.floor((max * UNASKED_PER_TEN) / 10);
      if (count < limit) return { ok: true };
      return { ok: false, seconds: secondsToMidnight(new Date(now())), forAll: count >= max };
    },
    count(bubbles) {
      const { day, count } = today();
      state = { day, count: count + bubbles };
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    },
  };
}

/** A file that is missing or unreadable counts as a day without messages. */
function read(file: string): z.infer<typeof kept> {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { day: '', count: 0 };
  }
}

const dayOf = (at: Date): string => `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;

/** Rounded up, so that the day has changed when they have passed. */
function secondsToMidnight(at: Date): number {
  const midnight = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1);
  return Math.ceil((midnight.getTime() - at.getTime()) / 1_000);
}
