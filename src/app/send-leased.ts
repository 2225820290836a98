import type { Temporal } from 'temporal-polyfill';
import type { Channel, OutgoingFile, SendFailure, SendResult, ToSend } from '../channels/channel.ts';
import type { Attachment, OutgoingMessage } from '../conversation/message.ts';
import type { Leased } from '../store/claim-outbox.ts';
import { holdOutbox, keepSentParts, returnOutbox, type Sent } from '../store/outbox.ts';
import { recentSentIds, sentIdOf } from '../store/sent-before.ts';
import { inviteAgain, markBlocked, markRefused } from '../store/unreachable.ts';
import { closedWay, type Way, wayOf } from './message-way.ts';
import { type MakeFile, rememberFile } from './outgoing-file.ts';
import type { ReminderWords } from './reminder-words.ts';
import type { Store } from './store.ts';

/** After so many attempts, about a day of them, a message is given up, and staff can see it. */
const ATTEMPTS_MAX = 150;
const RETRY_FIRST_SECONDS = 2;
const RETRY_MAX_SECONDS = 600;
/** How long a channel rests that its platform has stopped, that is not linked, or whose key is wrong: longer each time. */
const REST_FIRST_SECONDS = 30;
const REST_MAX_SECONDS = 900;

/** A leased message with its words. */
export type Worded = Leased & { readonly message: OutgoingMessage };

/** What is asked at the moment of sending. */
export type Asked = {
  readonly reminderWords: ReminderWords;
  readonly now: () => Temporal.Instant;
  readonly makeFile: MakeFile;
  readonly newId: () => string;
};

/** One channel and what it is sent with. */
export type Sending = Asked & {
  readonly store: Store;
  readonly channel: Channel;
  /** Looks at the outbox again: sending has put something into it. */
  readonly wake: () => void;
  /** Nothing more on this channel for so many seconds, from no process. */
  readonly pause: (seconds: number) => Promise<void>;
  /** The same of a channel that cannot send: until then, or until it can again. */
  readonly rest: (seconds: number) => Promise<void>;
  /** Prepared words that the platform refused as such, and until when (`Date.now()`) they rest. */
  readonly restingTemplates: Map<string, number>;
};

/** Hands one leased message to its channel, and says what is to become of it when it did not go. */
export const deliver = async (sending: Sending, leased: Worded): Promise<Sent | undefined> => {
  const { store, channel } = sending;
  const way = wayOf(leased, channel.windowHours, sending.now());
  if (way.type === 'held') {
    await hold(sending, leased, way);
    return undefined;
  }
  if (way.type === 'unwanted') {
    store.metrics.sent.inc({ channel: channel.name, outcome: 'opted-out' });
    await returnOutbox(store.pool, leased.id, { state: 'skipped', reason: 'opted-out' });
    return undefined;
  }
  if (way.type === 'template' && (await templateRests(sending, leased))) return undefined;
  const result = await handOver(sending, leased, way);
  const sentAs = way.type === 'template' ? (leased.message.template?.key ?? 'text') : 'text';
  return settled(sending, leased, { result, sentAs });
};

/** Has an earlier message say other words; where that cannot be, nothing is said. */
export const edit = async (sending: Sending, leased: Worded): Promise<Sent | undefined> => {
  const { store, channel } = sending;
  const { edits, text, choices } = leased.message;
  const sentId = edits && channel.edit && (await sentIdOf(store.pool, leased.addressId, edits));
  const result = sentId ? await channel.edit?.(leased.address, sentId, { text, choices }) : 'gone';
  if (result && result !== 'gone') return settled(sending, leased, { result, sentAs: 'edit' });
  store.metrics.sent.inc({ channel: channel.name, outcome: 'no-edit' });
  await returnOutbox(store.pool, leased.id, { state: 'skipped', reason: 'no-edit' });
  return undefined;
};

/** What the channel said is written down, or done about. */
const settled = async (
  sending: Sending,
  leased: Worded,
  { result, sentAs }: { readonly result: SendResult; readonly sentAs: string },
): Promise<Sent | undefined> => {
  const { store, channel } = sending;
  const outcome = result.ok ? (sentAs === 'edit' ? 'edited' : 'sent') : result.failure.type;
  store.metrics.sent.inc({ channel: channel.name, outcome });
  if (result.ok) return { id: leased.id, sentId: result.sentId, sentAs, placed: leased.at !== undefined };
  if (result.sentParts) await keepSentParts(store.pool, leased.id, result.sentParts);
  // What concerns one chat keeps only hers waiting: her later messages wait behind this one.
  if (result.failure.type === 'retry-after' && result.failure.scope === 'channel') {
    await sending.pause(result.failure.seconds);
  }
  if (ofWholeChannel(result.failure)) await sending.rest(restSeconds(leased.attempts));
  await returned(sending, leased, result.failure);
  return undefined;
};

/** Prepared words that Meta has paused or not approved are the same for everybody: they are not tried for each woman. */
const TEMPLATE_REST_SECONDS = 600;

const templateRests = async ({ store, restingTemplates }: Sending, leased: Worded): Promise<boolean> => {
  const until = restingTemplates.get(templateOf(leased)) ?? 0;
  const afterSeconds = (until - Date.now()) / 1_000;
  if (afterSeconds <= 0) return false;
  await returnOutbox(store.pool, leased.id, { state: 'queued', reason: 'template-fault', afterSeconds });
  return true;
};

