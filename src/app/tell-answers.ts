import type { Temporal } from 'temporal-polyfill';
import { ANSWERS_MINUTES, moreAnswered } from '../conversation/flows/talk-told.ts';
import { tellAnswers } from '../store/answers-to-tell.ts';
import { noticeRows } from './outcome-words.ts';
import type { Reminding } from './weekly-jobs.ts';

/** Staff hear of those who answered the same message to many together. Resolves to how many messages are to go out. */
export const tellMoreAnswered = (telling: Reminding, now: Temporal.Instant): Promise<number> =>
  tellAnswers(telling.store, { now, minutes: ANSWERS_MINUTES }, ({ staff, ...of }) =>
    moreAnswered(staff, of).flatMap((notice) => noticeRows(telling, notice)),
  );
