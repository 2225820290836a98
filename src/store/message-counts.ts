import type { Pool } from 'pg';

/** How many messages went out to the members of one group in one month, over one channel. */
export type MessageCount = {
  readonly month: string; // YYYY-MM, in UTC: the platforms' own months
  readonly channel: string;
  /** Undefined for what went to nobody's seat: strangers and staff. */
  readonly groupId: string | undefined;
  /** "text", or the key of the prepared words that went out. */
  readonly sentAs: string;
  readonly messages: number;
  /** Members who got at least one of them. */
  readonly members: number;
  /** The most that any one of them got. */
  readonly most: number;
};

/** How many messages one member got in one month, over one channel. */
export type MemberMessageCount = Pick<MessageCount, 'month' | 'channel' | 'sentAs' | 'messages'> & {
  readonly groupId: string;
  /** Her number in the group; nobody is named. */
  readonly number: number;
};

/** What each got: a message in several parts counts as so many. $1: one month, or null. */
const EACH = `select to_char(sent_at at time zone 'UTC', 'YYYY-MM') as month, channel, group_id, member_id, coalesce(sent_as, 'text') as sent_as,
                     sum(array_length(string_to_array(sent_id, ','), 1)) as n
                from outbox where sent_at is not null and coalesce(sent_as, 'text') <> 'erase'
                 and ($1::text is null or to_char(sent_at at time zone 'UTC', 'YYYY-MM') = $1)
               group by 1, 2, 3, 4, 5`;

/** Counts what went out, month by month: messages cost money on some platforms. */
export const messageCounts = async (pool: Pool, month: string | undefined): Promise<MessageCount[]> => {
  const { rows } = await pool.query<{
    month: string;
    channel: string;
    group_id: string | null;
    sent_as: string;
    messages: number;
    members: number;
    most: number;
  }>(
    `with each as (${EACH})
     select month, channel, group_id, sent_as, sum(n)::integer as messages, count(member_id)::integer as members,
            coalesce(max(n) filter (where member_id is not null), 0)::integer as most
       from each group by month, channel, group_id, sent_as order by month, channel, group_id nulls last, sent_as`,
    [month ?? null],
  );
  return rows.map((row) => ({
    month: row.month,
    channel: row.channel,
    groupId: row.group_id ?? undefined,
    sentAs: row.sent_as,
    messages: row.messages,
    members: row.members,
    most: row.most,
  }));
};

/** The same for each member who got any, by her number. */
export const memberMessageCounts = async (
  pool: Pool,
  month: string | undefined,
): Promise<MemberMessageCount[]> => {
  const { rows } = await pool.query<{
    month: string;
    channel: string;
    group_id: string;
    number: number;
    sent_as: string;
    messages: number;
  }>(
    `with each as (${EACH})
     select e.month, e.channel, e.group_id, m.number, e.sent_as, e.n::integer as messages
       from each e join member m on m.group_id = e.group_id and m.id = e.member_id
      order by e.month, e.channel, e.group_id, m.number, e.sent_as`,
    [month ?? null],
  );
  return rows.map(({ group_id: groupId, sent_as: sentAs, ...row }) => ({ ...row, groupId, sentAs }));
};
