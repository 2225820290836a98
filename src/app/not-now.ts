import type { IncomingMessage } from '../conversation/message.ts';
import { awaitedGeneration } from '../store/key-check.ts';
import { isDatabaseTrouble, isTooSlow } from '../store/trouble.ts';
import type { Store } from './store.ts';

/** A message that the database takes too long over, so many times, is one that we made a mistake with. */
const SLOW_TRIES_MAX = 3;
/** So many messages are remembered as slow: a database that is slow for all is trouble of its own. */
const SLOW_MAX = 1_000;

/**
 * Tells whether a message that failed can be answered later, so that its platform keeps it: the database is not there, or a
 * file of the key that is in use has not been copied to this machine.
 */
export const notNow = (store: Pick<Store, 'pool' | 'log'>) => {
  const slow = new Map<string, number>();
  return async ({ channel, messageId }: IncomingMessage, error: unknown): Promise<boolean> => {
    if (isTooSlow(error)) {
      const key = `${channel}/${messageId}`;
      const tries = (slow.get(key) ?? 0) + 1;
      slow.delete(key);
      if (tries < SLOW_TRIES_MAX) slow.set(key, tries);
      const [oldest] = slow.size > SLOW_MAX ? slow.keys() : [];
      if (oldest !== undefined) slow.delete(oldest);
      return tries < SLOW_TRIES_MAX;
    }
    const generation = await awaitedGeneration(store.pool, error);
    if (generation === undefined) return isDatabaseTrouble(error);
    store.log.error(
      { reason: `generation ${generation}` },
      'a file of the key in use is not on this machine, or cannot be read here',
    );
    return true;
  };
};
