import type { OutgoingFile, SendFailure, SendResult, ToSend } from '../channels/channel.ts';
import type { Attachment } from '../conversation/message.ts';
import { keepSentParts, returnOutbox, type Sent } from '../store/outbox.ts';
import { recentSentIds, sentIdOf } from '../store/sent-before.ts';
import { boundChoices } from './bound-button.ts';
import { type Way, wayOf } from './message-way.ts';
import { rememberFile } from './outgoing-file.ts';
import type { Sending, Worded } from './sending.ts';
import { hold, returned, templateRests } from './unsent.ts';

/** How long a channel rests that its platform has stopped, that is not linked, or whose key is wrong: longer each time. */
const REST_FIRST_SECONDS = 30;

const REST_MAX_SECONDS = 900;

/** Sends, changes or takes back, as the message says. */
export const handOut = async (sending: Sending, worded: Worded): Promise<Sent | undefined> => {
  if (worded.message.erase) return erase(sending, worded);
  return worded.message.edits === undefined ? deliver(sending, worded) : edit(sending, worded);
};

/** Hands one leased message to its channel, and says what is to become of it when it did not go. */
const deliver = async (sending: Sending, leased: Worded): Promise<Sent | undefined> => {
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
const edit = async (sending: Sending, leased: Worded): Promise<Sent | undefined> => {
  const { store, channel } = sending;
  const { edits, text, columns } = leased.message;
  const choices = boundChoices(store.secrets, leased.addressId, leased.message.choices);
  const sentId = edits && channel.edit && (await sentIdOf(store.pool, leased.addressId, edits));
  const words: ToSend = { text, choices, ...(columns && { columns }) };
  const result = sentId ? await channel.edit?.(leased.address, sentId, words) : 'gone';
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
  if (result.ok) return sentOf(leased, result.sentId, sentAs);
  if (result.sentParts) await keepSentParts(store.pool, leased.id, result.sentParts);
  // What concerns one chat keeps only hers waiting: her later messages wait behind this one.
  if (result.failure.type === 'retry-after' && result.failure.scope === 'channel') {
    await sending.pause(result.failure.seconds);
  }
  if (ofWholeChannel(result.failure)) await sending.rest(restSeconds(leased.attempts));
  await returned(sending, leased, result.failure);
  return undefined;
};

/** Trouble of the whole channel: it rests, so that a stopped account is not knocked at for every message. */
const ofWholeChannel = ({ type }: SendFailure): boolean => type === 'paused' || type === 'bad-credentials';

const restSeconds = (attempts: number): number =>
  Math.min(REST_MAX_SECONDS, REST_FIRST_SECONDS * 2 ** (attempts - 1));

const handOver = async (
  sending: Sending,
  { address, addressId, message, sentParts }: Worded,
  way: Way,
): Promise<SendResult> => {
  const { channel, store } = sending;
  const { text, attachment, template, columns } = message;
  const choices = boundChoices(store.secrets, addressId, message.choices);
  if (way.type === 'template' && template) return channel.send(address, { text, choices, template });
  const words: ToSend = { text, choices, ...(sentParts && { sentParts }), ...(columns && { columns }) };
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

/** Takes back what the bot wrote to her before, as far as the platform lets it. */
const erase = async ({ store, channel }: Sending, leased: Worded): Promise<Sent> => {
  const gone = await eraseOf(store, channel, leased);
  store.metrics.sent.inc({ channel: channel.name, outcome: 'erased' });
  return sentOf(leased, `erased:${gone ?? 0}`, 'erase');
};

/** All of the last two days, or one: what a platform does not take back says nothing from then on, if it can be edited. */
const eraseOf = async (
  { pool }: Sending['store'],
  channel: Sending['channel'],
  { id, addressId, address, message: { edits, hers } }: Worded,
): Promise<number | undefined> => {
  if (hers !== undefined) return channel.erase?.(address, [hers]);
  if (edits === undefined) {
    const sentIds = await recentSentIds(pool, addressId, id);
    return sentIds.length > 0 ? channel.erase?.(address, sentIds) : 0;
  }
  const sentId = await sentIdOf(pool, addressId, edits);
  if (sentId === undefined) return 0;
  const gone = await channel.erase?.(address, [sentId]);
  if (!gone) await channel.edit?.(address, sentId, { text: NOTHING, choices: [] });
  return gone;
};

/** What stands where a message could not be taken back. */
const NOTHING = '·';

const sentOf = (
  { id, at, kind, lane, addressId, message, unworded }: Worded,
  sentId: string,
  sentAs: string,
): Sent => ({
  id,
  sentId,
  sentAs,
  placed: at !== undefined,
  lane,
  // The line of what is closed is worded here as well.
  asks: unworded || kind === 'invitation' ? { addressId, choices: message.choices } : undefined,
});
