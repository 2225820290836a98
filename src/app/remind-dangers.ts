import type { Temporal } from 'temporal-polyfill';
import { REMINDERS_MAX, remindOf } from '../conversation/flows/danger-reminder.ts';
import { commitByClock } from '../store/commit-by-clock.ts';
import { dangersWaiting } from '../store/danger-watch.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Reminding } from './weekly-jobs.ts';

/**
 * Tells those who are trained for it again of a woman in danger whom nobody looks after. At any hour: they said when they are there.
 *
 * @returns how many messages are to go out
 */
export const remindDangers = async (telling: Reminding, now: Temporal.Instant): Promise<number> => {
  const { store } = telling;
  return sumOfEach(await dangersWaiting(store, REMINDERS_MAX), async (waiting) => {
    const due = remindOf(waiting, now);
    if (!due) return 0;
    const { events, notices } = due;
    const outbox = notices.flatMap((notice) => noticeRows(telling, notice));
    const { groupId } = waiting;
    return (await commitByClock(store, { groupId, now, events, outbox })) ? outbox.length : 0;
  });
};
