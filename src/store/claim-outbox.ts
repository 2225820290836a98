import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { SafeHours } from '../domain/quiet-hours.ts';
import { messageIn, type RowWords, type Unworded, unwordedOf } from './row-words.ts';
import type { Secrets } from './secrets.ts';
import type { MeantBy } from './still-meant.ts';

/** A message this process has leased and may send now. */
export type Leased = {
  readonly id: string;
  readonly addressId: string;
  /** Her address on the channel, in clear: it goes to the channel and nowhere else. */
  readonly address: string;
  /** Undefined of what gets its words as it is sent. */
  readonly message: OutgoingMessage | undefined;
  readonly kind: string;
  readonly lane: number;
  readonly attempts: number;
  /** The platform's ids of its parts that are out already: an earlier try got so far. */
  readonly sentParts: readonly string[] | undefined;
  /** The time zone in whose night it waits: set for what a member did not ask for (invariant M9). */
  readonly quietIn: string | undefined;
  /** The hours in which she is written to unasked, where she named some. */
  readonly safe?: SafeHours | undefined;
  /** What nobody asked for tells her nothing by itself: it waits until she asks to see it. */
  readonly closed: boolean;
  /** She had her day's most of what she did not ask for: it waits for tomorrow. */
  readonly over: boolean;
  /** Its place in the channel's line, in milliseconds of `Date.now()`; undefined for an answer that goes at once, without one. */
  readonly at: number | undefined;
  /** It overtakes: this place in the line is kept for what it overtakes. */
  readonly kept?: number;
  /** She told the platform that she wants no news and offers: what it counts as such does not go to her. */
  readonly noNews: boolean;
  /** When she last wrote; undefined when she never did. */
  readonly heardAt: Temporal.Instant | undefined;
  /** Set for reminders and announcements of lessons: the book is asked before they go. */
  readonly unworded: Unworded | undefined;
  /** Set for a message of staff to many: whether it is still meant for her is asked before it goes. */
  readonly meantBy?: MeantBy;
};

type ClaimedRow = RowWords & {
  id: string | null;
  address_id: string;
  value: Buffer;
  key: Buffer | null;
  body: Buffer | null;
  lane: number;
  attempts: number;
  time_zone: string | null;
  heard_at: string | null;
  skipped: string | null;
  at_s: number;
  over: boolean;
  sent_id: string | null;
  no_news: boolean;
  told_ms: number;
  closed: boolean;
  safe_from: string | null;
  safe_until: string | null;
};

const CLAIM = { name: 'claim-outbox', text: 'select * from claim_outbox($1, $2, $3)' };

/** A channel as a claim sees it. */
export type Claiming = {
  readonly channel: string;
  /** At most so many messages. */
  readonly limit: number;
  /** Of what a person did not ask for, so many messages a day; undefined: any number. */
  readonly dailyMax: number | undefined;
  /** A moment by the database's clock, in milliseconds of `Date.now()` here. */
  readonly clock: (toldMs: number) => number;
};

export type Claimed = {
  /** The skipped ones too, and those put off for their reader's sake: zero means there is nothing more to do now. */
  readonly claimed: number;
  readonly leased: readonly Leased[];
  /** Leased as well, and not to be opened here. */
  readonly unreadable: readonly string[];
  /**
   * Nothing may go for so many seconds: `paused`, the platform said so; `rests`, the channel cannot send; `full`, what is
   * allowed until then is taken.
   */
  readonly wait: { readonly reason: 'paused' | 'rests' | 'full'; readonly seconds: number } | undefined;
};

/** Leases messages of one channel that are due, each with its place in what all processes together may send. */
export const claimOutbox = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  { channel, limit, dailyMax, clock }: Claiming,
): Promise<Claimed> => {
  const values = [channel, limit, dailyMax ?? null];
  const { rows } = await store.pool.query<ClaimedRow>({ ...CLAIM, values });
  const messages = rows.filter((row) => row.id !== null);
  const claimedAt = messages[0] ? clock(messages[0].told_ms) : 0;
  const unreadable: string[] = [];
  const leased = messages
    .filter((row) => row.skipped === null)
    .map((row) => {
      try {
        return leasedOf(store.secrets, row, claimedAt);
      } catch {
        // A key that this machine has not been given yet, words of a newer version: the others go all the same.
        if (row.id !== null) unreadable.push(row.id);
        return undefined;
      }
    })
    .filter((row) => row !== undefined)
    // The claim returns rows in no order: ids are made in the order of their causes.
    .toSorted((a, b) => a.lane - b.lane || (a.id < b.id ? -1 : 1));
  const word = rows.find((row) => row.id === null);
  return {
    claimed: messages.length,
    leased,
    unreadable,
    wait: word && { reason: waitReason(word.skipped), seconds: word.at_s },
  };
};

const safeHours = ({ safe_from: from, safe_until: until }: ClaimedRow): SafeHours | undefined =>
  from === null || until === null
    ? undefined
    : { from: Temporal.PlainTime.from(from), until: Temporal.PlainTime.from(until) };

const waitReason = (said: string | null): 'paused' | 'rests' | 'full' =>
  said === 'paused' || said === 'rests' ? said : 'full';

const meantBy = ({ broadcast_id: broadcastId, group_id: groupId, member_id: memberId }: ClaimedRow) =>
  broadcastId && groupId && memberId ? { meantBy: { broadcastId, groupId, memberId } } : {};

const leasedOf = (secrets: Secrets, row: ClaimedRow, claimedAt: number): Leased | undefined => {
  if (row.id === null || row.key === null) return undefined;
  const unworded = row.body === null ? unwordedOf(row) : undefined;
  if (row.body === null && !unworded) return undefined;
  const place = { table: 'address', column: 'value', rowId: row.address_id };
  return {
    id: row.id,
    addressId: row.address_id,
    address: secrets.open(secrets.unwrap(row.key), place, row.value),
    message: row.body === null ? undefined : messageIn(secrets, row.body, { ...row, id: row.id }),
    kind: row.kind,
    lane: row.lane,
    attempts: row.attempts,
    sentParts: row.sent_id?.split(','),
    quietIn: row.time_zone ?? undefined,
    safe: safeHours(row),
    closed: row.closed,
    over: row.over,
    at: claimedAt + row.at_s * 1_000,
    noNews: row.no_news,
    heardAt: row.heard_at === null ? undefined : Temporal.Instant.from(row.heard_at),
    unworded,
    ...meantBy(row),
  };
};