const templateOf = ({ message: { template } }: Worded): string => `${template?.key}/${template?.language}`;

/** Trouble of the whole channel: it rests, so that a stopped account is not knocked at for every message. */
const ofWholeChannel = ({ type }: SendFailure): boolean => type === 'paused' || type === 'bad-credentials';

const restSeconds = (attempts: number): number =>
  Math.min(REST_MAX_SECONDS, REST_FIRST_SECONDS * 2 ** (attempts - 1));

const handOver = async (
  sending: Sending,
  { address, message, sentParts }: Worded,
  way: Way,
): Promise<SendResult> => {
  const { channel } = sending;
  const { text, choices, attachment, template } = message;
  if (way.type === 'template' && template) return channel.send(address, { text, choices, template });
  const words: ToSend = { text, choices, ...(sentParts && { sentParts }) };
  const file = attachment && (await fileOf(sending, attachment));
  // Without its file it would be cut in other parts than those that are out.
  if (attachment && !file && sentParts) return { ok: false, failure: { type: 'unavailable' } };
  const sent = await channel.send(address, file ? { ...words, file } : words);
  if (sent.ok && sent.fileId !== undefined) {
    await rememberFile(sending.store, attachment, { channel: channel.name, fileId: sent.fileId });
  }
  return sent;
};

/** A picture that cannot be drawn keeps no words back. */
const fileOf = async (
  { store, channel, makeFile }: Sending,
  attachment: Attachment,
): Promise<OutgoingFile | undefined> => {
  try {
    return await makeFile(attachment, channel);
  } catch (error) {
    store.log.error({ channel: channel.name, error }, 'a file could not be made; its words go alone');
    return undefined;
  }
};

/** It waits until she writes; she is told once, in prepared words, that something waits. */
const hold = async (
  { store, channel, newId, wake }: Sending,
  leased: Worded,
  { invitation }: Extract<Way, { type: 'held' }>,
): Promise<void> => {
  store.metrics.sent.inc({ channel: channel.name, outcome: 'held' });
  if (await holdOutbox(store, leased.id, invitation && { id: newId(), message: invitation })) wake();
};

/** Takes back what the bot wrote to her before, as far as the platform lets it. */
export const erase = async ({ store, channel }: Sending, leased: Worded): Promise<Sent> => {
  const sentIds = await recentSentIds(store.pool, leased.addressId, leased.id);
  const gone = sentIds.length > 0 ? await channel.erase?.(leased.address, sentIds) : 0;
  store.metrics.sent.inc({ channel: channel.name, outcome: 'erased' });
  return { id: leased.id, sentId: `erased:${gone ?? 0}`, sentAs: 'erase', placed: leased.at !== undefined };
};

const returned = async (sending: Sending, leased: Worded, failure: SendFailure): Promise<void> => {
  const { store } = sending;
  switch (failure.type) {
    case 'outside-window': {
      const way = closedWay(leased.message);
      // The platform takes nothing: what has prepared words of its own goes out with the next try.
      return way.type === 'held' ? hold(sending, leased, way) : tryLater(store, leased, failure);
    }
    case 'opted-out':
    case 'undeliverable':
      await markRefused(store.pool, leased.addressId, failure.type);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'held-back':
      if (leased.message.text === '') await inviteAgain(store.pool, leased.addressId);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'template-fault':
      sending.restingTemplates.set(templateOf(leased), Date.now() + TEMPLATE_REST_SECONDS * 1_000);
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a template cannot be sent; it rests');
      return tryLater(store, leased, failure);
    case 'paused':
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a channel cannot send now');
      return tryLater(store, leased, failure);
    case 'retry-after':
      return returnOutbox(store.pool, leased.id, {
        state: 'queued',
        reason: failure.type,
        afterSeconds: failure.grows ? grown(failure.seconds, leased.attempts) : failure.seconds,
      });
    case 'blocked':
      await markBlocked(store.pool, leased.addressId);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'our-bug':
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a channel refused our message');
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'bad-credentials':
      store.log.error({ outbox: leased.id, code: failure.type }, 'a channel refuses our credentials');
      return tryLater(store, leased, failure);
    case 'unavailable':
      return tryLater(store, leased, failure);
  }
};

/** What only an operator can mend is never given up for being tried often: a telephone that was not linked for a week. */
const tryLater = (store: Store, leased: Worded, failure: SendFailure): Promise<void> =>
  returnOutbox(
    store.pool,
    leased.id,
    leased.attempts >= ATTEMPTS_MAX && failure.type === 'unavailable'
      ? { state: 'failed', reason: failure.type }
      : { state: 'queued', reason: failure.type, afterSeconds: backoffSeconds(leased.attempts) },
  );

/** Four times as long with each try, up to an hour: what Meta asks for after too many to one person. */
const grown = (seconds: number, attempts: number): number => Math.min(3_600, seconds * 4 ** (attempts - 1));

/** 2, 4, 8 … seconds up to ten minutes, spread by a quarter so that a crowd does not come back at once. */
const backoffSeconds = (attempts: number): number =>
  Math.min(RETRY_MAX_SECONDS, RETRY_FIRST_SECONDS * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);
