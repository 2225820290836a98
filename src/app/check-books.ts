import type { Content } from '../content/render.ts';
import { tell } from '../conversation/notices.ts';
import { reply, say } from '../conversation/say.ts';
import { claimDay } from '../store/claim-day.ts';
import type { Database } from '../store/database.ts';
import { freezeBooks, frozenGroup, queueNotices } from '../store/frozen-books.ts';
import { verifyBooks } from '../store/verify-books.ts';
import { noticeRows } from './outcome-words.ts';
import type { Store } from './store.ts';

export type Checking = {
  readonly store: Store;
  readonly database: Database;
  readonly content: Content;
  readonly newId: () => string;
};

/**
 * Recomputes every book from its rows. A group whose book is not right goes back to paper: nothing is booked for it,
 * its members can still read, and staff are told, until the fault is mended and the next check finds the book right
 * (invariant S2). Resolves to how many groups were closed just now.
 */
export const checkBooks = async (checking: Checking): Promise<number> => {
  const { store, database } = checking;
  const { faults } = await verifyBooks(database);
  const faulty = [...new Set(faults.map(({ groupId }) => groupId))];
  const frozen = await freezeBooks(store.pool, faulty);
  store.metrics.faultyBooks.set(faulty.length);
  for (const { groupId, rule } of faults) {
    store.log.error({ group: groupId, reason: rule }, 'a book is not right; it takes no entries');
  }
  for (const groupId of frozen) await tellStaff(checking, groupId);
  return frozen.length;
};

const tellStaff = async (checking: Checking, groupId: string): Promise<void> => {
  const { name, staff } = await frozenGroup(checking.store, groupId);
  const notices = tell(staff, 'help', reply([say('book.frozen-staff', { group: name })]));
  await queueNotices(
    checking.store,
    groupId,
    notices.flatMap((notice) => noticeRows(checking, notice)),
  );
};

/** The same once a day, by whichever process comes first. */
export const checkBooksDaily = async (checking: Checking): Promise<number> =>
  (await claimDay(checking.store.pool, 'books')) ? checkBooks(checking) : 0;
