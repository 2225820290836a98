import type { Content } from '../content/render.ts';
import { unlessForwarded } from '../conversation/forwarded.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import type { StepResult } from '../conversation/outcome.ts';
import { reply, say } from '../conversation/say.ts';
import { foreseen, type Means, step } from '../conversation/step.ts';
import { precedenceOf, seemsUrgent } from '../conversation/urgent-message.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import { invariant } from '../domain/result.ts';
import { commitOutcome } from '../store/commit-outcome.ts';
import type { Limits } from '../store/limit-message.ts';
import { loadSnapshot } from '../store/load-snapshot.ts';
import { parkMessage } from '../store/park-message.ts';
import { asItSays, heldBy, isRefused } from './bound-button.ts';
import type { FetchFile } from './fetch-file.ts';
import { type Learnt, learn } from './learn.ts';
import { leaveMessage } from './leave-message.ts';
import { wordsOf } from './outcome-words.ts';
import type { Overflowing } from './overflowing.ts';
import { roomInNeed, roomOf, roomTaken } from './room-of.ts';
import { type Sending, sendOn } from './send-on.ts';
import type { Store } from './store.ts';
import { hinted } from './wait-word.ts';
import { withoutPin, withoutWords } from './without-pin.ts';

/** How often facts may change under a decision before we give up: others' messages are quick. */
const STALE_MAX = 25;

export type Receiver = Sending & {
  readonly store: Store;
  readonly content: Content;
  readonly means: Means;
  readonly fetchFile: FetchFile;
  /** Whether this process runs the channel and so sends its answers itself. */
  readonly runs: (channel: string) => boolean;
  /** Whether the channel's platform takes free words only for a while after somebody wrote. */
  readonly isWindowed: (channel: string) => boolean;
  /** Whether a message that failed may be answered later. */
  readonly isNotNow: (message: IncomingMessage, error: unknown) => Promise<boolean>;
  /** How much is answered; undefined: however much it is. */
  readonly limits?: Limits | undefined;
  /** Who wrote more than is answered just now. */
  readonly overflowing: Overflowing;
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
  // Before it is known who passes something on, nothing is made of what it says.
  const atFirst = unlessForwarded(asItSays(arrived));
  const needs = foreseen(atFirst, receiver.means);
  const newAddressId = asId<AddressId>(receiver.means.newId());
  // Fetched between two looks at the facts, never while the database waits.
  let learnt: Learnt = {};
  let room = receiver.limits && roomOf(receiver.limits, atFirst, receiver.now());
  for (let stale = 0; stale < STALE_MAX; stale += 1) {
    const asked = { needs, now: receiver.now(), newAddressId, room };
    const loaded = await loadSnapshot(receiver.store, arrived, asked);
    receiver.overflowing.saw(arrived, loaded.type);
    if (loaded.type === 'seen') return 'duplicate';
    const { address } = loaded.type === 'limited' ? loaded : loaded.snapshot;
    const message = heldBy(receiver.store.secrets, arrived, address.id);
    if (loaded.type === 'limited') {
      const { body } = unlessForwarded(message);
      const more = roomInNeed(loaded.room, precedenceOf(body, receiver.means.lexicons));
      if (more === 'none') return leaveMessage(receiver, message, loaded);
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

/** Somebody tries codes: whoever operates the program is to know. */
const codesPaused = ({ log, metrics }: Store): void => {
  metrics.codePauses.inc();
  log.error(
    {},
    'so many invitation codes were wrong today that who had one wrong waits for an hour: somebody guesses',
  );
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
