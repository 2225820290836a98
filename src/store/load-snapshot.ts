import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import type { StoredNeed } from '../conversation/need.ts';
import type { AddressFacts, Snapshot } from '../conversation/snapshot.ts';
import type { AddressId } from '../domain/ids.ts';
import { addressFacts } from './address-facts.ts';
import { askedAudience } from './audience-json.ts';
import { inviteFacts } from './invite-facts.ts';
import type { Room } from './limit-message.ts';
import { pinFacts } from './pin-json.ts';
import type { Secrets } from './secrets.ts';
import { type SnapshotJson, snapshotJson } from './snapshot-json.ts';
import { speakerOf } from './speaker-facts.ts';
import { markedMessage } from './talk-facts.ts';

/** A snapshot, and what the commit must find unchanged; or that this message was answered before. */
export type Loaded =
  | { readonly type: 'seen' }
  /** She, her group or its programme asks more than is answered. `tell`: she has not heard so just now. */
  | { readonly type: 'limited'; readonly tell: boolean; readonly address: AddressFacts; readonly room: Room }
  | { readonly type: 'loaded'; readonly snapshot: Snapshot; readonly stored: StoredAddress };

/**
 * How the speaker's address stands in the database; undefined when it is not there yet. `aliasKey` is set when she was
 * known by another id of hers than the one she wrote from: the wrapped key her new one is sealed with.
 */
export type StoredAddress =
  | {
      readonly version: string;
      readonly aliasKey: Buffer | undefined;
      /** The wrapped key of the member who speaks, or with whom staff speak. */
      readonly ownKey: Buffer | undefined;
      /** The wrapped key of her group. */
      readonly groupKey: Buffer | undefined;
    }
  | undefined;

const LOAD = {
  name: 'load-snapshot',
  text: 'select load_snapshot($1, $2, $3, $4::jsonb, $5::timestamptz) as facts',
};

/**
 * The facts for one message, in one round trip. `needs` names the extra facts a first step asked for.
 *
 * @param newAddressId the id that an address gets which is not known yet
 */
export const loadSnapshot = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  message: IncomingMessage,
  how: {
    readonly needs: readonly StoredNeed[];
    readonly now: Temporal.Instant;
    readonly newAddressId: AddressId;
    /** The room it takes; undefined: it is answered however much there is. */
    readonly room?: Room | undefined;
  },
): Promise<Loaded> => {
  const { pool, secrets } = store;
  const { rows } = await pool.query<{ facts: unknown }>({
    ...LOAD,
    values: [
      message.channel,
      secrets.messageIndex(message.channel, message.messageId),
      secrets.blindIndex(message.channel, message.address),
      JSON.stringify({
        ...needsJson(secrets, how.needs),
        ...(await audienceNeed(pool, how)),
        ...aliasesJson(secrets, message),
        ...(message.repliesTo !== undefined && { marked: message.repliesTo }),
        ...(how.room && { room: how.room }),
      }),
      how.now.toString(),
    ],
  });
  const json = snapshotJson.parse(rows[0]?.facts);
  if (json.seen) return { type: 'seen' };
  const address = addressFacts(secrets, json, { ...how, channel: message.channel });
  if (json.limited && how.room)
    return { type: 'limited', tell: json.limited === 'tell', address, room: how.room };
  const snapshot: Snapshot = {
    now: how.now,
    address,
    speaker: speakerOf(secrets, json),
    invite: inviteOf(secrets, json, how.now),
    codesPaused: json.codesPaused ?? false,
    file: undefined,
    pin: json.pin && pinFacts(json.pin),
    waits: json.waits,
    marked: json.marked ? markedMessage(json.marked) : undefined,
  };
  return {
    type: 'loaded',
    snapshot,
    stored:
      json.address &&
      storedOf(json.address, {
        own: json.me?.key ?? json.talk?.member.key ?? json.danger?.member.key,
        group: json.group?.key,
      }),
  };
};

const storedOf = (
  address: NonNullable<SnapshotJson['address']>,
  keys: { readonly own: Buffer | null | undefined; readonly group: Buffer | null | undefined },
): StoredAddress => ({
  version: address.version,
  aliasKey: address.byAlias && address.key ? address.key : undefined,
  ownKey: keys.own ?? undefined,
  groupKey: keys.group ?? undefined,
});

/** Keyed hashes of the other ids she may be known by. */
const aliasesJson = (secrets: Secrets, { channel, aliases = [] }: IncomingMessage) =>
  aliases.length > 0
    ? { aliases: aliases.map((alias) => secrets.blindIndex(channel, alias).toString('hex')) }
    : {};

/** The audience that staff look at, as the database is asked for it. */
const audienceNeed = async (
  pool: Pool,
  { needs, now }: { readonly needs: readonly StoredNeed[]; readonly now: Temporal.Instant },
): Promise<{ audience?: object }> => {
  const need = needs.find(({ type }) => type === 'audience');
  return need?.type === 'audience' ? { audience: await askedAudience(pool, { ...need, now }) } : {};
};

const needsJson = (secrets: Secrets, needs: readonly StoredNeed[]): Record<string, string | true> =>
  Object.fromEntries(
    needs.map((need): [string, string | true] => {
      if (need.type === 'broadcast') return [need.type, need.of];
      if (need.type === 'talks') return [need.type, String(need.skip)];
      if ('id' in need) return [need.type, need.id];
      if (need.type === 'invite') {
        return need.code.startsWith('+')
          ? ['inviteTelephone', secrets.blindIndex('phone', need.code).toString('hex')]
          : [need.type, secrets.codeIndex(need.code).toString('hex')];
      }
      return [need.type, true];
    }),
  );

const inviteOf = (secrets: Secrets, json: SnapshotJson, now: Temporal.Instant): Snapshot['invite'] => {
  if (json.invite === undefined) return undefined;
  return json.invite === null ? 'none' : inviteFacts(secrets, json.invite, now);
};
