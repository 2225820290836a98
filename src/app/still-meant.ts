import type { Temporal } from 'temporal-polyfill';
import { type Ending, endingOf, type MeantBy, stillMeant } from '../store/still-meant.ts';
import { askedTogether } from './asked-together.ts';
import type { Store } from './store.ts';

/** Whether a message of staff is still meant for somebody, as the book is now. */
export type StillMeant = (of: MeantBy) => Promise<boolean>;

/** Broadcasts of which is remembered what their audience is; those before them have long gone out. */
const REMEMBERED_MAX = 1_000;

/**
 * Whoever paid what she was late with while a message to those in arrears waited for her morning does not get it; nor does who
 * fell behind get what is for all but those in arrears. Most messages to many are of none of this, and ask nothing. Those that go at the same moment ask together.
 */
export const createStillMeant = ({ pool }: Pick<Store, 'pool'>, now: () => Temporal.Instant): StillMeant => {
  const endings = new Map<string, Promise<Ending>>();
  const ask = askedTogether((asked: readonly (MeantBy & Ending)[]) => stillMeant(pool, asked, now()));
  const endingOnce = (broadcastId: string): Promise<Ending> => {
    if (endings.size >= REMEMBERED_MAX) endings.clear();
    const ending = endings.get(broadcastId) ?? endingOf(pool, broadcastId);
    endings.set(broadcastId, ending);
    ending.catch(() => endings.delete(broadcastId));
    return ending;
  };
  return async (of) => {
    const ending = await endingOnce(of.broadcastId);
    return (
      !(ending.late || ending.loan || ending.except.length > 0) || (await ask({ ...of, ...ending })) === true
    );
  };
};
