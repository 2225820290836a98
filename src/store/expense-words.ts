import type { DomainEvent } from '../conversation/domain-event.ts';
import type { Change } from './person-changes.ts';
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

/** Money that is to go out, as commit_changes takes it. */
export const outChange = (
  secrets: Secrets,
  { out }: Extract<DomainEvent, { type: 'money-out-proposed' }>,
  groupKey: Buffer | undefined,
): Change => {
  const { id, kind, memberId, amount, by, words, heldOn } = out;
  const sealed =
    words === undefined || !groupKey ? undefined : sealExpenseWords(secrets, { id, words }, groupKey);
  const minor = amount.minor.toString();
  return [
    'outs',
    { id, kind, member: memberId, amount: minor, by, words: sealed, held_on: heldOn?.toString() },
  ];
};
