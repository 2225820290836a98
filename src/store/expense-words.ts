import type { Place } from './seal.ts';
import type { Secrets } from './secrets.ts';

const wordsPlace = (outId: string): Place => ({ table: 'money_out', column: 'words', rowId: outId });

/** What an expense was for, sealed under the group's key. */
export const sealExpenseWords = (
  secrets: Secrets,
  { id, words }: { readonly id: string; readonly words: string },
  groupKey: Buffer,
): string => secrets.seal(secrets.unwrap(groupKey), wordsPlace(id), words).toString('base64');

/** Undefined where nobody said what it was for, or the group's key is gone. */
export const openExpenseWords = (
  secrets: Secrets,
  { id, words }: { readonly id: string; readonly words: Buffer | null },
  group: { readonly key: Buffer | null },
): string | undefined =>
  words === null || group.key === null
    ? undefined
    : secrets.open(secrets.unwrap(group.key), wordsPlace(id), words);
