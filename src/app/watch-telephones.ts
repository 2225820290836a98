import type { Temporal } from 'temporal-polyfill';
import { HOLD_HOURS, telephonesNow } from '../conversation/flows/telephones-due.ts';
import { commitByClock } from '../store/commit-by-clock.ts';
import { telephoneFacts, telephonesDue } from '../store/telephone-watch.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Watching } from './watch-draws.ts';

/**
 * New telephones whose day is over become theirs who were vouched for; what is silent for half a year is nobody's; who is
 * nearly silent is asked for a word. Whatever the number of processes, each is written once.
 *
 * @returns how many messages are to go out
 */
export const watchTelephones = async (watching: Watching, now: Temporal.Instant): Promise<number> => {
  const { store } = watching;
  const before = now.subtract({ hours: HOLD_HOURS });
  return sumOfEach(await telephonesDue(store.pool, before), async (groupId) => {
    const { events, notices } = telephonesNow(await telephoneFacts(store, groupId, before));
    if (events.length === 0) return 0;
    const outbox = notices.flatMap((notice) => noticeRows(watching, notice));
    return (await commitByClock(store, { groupId, now, events, outbox })) ? outbox.length : 0;
  });
};
