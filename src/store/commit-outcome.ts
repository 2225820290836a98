import type { Pool } from 'pg';
import type { IncomingMessage, OutgoingMessage } from '../conversation/message.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { Session } from '../conversation/session.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { AddressId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import { broadcastChanges } from './broadcasts-json.ts';
import { changesJson } from './changes-json.ts';
import { coversJson } from './covers-json.ts';
import { curriculumChanges } from './curriculum-json.ts';
import { drawsJson } from './draws-json.ts';
import { entriesJson } from './entries-json.ts';
import { lessonsChanges } from './lessons-json.ts';
import type { StoredAddress } from './load-snapshot.ts';
import { loansJson } from './loans-json.ts';
import { meetingsJson } from './meetings-json.ts';
import { paymentsJson } from './payments-json.ts';
import type { Secrets } from './secrets.ts';
import { writeOffered, writeSession } from './session-json.ts';
import { talksChanges } from './talks-json.ts';
import { tandaJson } from './tanda-json.ts';

/** A message in words, on its way to one address. */
export type OutboxMessage = {
  readonly id: string;
  readonly addressId: string;
  readonly channel: string;
  readonly memberId: string | undefined;
  readonly kind: string;
  /** Replies and receipts overtake bulk. */
  readonly lane: 0 | 1;
  readonly unsolicited: boolean;
  readonly message: OutgoingMessage;
  readonly delaySeconds: number;
};

export type Decided = {
  readonly message: IncomingMessage;
  readonly snapshot: Snapshot;
  readonly stored: StoredAddress;
  readonly outcome: Outcome;
  /** The session with the choices as they were worded. */
  readonly session: Session;
  readonly outbox: readonly OutboxMessage[];
  /** Whether this process runs the channel, so that it sends the answers itself, at once. */
  readonly sendNow: boolean;
  /** Whether the platform takes free words only for a while after she wrote: what waited for that may go now. */
  readonly windowed: boolean;
};

export type Committed =
  | { readonly type: 'done'; readonly leased: ReadonlySet<string> }
  | { readonly type: 'duplicate' }
  /** The facts have changed since they were loaded: load and decide again. */
  | { readonly type: 'stale' };

const COMMIT = { name: 'commit-outcome', text: 'select commit_outcome($1::jsonb) as done' };

/** Raised by the database when what was decided rests on facts that changed; and the errors that mean the same. */
const STALE = new Set(['CM001', '40001', '40P01', '55P03', '23505']);

/** Whether the database says that what was decided rests on facts that have changed. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && STALE.has(String(error.code));

/** Writes everything a message decided, or nothing, in one statement. */
export const commitOutcome = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  decided: Decided,
): Promise<Committed> => {
  const doc = JSON.stringify(outcomeJson(store.secrets, decided));
  try {
    const { rows } = await store.pool.query<{ done: { result: string; leased?: string[] } }>({
      ...COMMIT,
      values: [doc],
    });
    const done = rows[0]?.done;
    if (done?.result === 'duplicate') return { type: 'duplicate' };
    return { type: 'done', leased: new Set(done?.leased ?? []) };
  } catch (error) {
    if (isStale(error)) return { type: 'stale' };
    throw error;
  }
};

/** The document that commit_outcome takes. */
export const outcomeJson = (secrets: Secrets, decided: Decided) => {
  const { message, snapshot, outcome } = decided;
  const { events } = outcome;
  const drafts = events.flatMap((e) => (e.type === 'entry-posted' ? [e.entry] : []));
  const book = snapshot.speaker.type === 'member' ? snapshot.speaker.group.book : undefined;
  invariant(drafts.length === 0 || book, 'only a member of the group decides entries of its book');
  return {
    channel: message.channel,
    messageId: secrets.messageIndex(message.channel, message.messageId),
    now: snapshot.now.toString(),
    sendNow: decided.sendNow,
    groupId: outcome.groupId,
    address: addressJson(secrets, decided),
    ...(drafts.length > 0 && book ? entriesJson(drafts, book) : {}),
    ...loansJson(events),
    ...meetingsJson(events),
    ...lessonsChanges(events),
    ...curriculumChanges(events),
    ...broadcastChanges(secrets, events),
    ...coversJson(events),
    ...drawsJson(secrets, events),
    ...tandaJson(events),
    ...talksChanges(secrets, events, decided.stored?.ownKey),
    ...paymentsJson(events),
    ...changesJson(secrets, events, decided.stored?.ownKey),
    outbox: decided.outbox.map((row) => outboxJson(secrets, row)),
  };
};

