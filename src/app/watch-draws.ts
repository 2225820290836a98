import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import { drawDue } from '../conversation/flows/draw-due.ts';
import { commitByClock } from '../store/commit-by-clock.ts';
import { drawsDue, drawWatchFacts } from '../store/draw-watch.ts';
import { sumOfEach } from './each-apart.ts';
import { noticeRows } from './outcome-words.ts';
import type { Store } from './store.ts';

export type Watching = { readonly store: Store; readonly content: Content; readonly newId: () => string };

/**
 * Moves on the draws whose time is up: words are closed, a draw whose secret was not opened is void. All are told.
 * Whatever the number of processes, each step is written once.
 *
 * @returns how many messages are to go out
 */
export const watchDraws = async (watching: Watching, now: Temporal.Instant): Promise<number> =>
  sumOfEach(await drawsDue(watching.store.pool, now), async (groupId) => {
    const facts = await drawWatchFacts(watching.store, groupId, now);
    const due = facts && drawDue(facts, now);
    if (!due) return 0;
    const outbox = due.notices.flatMap((notice) => noticeRows(watching, notice));
    const done = await commitByClock(watching.store, { groupId, now, events: [due.event], outbox });
    return done ? outbox.length : 0;
  });
