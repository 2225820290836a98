// A backup is two files of JSON lines: the books, which is everything but the keys, and the keys. Each begins with its head
// and ends with its count, so that what is not whole is seen even where the seal around it was made good again.

import { z } from 'zod';

/** Another form of the files needs another number here; a restore refuses those it does not know. */
export const FORMAT = 1;

/** The table whose rows go with the keys: without it the names in the books stay closed, and its rows may be destroyed. */
export const KEY_TABLE = 'data_key';

const table = z.object({
  name: z.string(),
  columns: z
    .array(z.object({ name: z.string(), type: z.string() }))
    .min(1)
    .readonly(),
});

export const headLine = z.object({
  comadre: z.literal('backup'),
  format: z.int(),
  part: z.enum(['books', 'keys']),
  /** When it was taken, by the clock of the machine. */
  at: z.iso.datetime(),
  /** The migrations that made its tables, in their order. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(table),
  /** Fingerprints of the generations of the key that sealed it, by generation. */
  generations: z.record(z.string(), z.string()),
});

export type Head = z.infer<typeof headLine>;

/** The files of the key as they are: generations by number, and what finds sealed values once the first is retired. */
export const rootLine = z.object({
  generations: z.record(z.string(), z.base64()),
  index: z.base64().nullable(),
});

export type RootLine = z.infer<typeof rootLine>;

export const tableLine = z.object({ table: z.string() });
export const endLine = z.object({ end: z.literal('backup'), rows: z.int() });

/** A backup cannot be taken or brought back, and why. The message is for the operator. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
}
