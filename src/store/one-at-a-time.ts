import { setTimeout } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** How often a process that waits asks whether the other one has ended. */
const ASK_AGAIN_MS = 2_000;

/** The right to do what only one process may do. `lost`: the connection that held it broke, and another may have it now. */
export type Turn = { readonly lost: AbortSignal; end(): Promise<void> };

/** Waits for the turn; undefined when `stopped` comes first. */
export type TakeTurn = (stopped: AbortSignal) => Promise<Turn | undefined>;

/**
 * One process at a time, of all that share the server, does what `name` stands for: an advisory lock, which the server
 * frees when the connection that holds it ends in whatever way. An embedded database has one process anyway.
 */
export const oneAtATime = ({ kind, pool }: Pick<Database, 'kind' | 'pool'>, name: string): TakeTurn => {
  const ask = async (): Promise<Turn | undefined> => {
    const session = await pool.connect();
    const lost = new AbortController();
    const onLost = () => lost.abort();
    session.on('error', onLost);
    const { rows } = await session
      .query<{ mine: boolean }>('select pg_try_advisory_lock(hashtext($1)) as mine', [name])
      .catch((error: unknown) => {
        session.release(true);
        throw error;
      });
    if (rows[0]?.mine) return { lost: lost.signal, end: () => end(session, name) };
    session.off('error', onLost);
    session.release();
    return undefined;
  };
  return async (stopped) => {
    if (kind === 'embedded') return { lost: new AbortController().signal, end: async () => undefined };
    while (!stopped.aborted) {
      // A server that does not answer is asked again, like a turn that is somebody else's.
      const turn = await ask().catch(() => undefined);
      if (turn) return turn;
      await setTimeout(ASK_AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
    return undefined;
  };
};

const end = async (session: PoolClient, name: string): Promise<void> => {
  const freed = await session.query('select pg_advisory_unlock(hashtext($1))', [name]).then(
    () => true,
    () => false,
  );
  session.release(!freed);
};
