import { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import type { StepResult } from '../conversation/outcome.ts';
import { reply, say } from '../conversation/say.ts';
import { foreseen, type Means, step } from '../conversation/step.ts';
import { precedenceOf, seemsUrgent } from '../conversation/urgent-message.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import type { Leased } from '../store/claim-outbox.ts';
import { commitOutcome } from '../store/commit-outcome.ts';
import { type Limits, limitMessage } from '../store/limit-message.ts';
import { type Loaded, loadSnapshot } from '../store/load-snapshot.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';
import { parkMessage } from '../store/park-message.ts';
import { asItSays, heldBy, isRefused } from './bound-button.ts';
import type { Delivery } from './deliver-outbox.ts';
import type { FetchFile } from './fetch-file.ts';
import { type Learnt, learn } from './learn.ts';
import { wordsOf } from './outcome-words.ts';
import { placeOf } from './pacer.ts';
import { roomInNeed, roomOf, roomTaken } from './room-of.ts';
import type { Store } from './store.ts';
import { hinted, waitWord } from './wait-word.ts';
import { withoutPin, withoutWords } from './without-pin.ts';

/** How often facts may change under a decision before we give up: others' messages are quick. */
const STALE_MAX = 25;

export type Receiver = {
  readonly store: Store;
  readonly content: Content;
  readonly means: Means;
  readonly delivery: Pick<Delivery, 'sendNow' | 'wake'>;
  readonly now: () => Temporal.Instant;
  readonly fetchFile: FetchFile;
  /** Whether this process runs the channel and so sends its answers itself. */
  readonly runs: (channel: string) => boolean;
  /** Whether the channel's platform takes free words only for a while after somebody wrote. */
  readonly isWindowed: (channel: string) => boolean;
  /** Whether a message that failed may be answered later. */
  readonly isNotNow: (message: IncomingMessage, error: unknown) => Promise<boolean>;
  /** How much is answered; undefined: however much it is. */
  readonly limits?: Limits | undefined;
};

const WAKING: ReadonlySet<string> = new Set(['broadcast-moved', 'notices-shown']);

/**
 * One message, from facts to answer: load, step, commit; again when the facts changed in between. Resolves once the
 * message is safe: answered in the database, or parked for us to look at. Rejects only when it cannot be answered now
 * and can later, so that the channel keeps the message and tries again.
 */
export const receiveMessage = async (receiver: Receiver, message: IncomingMessage): Promise<void> => {
  const { metrics } = receiver.store;
  const timed = metrics.answerSeconds.startTimer({ channel: message.channel });
  try {
    metrics.received.inc({ channel: message.channel, outcome: await answer(receiver, message) });
  } catch (error) {
    if (await receiver.isNotNow(message, error)) throw error;
    await park(receiver, message, error);
    metrics.received.inc({ channel: message.channel, outcome: 'parked' });
  } finally {
    timed();
  }
};

const answer = async (
  receiver: Receiver,
  arrived: IncomingMessage,
): Promise<'done' | 'duplicate' | 'limited'> => {
  const needs = foreseen(asItSays(arrived), receiver.means);
  const newAddressId = asId<AddressId>(receiver.means.newId());
  // Fetched between two looks at the facts, never while the database waits.
  let learnt: Learnt = {};
  const { limits } = receiver;
  let room = limits && roomOf(limits, asItSays(arrived), receiver.now());
  for (let stale = 0; stale < STALE_MAX; stale += 1) {
    const asked = { needs, now: receiver.now(), newAddressId, room };
    const loaded = await loadSnapshot(receiver.store, arrived, asked);
    if (loaded.type === 'seen') return 'duplicate';
    const { address } = loaded.type === 'limited' ? loaded : loaded.snapshot;
    const message = heldBy(receiver.store.secrets, arrived, address.id);
    if (loaded.type === 'limited') {
      const more = roomInNeed(loaded.room, precedenceOf(message.body, receiver.means.lexicons));
      if (more === 'none') return leave(receiver, message, loaded);
      room = more;
      continue;
    }
    const { stored } = loaded;
    const snapshot = { ...loaded.snapshot, ...learnt };
    const result: StepResult = step(snapshot, message, receiver.means);
    if (result.type === 'needs') {
      learnt = await learn(receiver, { need: result.need, message, snapshot, needs }, learnt);
      continue;
    }
    const { outcome } = result;
    const wording = { content: receiver.content, newId: receiver.means.newId };
    const worded = wordsOf(wording, { snapshot, message, outcome });
    const sendNow = receiver.runs(message.channel);
    const committed = await commitOutcome(receiver.store, {
      message,
      snapshot,
      stored,
      outcome,
      ...worded,
      sendNow,
      windowed: receiver.isWindowed(message.channel),
      room: room && roomTaken(room, message, snapshot),
    });
    if (committed.type === 'stale') continue;
    if (committed.type === 'duplicate') return 'duplicate';
    if (isRefused(message)) receiver.store.metrics.refusedButtons.inc({ channel: message.channel });
    if (committed.codesPaused) codesPaused(receiver.store);
    sendOn(receiver, message, { outbox: worded.outbox, leased: committed.leased });
    // Those of a broadcast that failed are in line again; and so is what waited for her to write, or to ask for it.
    if (snapshot.address.invited || outcome.events.some(({ type }) => WAKING.has(type))) {
      receiver.delivery.wake();
    }
    return 'done';
  }
  invariant(false, 'a decision finds its facts unchanged sooner or later');
};

/** More than is answered: known by its id from now on, and she is told so, unless she has just heard it. */
const leave = async (
  receiver: Receiver,
  message: IncomingMessage,
  limited: Extract<Loaded, { type: 'limited' }>,
): Promise<'limited'> => {
  const { address } = limited;
  const told = limited.tell ? waitWord(receiver, message, address) : undefined;
  const leased = await limitMessage(receiver.store, {
    message,
    addressId: address.id,
    now: receiver.now(),
    room: limited.room,
    sendNow: receiver.runs(message.channel),
    told,
  });
  if (told) sendOn(receiver, message, { outbox: [told], leased });
  return 'limited';
};

/** Somebody tries codes: whoever operates the program is to know. */
const codesPaused = ({ log, metrics }: Store): void => {
  metrics.codePauses.inc();
  log.error(
    {},
    'so many invitation codes were wrong today that who had one wrong waits for an hour: somebody guesses',
  );
};

const sendOn = (
  { delivery, now: clock }: Receiver,
  message: IncomingMessage,
  written: { readonly outbox: readonly OutboxMessage[]; readonly leased: ReadonlyMap<string, number> },
): void => {
  const now = written.outbox.flatMap((row): Leased[] => {
    const seconds = written.leased.get(row.id);
    if (seconds === undefined) return [];
    return [
      {
        id: row.id,
        addressId: row.addressId,
        address: message.address,
        message: row.message,
        kind: row.kind,
        lane: row.lane,
        attempts: 1,
        sentParts: undefined,
        quietIn: undefined,
        closed: false,
        over: false,
        ...placeOf(seconds, Date.now()),
        noNews: false,
        heardAt: clock(), // she has just written
        unworded: undefined,
      },
    ];
  });
  if (now.length > 0) delivery.sendNow(message.channel, now);
  if (written.outbox.length > now.length) delivery.wake();
};

/** Our own mistake stopped the answer: the message is kept sealed for us, she is told in words, nothing was booked. */
const park = async (receiver: Receiver, message: IncomingMessage, error: unknown): Promise<void> => {
  receiver.store.log.error({ channel: message.channel, error }, 'a message was parked');
  const language = hinted(message.languageHint);
  await parkMessage(receiver.store, {
    message: seemsUrgent(message.body, () => receiver.means.lexicons)
      ? withoutWords(message)
      : withoutPin(message),
    now: receiver.now(),
    error: error instanceof Error ? error.name : 'unknown',
    apology: receiver.content.render(reply([say('done.failed')]), language),
    outboxId: receiver.means.newId(),
  });
  receiver.delivery.wake();
};