/** One message as commit_outbox takes it. */
export const outboxJson = (secrets: Secrets, row: OutboxMessage) => ({
  id: row.id,
  address: row.addressId,
  channel: row.channel,
  member: row.memberId,
  kind: row.kind,
  lane: row.lane,
  unsolicited: row.unsolicited,
  body: secrets.outboxSeal(row.id, JSON.stringify(row.message)).toString('base64'),
  delay_s: row.delaySeconds,
  asked:
    row.unsolicited && row.message.choices.length > 0
      ? secrets.outboxSeal(`asked/${row.addressId}`, writeOffered(row.message.choices)).toString('base64')
      : undefined,
});

const addressJson = (secrets: Secrets, decided: Decided) => {
  const { message, snapshot, stored, outcome, session } = decided;
  const { address } = snapshot;
  const wrong = wrongCodes(snapshot, outcome.wrongCode);
  const common = {
    id: address.id,
    now: snapshot.now.toString(),
    channel: message.channel,
    session: secrets.outboxSeal(`session/${address.id}`, writeSession(session)).toString('base64'),
    as: session.as,
    language: outcome.language,
    stopped: outcome.stopped,
    blocked: message.body.type === 'reachable' && !message.body.reachable,
    forgetSeconds: forgetSeconds(snapshot, outcome),
    ...(outcome.moved && { moved: true }),
    ...(decided.windowed && { windowed: true }),
    ...aliasesJson(secrets, decided),
    ...wrong,
  };
  if (stored) return { ...common, version: stored.version };
  const { key, wrapped } = secrets.newDataKey();
  return {
    ...common,
    key: wrapped.toString('base64'),
    value: sealAddress(secrets, key, address.id, message.address),
    index: secrets.blindIndex(message.channel, message.address).toString('hex'),
  };
};

/** Her other ids; and the one she wrote from, when she was known only by another. */
const aliasesJson = (secrets: Secrets, { message, snapshot, stored, outcome }: Decided) => {
  const { channel, address, aliases = [] } = message;
  if (outcome.moved || (aliases.length === 0 && !stored?.aliasKey)) return {};
  const index = (value: string): string => secrets.blindIndex(channel, value).toString('hex');
  const known = { aliases: aliases.map(index) };
  if (!stored?.aliasKey) return known;
  const newValue = sealAddress(secrets, secrets.unwrap(stored.aliasKey), snapshot.address.id, address);
  return { ...known, newValue, newIndex: index(address) };
};

/** How long a stranger who has not said yes is remembered, so that she can answer; whoever is linked stays. */
const STRANGER_SECONDS = 24 * 60 * 60;

const forgetSeconds = (snapshot: Snapshot, outcome: Outcome): number | undefined => {
  const comesIn = outcome.events.some((event) => event.type === 'address-linked');
  if (snapshot.speaker.type !== 'stranger' || comesIn) return undefined;
  return outcome.forget ? 0 : STRANGER_SECONDS;
};

const sealAddress = (
  secrets: Secrets,
  key: Parameters<Secrets['seal']>[0],
  ...[id, value]: readonly [AddressId, string]
): string => secrets.seal(key, { table: 'address', column: 'value', rowId: id }, value).toString('base64');

const wrongCodes = (snapshot: Snapshot, change: Outcome['wrongCode']) => {
  const { wrongCodes: before, wrongCodeAt } = snapshot.address;
  switch (change) {
    case 'forgiven':
      return { wrongCodes: 0 };
    case 'unchanged':
      return { wrongCodes: before, wrongCodeAt: wrongCodeAt?.toString() };
    case 'counted':
      return { wrongCodes: isOver(snapshot) ? 1 : before + 1, wrongCodeAt: snapshot.now.toString() };
  }
};

/** The hour of the earlier wrong codes is over: counting starts again. */
const isOver = ({ now, address }: Snapshot): boolean =>
  address.wrongCodeAt !== undefined && now.since(address.wrongCodeAt).total('hours') >= 1;
