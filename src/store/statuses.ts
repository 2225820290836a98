import type { Pool } from 'pg';
import type { OutgoingMessage } from '../conversation/message.ts';
import { messageIn, type RowWords, type Unworded, unwordedOf } from './row-words.ts';
import type { Secrets } from './secrets.ts';

/** What a platform says of one message that went out. `reason` says why it failed. */
export type SaidOf = {
  readonly sentId: string;
  readonly state: 'delivered' | 'read' | 'failed';
  readonly at: string; // ISO instant
  readonly reason?: string;
};

/** `unknown`: so many are not known; what has just gone out may not be recorded yet. `held`: these wait again. */
export type Recorded = {
  readonly unknown: number;
  readonly held: readonly HeldMessage[];
};

/** A message that waits again: its words, or by what they are made of the book. */
export type HeldMessage = { readonly id: string } & (
  | { readonly message: OutgoingMessage }
  | { readonly message: undefined; readonly unworded: Unworded }
);

type HeldJson = RowWords & { readonly id: string; readonly body: string | null };

/** Writes down what a platform says became of messages that went out. */
export const recordStatuses = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  channel: string,
  said: readonly SaidOf[],
): Promise<Recorded> => {
  const rows = said.map(({ sentId, state, at, reason }) => ({ sent_id: sentId, state, at, reason }));
  const answer = await pool.query<{ done: { unknown: number; held: HeldJson[] } }>({
    name: 'record-statuses',
    text: 'select record_statuses($1, $2::jsonb) as done',
    values: [channel, JSON.stringify(rows)],
  });
  const { unknown = 0, held = [] } = answer.rows[0]?.done ?? {};
  return {
    unknown,
    held: held.flatMap(({ body, ...row }): HeldMessage[] => {
      const { id } = row;
      if (body !== null) return [{ id, message: messageIn(secrets, Buffer.from(body, 'hex'), row) }];
      const unworded = unwordedOf(row);
      return unworded ? [{ id, message: undefined, unworded }] : [];
    }),
  };
};
