import { Temporal } from 'temporal-polyfill';
import { nextWeekly } from '../domain/calendar.ts';
import type { GroupHabit } from '../store/reminders.ts';
import { clockAhead, isDemo, moveClockAhead } from '../store/simulator-clock.ts';
import type { Store } from './store.ts';

/** Further than anybody tries out, and near enough for every date. */
const AHEAD_DAYS_MAX = 3_650;
const SECONDS_PER_DAY = 86_400;

/** The program's clock. It is the computer's until the simulator moves it forward, which cannot be taken back. */
export type SimulatorClock = {
  readonly now: () => Temporal.Instant;
  mayMove(): Promise<boolean>;
  /** Moves on to `at`, or not at all. False: it may not be moved, or `at` is past or too far. */
  moveTo(at: Temporal.Instant): Promise<boolean>;
};

/**
 * The clock of these books, as far ahead as it was left.
 *
 * @throws when it was moved and may not be: then the books say things of days that have not come
 */
export const openClock = async (
  pool: Store['pool'],
  rule: 'no-books' | 'demo-books' | 'any-books',
): Promise<SimulatorClock> => {
  let aheadSeconds = await clockAhead(pool);
  const now = (): Temporal.Instant => Temporal.Now.instant().add({ seconds: aheadSeconds });
  const mayMove = async (): Promise<boolean> =>
    rule === 'any-books' || (rule === 'demo-books' && (await isDemo(pool)));
  if (aheadSeconds > 0 && !(await mayMove())) {
    throw new Error(
      `In these books the simulator's clock was moved to ${now().toZonedDateTimeISO('UTC').toPlainDate().toString()}: they are for practice. Set COMADRE_DATA_DIR or DATABASE_URL to other books, or start with SIMULATOR=on and no real channel.`,
    );
  }
  let moving: Promise<unknown> = Promise.resolve();
  const move = async (at: Temporal.Instant): Promise<boolean> => {
    const seconds = Math.ceil(at.since(now()).total('seconds'));
    const isNear = aheadSeconds + seconds <= AHEAD_DAYS_MAX * SECONDS_PER_DAY;
    if (seconds <= 0 || !isNear || !(await mayMove())) return false;
    await moveClockAhead(pool, seconds);
    aheadSeconds += seconds;
    return true;
  };
  return {
    now,
    mayMove,
    // One after the other: two pages may press at once.
    moveTo: (at) => {
      const moved = moving.then(() => move(at));
      moving = moved.catch(() => undefined);
      return moved;
    },
  };
};

export type ClockStep = 'tomorrow' | 'week' | 'reminder';

/** Where a step of the clock leads, by the wall clock of this group: the same hour on another day, or its next reminder. */
export const stepFrom = (
  now: Temporal.Instant,
  step: ClockStep,
  { habit, reminderTime, daysAfter = -1 }: Pick<GroupHabit, 'habit' | 'reminderTime' | 'daysAfter'>,
): Temporal.Instant => {
  const here = now.toZonedDateTimeISO(habit.timeZone);
  switch (step) {
    case 'tomorrow':
      return here.add({ days: 1 }).toInstant();
    case 'week':
      return here.add({ weeks: 1 }).toInstant();
    case 'reminder':
      return nextWeekly({ habit, time: reminderTime, daysAfter }, now).at;
  }
};
