// What the members wrote down at the end of a meeting, worked out again from the rows of the book.

import { checkWords } from '../domain/check-code.ts';
import { GENESIS, link } from '../domain/ledger/chain.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { sha256 } from './sha256.ts';
import { readBook } from './verify-books.ts';

/** `words`: of the book's rows up to entry `seq` as they stand now. `told`: those that were said at the meeting. */
export type MeetingWords = {
  readonly on: string;
  readonly seq: string;
  readonly words: string;
  readonly told: string;
};

/** The check words of every meeting of a group that was closed, oldest first. */
export const meetingWords = async (database: Database, groupId: string): Promise<MeetingWords[]> =>
  inTransaction(
    database.pool,
    async (session) => {
      const { entries } = await readBook(session, groupId);
      const heads = new Map<string, string>([['0', GENESIS]]);
      let head = GENESIS;
      for (const entry of entries) {
        head = link(sha256, head, entry);
        heads.set(entry.seq.toString(), head);
      }
      const { rows } = await session.query<{ on: string; seq: string; head: string }>(
        `select meeting_on::text as on, seq::text, encode(head, 'hex') as head from meeting
          where group_id = $1 and state = 'closed' and seq is not null order by closed_at, id`,
        [groupId],
      );
      return rows.map(({ on, seq, head: told }) => ({
        on,
        seq,
        words: checkWords(heads.get(seq) ?? ''),
        told: checkWords(told),
      }));
    },
    { kind: 'snapshot' },
  );
