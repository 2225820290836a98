import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type AddressId, asId, type MemberId } from '../domain/ids.ts';
import { inTransaction } from './in-transaction.ts';
import { bytes, id, instant } from './json-fields.ts';

const tried = z.object({
  may: z.array(
    z.object({
      member: id,
      hash: z.string(),
      other: z.string(),
      known: z.boolean(),
      otherKnown: z.boolean(),
    }),
  ),
  waitUntil: instant.nullable(),
  blocked: z.array(id),
  shut: z.boolean(),
});

/** A PIN that may be compared now, and the other one of the same member. */
export type Comparable = {
  readonly memberId: MemberId;
  readonly hash: string;
  readonly otherHash: string;
  readonly isKnown: boolean;
  readonly isOtherKnown: boolean;
};

export type Tried = {
  readonly may: readonly Comparable[];
  readonly waitUntil: Temporal.Instant | undefined;
  /** Whose PIN this try closed, unless it is right. */
  readonly closed: readonly MemberId[];
  /** None of them may be tried any more. */
  readonly isShut: boolean;
};

/**
 * Counts a try at the PINs of all who speak from an address, for good, before any is compared.
 *
 * @param but her whose PIN is not among them
 * @param isLook it was written in a chat: counted apart, a few a day, and it closes nothing
 */
export const tryPins = async (
  pool: Pool,
  addressId: AddressId,
  {
    now,
    but,
    isLook = false,
  }: { readonly now: Temporal.Instant; readonly but?: MemberId; readonly isLook?: boolean },
): Promise<Tried> => {
  const { rows } = await pool.query<{ tried: unknown }>('select pin_try($1, $2, $3, $4) as tried', [
    addressId,
    but ?? null,
    now.toString(),
    isLook,
  ]);
  const { may, waitUntil, blocked, shut } = tried.parse(rows[0]?.tried);
  return {
    may: may.map((one) => ({
      memberId: asId<MemberId>(one.member),
      hash: one.hash,
      otherHash: one.other,
      isKnown: one.known,
      isOtherKnown: one.otherKnown,
    })),
    waitUntil: waitUntil ?? undefined,
    closed: blocked.map((one) => asId<MemberId>(one)),
    isShut: shut,
  };
};

/** The try was right for one of those it was counted at: it was no guess at any of them. */
export const pinWasRight = async (pool: Pool, tried: Tried, memberId: MemberId): Promise<void> => {
  await pool.query('select pin_right($1::uuid[], $2)', [tried.may.map((one) => one.memberId), memberId]);
};

/** The hashes of one member's own PIN and of her other one; undefined: she has none. */
export const ownHashes = async (
  pool: Pool,
  memberId: MemberId,
): Promise<{ readonly hash: string; readonly other: string } | undefined> => {
  const { rows } = await pool.query<{ hash: string; other: string }>(
    'select hash, other_hash as other from member_pin where member_id = $1',
    [memberId],
  );
  return rows[0];
};

/** Whether some programme shows nobody's money without one. */
export const asksForPins = async (pool: Pool): Promise<boolean> => {
  const { rowCount } = await pool.query('select from programme where pin_required limit 1');
  return (rowCount ?? 0) > 0;
};

const link = z.object({ channel: z.string(), id, value: bytes, key: bytes });

/** Whose page this is, while it is good; undefined: nobody's. The address is sealed as it is kept. The commit uses it up. */
export const pinLinkOf = async (
  pool: Pool,
  hash: string,
  now: Temporal.Instant,
): Promise<z.infer<typeof link> | undefined> => {
  const { rows } = await pool.query<{ link: unknown }>(
    `select jsonb_build_object('channel', a.channel, 'id', a.id, 'value', encode(a.value, 'hex'), 'key', encode(k.wrapped, 'hex')) as link
       from pin_link p join address a on a.id = p.address_id join data_key k on k.id = a.id where p.hash = $1 and p.expires_at > $2`,
    [hash, now.toString()],
  );
  return rows[0] && link.parse(rows[0].link);
};

/** Puts a number in the place of a member's PIN that opens nothing but the way to another one. @returns whether she had one */
export const resetPin = async (
  pool: Pool,
  { groupId, memberId }: { readonly groupId: string; readonly memberId: string },
  { hash, now }: { readonly hash: string; readonly now: Temporal.Instant },
): Promise<boolean> =>
  inTransaction(pool, async (session) => {
    const { rows } = await session.query<{ done: boolean }>(
      'select reset_pin($1, $2, $3, $4, false) as done',
      [groupId, memberId, hash, now.toString()],
    );
    const done = rows[0]?.done ?? false;
    if (done) {
      const about = ['operator', 'pin-reset', `member/${memberId}`, now.toString()];
      await session.query('select write_audit($1, $2, $3, $4)', about);
    }
    return done;
  });
