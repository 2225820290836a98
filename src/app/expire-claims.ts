import type { Temporal } from 'temporal-polyfill';
import { CLAIM_DAYS, expireClaims } from '../conversation/flows/by-clock.ts';
import { isQuiet } from '../domain/quiet-hours.ts';
import { claimFacts, claimsDue } from '../store/clock-facts.ts';
import { commitByClock } from '../store/commit-by-clock.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Reminding } from './weekly-jobs.ts';

/**
 * Has claims that nobody answered count no more. By day only: all who are told could have done something about it.
 *
 * @returns how many messages are to go out
 */
export const expireOldClaims = async (telling: Reminding, now: Temporal.Instant): Promise<number> => {
  const { store } = telling;
  const before = now.subtract({ hours: 24 * CLAIM_DAYS });
  return sumOfEach(await claimsDue(store.pool, before), async (groupId) => {
    const { group, officers, claims } = await claimFacts(store, groupId, before);
    if (isQuiet(now, group.meeting.timeZone)) return 0;
    const { events, notices } = expireClaims(claims, officers);
    const outbox = notices.flatMap((notice) => noticeRows(telling, notice));
    return (await commitByClock(store, { groupId, now, events, outbox })) ? outbox.length : 0;
  });
};
