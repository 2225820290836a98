import {
  type MemberMessageCount,
  type MessageCount,
  memberMessageCounts,
  messageCounts,
} from '../store/message-counts.ts';
import { listGroups } from '../store/paper-facts.ts';
import { complain, json, print, withStore } from './command.ts';

export type MessagesOptions = {
  readonly month?: string;
  /** A line for each member, by her number. */
  readonly members?: boolean;
  readonly json?: boolean;
};

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/**
 * What went out, by month, channel and group, or by member under her number: counts, never a name. Some platforms charge
 * for each message.
 */
export const messagesCommand = async ({ month, members, json: asJson }: MessagesOptions): Promise<number> => {
  if (month !== undefined && !MONTH.test(month)) {
    complain(`--month "${month}" is not a month. Write it like 2026-11.`);
    return 2;
  }
  return withStore(async ({ store }) => {
    const names = new Map((await listGroups(store)).map(({ id, name }) => [id, name]));
    const nameOf = (groupId: string): string => names.get(groupId) ?? groupId;
    if (members) {
      const counts = (await memberMessageCounts(store.pool, month)).map(({ groupId, ...count }) => ({
        ...count,
        group: nameOf(groupId),
      }));
      print(asJson ? json(counts) : linesOf(counts, memberLine));
      return 0;
    }
    const counts = (await messageCounts(store.pool, month)).map(({ groupId, ...count }) => ({
      ...count,
      group: groupId === undefined ? undefined : nameOf(groupId),
    }));
    print(asJson ? json(counts) : linesOf(counts, line));
    return 0;
  });
};

const linesOf = <Count>(counts: readonly Count[], lineOf: (count: Count) => string): string =>
  counts.length === 0 ? 'Nothing has gone out yet.' : counts.map(lineOf).join('\n');

type NamedMember = Omit<MemberMessageCount, 'groupId'> & { readonly group: string };

const memberLine = ({ month, channel, group, number, sentAs, messages }: NamedMember): string =>
  `${month}  ${channel}  ${group}, ${number}: ${messages} ${whatOf(sentAs)}`;

const whatOf = (sentAs: string): string => (sentAs === 'text' ? 'messages' : `of the template "${sentAs}"`);

type Named = Omit<MessageCount, 'groupId'> & { readonly group: string | undefined };

const line = ({ month, channel, group, sentAs, messages, members, most }: Named): string => {
  const to =
    members === 0
      ? ''
      : `; to ${members} ${members === 1 ? 'member' : 'members'}, ${(messages / members).toFixed(1)} each, at most ${most}`;
  return `${month}  ${channel}  ${group ?? 'no group'}: ${messages} ${whatOf(sentAs)}${to}`;
};
