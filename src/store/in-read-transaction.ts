import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from './database.ts';

/** Prisma's limit for a whole transaction is made for a request; a large programme may take minutes to read. */
const READING_MS_MAX = 3_600_000;

/** What may be asked inside: on the embedded database anything else would wait for its only connection. */
export type ReadTransaction = Prisma.TransactionClient;

/** Reads through Prisma at one moment: whatever is written meanwhile is not seen, and `work` cannot write. */
export async function inReadTransaction<Value>(
  database: Database,
  work: (session: ReadTransaction) => Promise<Value>,
): Promise<Value> {
  const prisma = await database.prisma();
  return prisma.$transaction(
    async (session) => {
      await session.$executeRaw`set transaction read only`;
      return work(session);
    },
    { isolationLevel: 'RepeatableRead', timeout: READING_MS_MAX },
  );
}
