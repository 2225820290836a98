import type { Temporal } from 'temporal-polyfill';
import { forgetAudit } from '../store/audit.ts';
import { claimDay } from '../store/claim-day.ts';
import { overdueToday, shredDue } from '../store/erasures.ts';
import { forgetRecords, forgetStrangers, forgetWords, type WordsKept } from '../store/housekeeping.ts';
import { forgetUnusedMedia } from '../store/media.ts';
import { type Announcing, announceLessons } from './announce-lessons.ts';
import { sumOfEach } from './each-apart.ts';
import { expireOldClaims } from './expire-claims.ts';
import { hashesIn } from './lesson-files.ts';
import { remindDangers } from './remind-dangers.ts';
import { LATE_REMINDER, WEEKLY_REMINDER } from './send-reminders.ts';
import { tellMoreAnswered } from './tell-answers.ts';
import { tellOdd } from './tell-odd.ts';
import { announceCycleEnds, askToSign, WEEKLY_DIGEST } from './tell-officers.ts';
import { watchDraws } from './watch-draws.ts';
import { watchElections } from './watch-elections.ts';
import { watchTelephones } from './watch-telephones.ts';
import { type Reminding, runWeekly } from './weekly-jobs.ts';

export type Ticking = Reminding &
  Announcing & {
    /** Something was written that others are to read. */
    readonly wake: () => void;
    readonly keepRecordsDays: number;
    readonly wordsKept: WordsKept;
    readonly auditYears: number;
  };

/** What is due each minute. Each says how many messages it wrote, and does nothing twice, whoever else does it. */
const JOBS: readonly ((ticking: Ticking, now: Temporal.Instant) => Promise<number>)[] = [
  (ticking, now) => runWeekly(ticking, WEEKLY_REMINDER, now),
  (ticking, now) => runWeekly(ticking, LATE_REMINDER, now),
  (ticking, now) => runWeekly(ticking, WEEKLY_DIGEST, now),
  announceCycleEnds,
  askToSign,
  tellOdd,
  expireOldClaims,
  remindDangers,
  tellMoreAnswered,
  watchDraws,
  watchTelephones,
  watchElections,
  announceLessons,
  async ({ store }, now) => {
    await shredDue(store, now);
    const overdue = await overdueToday(store.pool, now);
    if (overdue > 0)
      store.log.warn({ count: overdue }, 'requests about personal data are overdue: comadre rights');
    return 0;
  },
  async ({ store, lessons, keepRecordsDays, wordsKept }) => {
    await forgetStrangers(store.pool);
    await forgetWords(store.pool, wordsKept);
    await forgetUnusedMedia(store.pool, hashesIn(lessons));
    await forgetRecords(store.pool, keepRecordsDays);
    return 0;
  },
  async ({ store, auditYears }, now) => {
    if (!(await claimDay(store.pool, 'audit'))) return 0;
    if ((await forgetAudit(store.pool, { years: auditYears, now })) === 'broken')
      store.log.error({}, 'the record of who did what was changed, and is not shortened: comadre audit');
    return 0;
  },
];

/** Does what is due, one thing after the other; one that fails keeps none of the others back, and rejects at the end. */
export const tick = async (ticking: Ticking, now: Temporal.Instant): Promise<void> => {
  await sumOfEach(JOBS, async (job) => {
    const messages = await job(ticking, now);
    if (messages > 0) ticking.wake();
    return messages;
  });
};
