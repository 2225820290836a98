import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import { EMPTY_SESSION, freshSession, type Session } from '../conversation/session.ts';
import type { AddressFacts, MemberSpeaker, Snapshot, Speaker, StoredNeed } from '../conversation/snapshot.ts';
import { type AddressId, asId, type MemberId, type StaffId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { askedAudience } from './audience-json.ts';
import { extraFacts } from './extra-facts.ts';
import {
  companyFacts,
  deskFacts,
  groupFacts,
  inviteFacts,
  memberFacts,
  openName,
  staffContacts,
} from './facts.ts';
import type { Secrets } from './secrets.ts';
import { readOffered, readSession, splitAsked } from './session-json.ts';
import { type SnapshotJson, snapshotJson } from './snapshot-json.ts';
import { staffBroadcastsOf } from './staff-broadcasts.ts';
import { markedMessage, openTalks, staffTalk } from './talk-facts.ts';

/** A snapshot, and what the commit must find unchanged; or that this message was answered before. */
export type Loaded =
  | { readonly type: 'seen' }
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
      }),
      how.now.toString(),
    ],
  });
  const json = snapshotJson.parse(rows[0]?.facts);
  if (json.seen) return { type: 'seen' };
  const snapshot: Snapshot = {
    now: how.now,
    address: addressFacts(secrets, json, { ...how, channel: message.channel }),
    speaker: speakerOf(secrets, json),
    invite: inviteOf(secrets, json, how.now),
    file: undefined,
    marked: json.marked ? markedMessage(json.marked) : undefined,
  };
  return {
    type: 'loaded',
    snapshot,
    stored: json.address && storedOf(json.address, json.me?.key ?? json.talk?.member.key),
  };
};

const storedOf = (
  address: NonNullable<SnapshotJson['address']>,
  ownKey: Buffer | null | undefined,
): StoredAddress => ({
  version: address.version,
  aliasKey: address.byAlias && address.key ? address.key : undefined,
  ownKey: ownKey ?? undefined,
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
      if (need.type === 'payment' || need.type === 'talk') return [need.type, need.id];
      if (need.type === 'invite') return [need.type, secrets.codeIndex(need.code).toString('hex')];
      return [need.type, true];
    }),
  );

const addressFacts = (
  secrets: Secrets,
  json: SnapshotJson,
  of: { readonly channel: string; readonly newAddressId: AddressId; readonly now: Temporal.Instant },
): AddressFacts => {
  const { address } = json;
  return {
    id: address ? asId<AddressId>(address.id) : of.newAddressId,
    channel: of.channel,
    language: address?.language ?? undefined,
    consented: Boolean(address?.consentedAt),
    stopped: Boolean(address?.stoppedAt),
    wrongCodes: address?.wrongCodes ?? 0,
    wrongCodeAt: address?.wrongCodeAt ?? undefined,
    session: address ? sessionOf(secrets, address, of.now) : EMPTY_SESSION,
    contradicted: address?.contradicted ?? false,
  };
};

/** A question older than this is not answered by a bare number: she may mean anything. */
const ASKED_DAYS = 7;

const isRecent = (at: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  at !== null && now.since(at).total('hours') < 24 * ASKED_DAYS;

/** Her session; a question that reached her unasked is answered by number while no question of ours is open. */
const sessionOf = (
  secrets: Secrets,
  address: NonNullable<SnapshotJson['address']>,
  now: Temporal.Instant,
): Session => {
  const stored = readSession(
    address.session === null ? undefined : secrets.outboxOpen(`session/${address.id}`, address.session),
  );
  const session = freshSession(stored, now);
  if (address.asked === null || !isRecent(address.askedAt, now)) return session;
  const asked = splitAsked(address.asked).map((one) =>
    readOffered(secrets.outboxOpen(`asked/${address.id}`, one)),
  );
  // A question of ours is open: the others wait, but a bare number may be meant for any of them.
  if (session.flow.type !== 'idle')
    return session.offered.length > 0 ? { ...session, others: asked } : session;
  return { ...session, others: asked.slice(0, -1), offered: asked.at(-1) ?? [] };
};

const speakerOf = (secrets: Secrets, json: SnapshotJson): Speaker => {
  if (json.me && json.group) return memberSpeaker(secrets, json, { me: json.me, group: json.group });
  if (!json.staff) return { type: 'stranger' };
  return {
    type: 'staff',
    staffId: asId<StaffId>(json.staff.id),
    programmeId: asId(json.staff.programmeId),
    name: openName(secrets, 'staff', json.staff),
    programme: json.staff.programme,
    timeZone: json.staff.timeZone ?? 'UTC',
    talksWaiting: json.talksWaiting,
    talks: json.openTalks && openTalks(secrets, json.openTalks),
    talk: json.talk === null ? 'none' : json.talk && staffTalk(secrets, json.talk),
    lessons: json.staffLessons,
    funnels: json.funnels,
    broadcasts: staffBroadcastsOf(secrets, json.staffBroadcasts),
    all: json.staffAll && staffContacts(secrets, json.staffAll),
    summary: json.summary?.map((group) => ({
      name: openName(secrets, 'savings_group', group),
      members: group.members,
      linked: group.linked,
      saved: money(group.saved, group.currency),
      lent: money(group.lent, group.currency),
      waiting: group.waiting,
      disputes: group.disputes,
    })),
  };
};

type Own = {
  readonly me: NonNullable<SnapshotJson['me']>;
  readonly group: NonNullable<SnapshotJson['group']>;
};

const memberSpeaker = (secrets: Secrets, json: SnapshotJson, own: Own): MemberSpeaker => {
  const { currency } = own.group;
  const me = memberFacts(secrets, own.me, own.group);
  const group = groupFacts(secrets, own.group);
  return {
    type: 'member',
    me,
    group,
    seats: json.seats?.map((seat) => ({
      memberId: asId<MemberId>(seat.memberId),
      name: openName(secrets, 'member', { ...seat.member, id: seat.memberId }),
      groupName: openName(secrets, 'savings_group', { ...seat.group, id: seat.groupId }),
    })) ?? [{ memberId: me.id, name: me.name, groupName: group.name }],
    company: json.company && {
      ...companyFacts(secrets, json.company, own.group.language),
      desk: json.desk ? deskFacts(secrets, json.desk, own.group) : undefined,
    },
    extra: extraFacts(json, { secrets, currency, language: own.group.language, group: own.group }),
  };
};

const inviteOf = (secrets: Secrets, json: SnapshotJson, now: Temporal.Instant): Snapshot['invite'] => {
  if (json.invite === undefined) return undefined;
  return json.invite === null ? 'none' : inviteFacts(secrets, json.invite, now);
};
