import { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { IncomingMessage, Language } from '../conversation/message.ts';
import type { StepResult } from '../conversation/outcome.ts';
import { reply, say } from '../conversation/say.ts';
import type { SentFile } from '../conversation/staff-facts.ts';
import { foreseen, type Means, step } from '../conversation/step.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import type { Leased } from '../store/claim-outbox.ts';
import { commitOutcome } from '../store/commit-outcome.ts';
import { loadSnapshot } from '../store/load-snapshot.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';
import { parkMessage } from '../store/park-message.ts';
import { isDatabaseTrouble } from '../store/trouble.ts';
import type { Delivery } from './deliver-outbox.ts';
import type { FetchFile } from './fetch-file.ts';
import { wordsOf } from './outcome-words.ts';
import type { Store } from './store.ts';

/** A step may ask for extra facts this often; more means that two files disagree. */
const NEEDS_MAX = 8;
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
};

/**
 * One message, from facts to answer: load, step, commit; again when the facts changed in between. Resolves once the
 * message is safe: answered in the database, or parked for us to look at. Rejects only when the database is not there,
 * so that the channel keeps the message and tries again.
 */
export const receiveMessage = async (receiver: Receiver, message: IncomingMessage): Promise<void> => {
  const { metrics } = receiver.store;
  const timed = metrics.answerSeconds.startTimer({ channel: message.channel });
  try {
    metrics.received.inc({ channel: message.channel, outcome: await answer(receiver, message) });
  } catch (error) {
    if (isDatabaseTrouble(error)) throw error;
    await park(receiver, message, error);
    metrics.received.inc({ channel: message.channel, outcome: 'parked' });
  } finally {
    timed();
  }
};

const answer = async (receiver: Receiver, message: IncomingMessage): Promise<'done' | 'duplicate'> => {
  const needs = foreseen(message, receiver.means);
  const newAddressId = asId<AddressId>(receiver.means.newId());
  // Fetched between two looks at the facts, never while the database waits.
  let file: SentFile | undefined;
  for (let stale = 0; stale < STALE_MAX; stale += 1) {
    const loaded = await loadSnapshot(receiver.store, message, { needs, now: receiver.now(), newAddressId });
    if (loaded.type === 'seen') return 'duplicate';
    const { stored } = loaded;
    const snapshot = { ...loaded.snapshot, file };
    const result: StepResult = step(snapshot, message, receiver.means);
    if (result.type === 'needs') {
      const { need } = result;
      if (need.type === 'file') {
        invariant(file === undefined, 'a step asks once for the file it was sent');
        file = await receiver.fetchFile(message.channel, need.ref);
      } else {
        invariant(needs.length < NEEDS_MAX, 'a step asks only for facts it does not have');
        needs.push(need);
      }
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
    });
    if (committed.type === 'stale') continue;
    if (committed.type === 'duplicate') return 'duplicate';
    sendOn(receiver, message, { outbox: worded.outbox, leased: committed.leased });
    // Those of a broadcast that failed are in line again; and so is what waited for her to write.
    if (snapshot.address.invited || outcome.events.some(({ type }) => type === 'broadcast-moved')) {
      receiver.delivery.wake();
    }
    return 'done';
  }
  invariant(false, 'a decision finds its facts unchanged sooner or later');
};

const sendOn = (
  { delivery, now: clock }: Receiver,
  message: IncomingMessage,
  written: { readonly outbox: readonly OutboxMessage[]; readonly leased: ReadonlySet<string> },
): void => {
  const now = written.outbox
    .filter((row) => written.leased.has(row.id))
    .map(
      (row): Leased => ({
        id: row.id,
        addressId: row.addressId,
        address: message.address,
        message: row.message,
        lane: row.lane,
        attempts: 1,
        sentParts: undefined,
        quietIn: undefined,
        over: false,
        at: undefined,
        noNews: false,
        // She has just written.
        heardAt: clock(),
        reminder: undefined,
      }),
    );
  if (now.length > 0) delivery.sendNow(message.channel, now);
  if (written.outbox.length > now.length) delivery.wake();
};

/** Our own mistake stopped the answer: the message is kept sealed for us, she is told in words, nothing was booked. */
const park = async (receiver: Receiver, message: IncomingMessage, error: unknown): Promise<void> => {
  receiver.store.log.error({ channel: message.channel, error }, 'a message was parked');
  const language: Language = message.languageHint?.startsWith('en') ? 'en' : 'es';
  await parkMessage(receiver.store, {
    message,
    now: receiver.now(),
    error: error instanceof Error ? error.name : 'unknown',
    apology: receiver.content.render(reply([say('done.failed')]), language),
    outboxId: receiver.means.newId(),
  });
  receiver.delivery.wake();
};
