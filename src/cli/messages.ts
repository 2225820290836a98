import { type MessageCount, messageCounts } from '../store/message-counts.ts';
import { listGroups } from '../store/paper-facts.ts';
import { complain, json, print, withStore } from './command.ts';

export type MessagesOptions = { readonly month?: string; readonly json?: boolean };

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** What went out, by month, channel and group: counts, never a person. Some platforms charge for each message. */
export const messagesCommand = async ({ month, json: asJson }: MessagesOptions): Promise<number> => {
  if (month !== undefined && !MONTH.test(month)) {
    complain(`--month "${month}" is not a month. Write it like 2026-11.`);
    return 2;
  }
  return withStore(async ({ store }) => {
    const counts = await messageCounts(store.pool, month);
    const names = new Map((await listGroups(store)).map(({ id, name }) => [id, name]));
    const named = counts.map(({ groupId, ...count }) => ({
      ...count,
      group: groupId === undefined ? undefined : (names.get(groupId) ?? groupId),
    }));
    print(asJson ? json(named) : written(named));
    return 0;
  });
};

type Named = Omit<MessageCount, 'groupId'> & { readonly group: string | undefined };

const written = (counts: readonly Named[]): string =>
  counts.length === 0 ? 'Nothing has gone out yet.' : counts.map(line).join('\n');

const line = ({ month, channel, group, sentAs, messages, members, most }: Named): string => {
  const what = sentAs === 'text' ? 'messages' : `of the template "${sentAs}"`;
  const to =
    members === 0
      ? ''
      : `; to ${members} ${members === 1 ? 'member' : 'members'}, ${(messages / members).toFixed(1)} each, at most ${most}`;
  return `${month}  ${channel}  ${group ?? 'no group'}: ${messages} ${what}${to}`;
};
