import type { ClientBase, Pool } from 'pg';

/** How a transaction begins, and whether what it did stays. */
export type TransactionOptions = {
  /** `snapshot`: it only reads, and sees one moment throughout. */
  readonly kind?: 'write' | 'snapshot';
  /** Undone at the end whatever it did: to see what would happen. */
  readonly dryRun?: boolean;
};

/** Runs `work` in one transaction: all of it stays, or nothing when it throws. */
export async function inTransaction<Value>(
  pool: Pool,
  work: (session: ClientBase) => Promise<Value>,
  { kind = 'write', dryRun = false }: TransactionOptions = {},
): Promise<Value> {
  const session = await pool.connect();
  let broken: Error | undefined;
  try {
    await session.query(kind === 'snapshot' ? 'begin isolation level repeatable read read only' : 'begin');
    const value = await work(session);
    await session.query(dryRun ? 'rollback' : 'commit');
    return value;
  } catch (error) {
    // A session that cannot even be rolled back is thrown away, never given to somebody else.
    await session.query('rollback').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('the rollback failed');
    });
    throw error;
  } finally {
    session.release(broken);
  }
}
