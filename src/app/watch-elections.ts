import type { Temporal } from 'temporal-polyfill';
import { electionExpires } from '../conversation/flows/elections-due.ts';
import { ANSWER_DAYS, VOTE_DAYS } from '../domain/office.ts';
import { isQuiet } from '../domain/quiet-hours.ts';
import { commitByClock } from '../store/commit-by-clock.ts';
import { electionDueFacts, electionsDue } from '../store/election-watch.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Watching } from './watch-draws.ts';

/**
 * Elections that nobody decided in time end without a change. By day only: all are told.
 *
 * @returns how many messages are to go out
 */
export const watchElections = async (watching: Watching, now: Temporal.Instant): Promise<number> => {
  const { store } = watching;
  const times = {
    voted: now.subtract({ hours: 24 * VOTE_DAYS }),
    answered: now.subtract({ hours: 24 * ANSWER_DAYS }),
  };
  return sumOfEach(await electionsDue(store.pool, times), async (groupId) => {
    const { open, voters, timeZone } = await electionDueFacts(store, groupId, now);
    if (!open || isQuiet(now, timeZone)) return 0;
    const { events, notices } = electionExpires(open, voters);
    const outbox = notices.flatMap((notice) => noticeRows(watching, notice));
    return (await commitByClock(store, { groupId, now, events, outbox })) ? outbox.length : 0;
  });
};
