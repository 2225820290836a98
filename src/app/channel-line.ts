import type { Temporal } from 'temporal-polyfill';
import type { Channel } from '../channels/channel.ts';
import { type Claiming, claimOutbox, type Leased } from '../store/claim-outbox.ts';
import { renewLeases } from '../store/leases.ts';
import { completeOutbox, returnOutbox, type Sent } from '../store/outbox.ts';
import { type Held, held, LEASE_HELD_MS, release } from './held.ts';
import type { LeaseSizes, Pacer } from './pacer.ts';
import { SentRecords } from './sent-records.ts';
import type { Store } from './store.ts';

/** How long a process waits before it looks again when nothing woke it. */
const POLL_MS = 1_000;
const UNREADABLE_SECONDS = 300;
/** A lease that is so old and still needed is made longer. */
const RENEW_AFTER_MS = 15_000;

/** Sends one leased message; undefined when it did not go out. `isOurs`: whether its lease still holds. */
export type SendOne = (message: Leased, isOurs: () => boolean) => Promise<Sent | undefined>;

/** How a channel sends, and what keeps it within what its platform allows. */
export type Sending = {
  readonly send: SendOne;
  readonly pacer: Pick<Pacer, 'silentSeconds' | 'pause' | 'rest' | 'ahead'>;
  readonly now: () => Temporal.Instant;
  readonly claiming: Omit<Claiming, 'limit'>;
  readonly sizes: LeaseSizes;
};

/**
 * One channel's messages on their way out: claims what is due, sends a few at once but only one per address, and
 * records what has gone out. Each channel has a line of its own, so a slow one holds up no other.
 */
export class ChannelLine {
  readonly #store: Store;
  readonly #channel: Channel;
  readonly #how: Sending;
  readonly #queue: Held[] = [];
  readonly #busy = new Set<string>();
  /** On the wire, or sent and not recorded: since when its lease lasts. */
  readonly #ours = new Map<string, number>();
  readonly #records: SentRecords;
  readonly #waiters: (() => void)[] = [];
  #inFlight = 0;
  #running = false;
  #lookAgain = false;
  /** A look made while a record is under way may find the next message still behind the one being recorded. */
  #wokenMeanwhile = false;
  #looking: Promise<void> | undefined;
  /** By `performance.now()`: before this all places of the channel's line are taken. */
  #fullUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What the platform allows was taken: looks again when there is more. */
  #soonTimer: NodeJS.Timeout | undefined;

  constructor(store: Store, channel: Channel, how: Sending) {
    this.#store = store;
    this.#channel = channel;
    this.#how = how;
    this.#records = new SentRecords(
      (sent) => this.#complete(sent),
      () => this.#tellWaiters(),
    );
  }

  start(): void {
    this.#running = true;
    this.#timer = setInterval(() => {
      this.wake();
      void this.#renew();
    }, POLL_MS);
    this.wake();
  }

  /** Takes in messages that this process has just leased with its own commit. */
  push(messages: readonly Leased[]): void {
    this.#queue.push(...held(messages, performance.now()));
    this.#pump();
  }

  /** Looks at the outbox now, or right after what is under way. */
  wake(): void {
    this.#wokenMeanwhile = true;
    // Nothing is leased that could not be sent before its lease ends.
    if (
      this.#looking ||
      !this.#running ||
      this.#queue.length >= this.#how.sizes.claim ||
      this.#silentSeconds() > 0
    ) {
      this.#lookAgain = true;
      // The clock alone would come up to a second after a pause has ended.
      if (this.#silentSeconds() > 0) this.#lookIn(this.#silentSeconds());
      return;
    }
    this.#lookAgain = false;
    this.#looking = this.#claim().finally(() => {
      this.#looking = undefined;
      this.#pump();
    });
  }

  /** How long asking for more would bring nothing: the channel pauses, or all that its platform allows until then is taken. */
  #silentSeconds(): number {
    return Math.max(this.#how.pacer.silentSeconds(), (this.#fullUntil - performance.now()) / 1_000);
  }

  /** Resolves when nothing is queued, on the wire or being recorded. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#tellWaiters();
    });
  }

  async stop(): Promise<void> {
    this.#running = false;
    clearInterval(this.#timer);
    clearTimeout(this.#soonTimer);
    await this.#looking;
    // What has not begun goes back: another process, or the next start, takes it at once.
    await release(this.#store, this.#queue.splice(0));
    this.#records.end();
    await this.idle();
  }

  async #claim(): Promise<void> {
    const since = performance.now();
    try {
      const { claimed, leased, unreadable, wait } = await claimOutbox(this.#store, {
        ...this.#how.claiming,
        limit: this.#how.sizes.claim,
      });
      // What took longer than its lease is still under way here, and has a new lease now.
      const anew = leased.filter(({ id }) => !this.#ours.has(id));
      this.#queue.push(...held(anew, since));
      // As many as were asked for: there may be more, and nothing else would say so before the clock does.
      if (claimed > leased.length || claimed >= this.#how.sizes.claim) this.#lookAgain = true;
      await this.#putOff(unreadable);
      if (wait?.reason === 'paused') this.#how.pacer.pause(wait.seconds);
      if (wait?.reason === 'rests') this.#how.pacer.rest(wait.seconds);
      if (wait?.reason === 'full') this.#fullUntil = performance.now() + wait.seconds * 1_000;
      if (wait) this.#lookIn(wait.seconds);
    } catch (error) {
      this.#store.log.warn({ channel: this.#channel.name, error }, 'the outbox cannot be read');
    }
  }

  /** What cannot be opened waits; another process may be able to, or this one when it has the key. */
  async #putOff(unreadable: readonly string[]): Promise<void> {
    for (const id of unreadable) {
      this.#store.log.error({ channel: this.#channel.name, outbox: id }, 'a message cannot be opened here');
      const afterSeconds = UNREADABLE_SECONDS;
      await returnOutbox(this.#store.pool, id, { state: 'queued', reason: 'unreadable', afterSeconds });
    }
  }

  /** At least as soon as the clock would; spread a little, so that it is not always the same process that comes first. */
  #lookIn(seconds: number): void {
    clearTimeout(this.#soonTimer);
    const ms = Math.min(seconds * 1_000, POLL_MS) * (0.75 + Math.random() / 4);
    if (this.#running) this.#soonTimer = setTimeout(() => this.wake(), ms);
  }

  #pump(): void {
    while (this.#inFlight < this.#how.sizes.inFlight) {
      // One address at a time, in order: her second message waits for the first.
      const index = this.#queue.findIndex(({ message }) => !this.#busy.has(message.addressId));
      const [next] = index < 0 ? [] : this.#queue.splice(index, 1);
      if (!next) break;
      void this.#sendOne(next);
    }
    if (this.#running && this.#queue.length === 0 && this.#lookAgain) this.wake();
    this.#tellWaiters();
  }

  async #sendOne({ message, until }: Held): Promise<void> {
    this.#inFlight += 1;
    this.#busy.add(message.addressId);
    this.#ours.set(message.id, until - LEASE_HELD_MS);
    try {
      const sent = await this.#how.send(message, () => performance.now() < until);
      if (sent) this.#records.keep(sent);
      else this.#ours.delete(message.id);
    } catch (error) {
      // Its lease ends by itself, and it is claimed again.
      this.#ours.delete(message.id);
      this.#store.log.warn({ channel: this.#channel.name, error }, 'a message went back to its lease');
    }
    this.#inFlight -= 1;
    this.#busy.delete(message.addressId);
    this.#pump();
  }

  /** Records, and looks at the outbox when the next message of one of these addresses may go now. */
  async #complete(sent: readonly Sent[]): Promise<boolean> {
    this.#wokenMeanwhile = false;
    try {
      const { more, aheadSeconds } = await completeOutbox(this.#store, sent, {
        ...this.#how.claiming,
        now: this.#how.now(),
      });
      this.#how.pacer.ahead(aheadSeconds);
      for (const { id } of sent) this.#ours.delete(id);
      if (this.#running && (more || this.#wokenMeanwhile)) this.wake();
      return true;
    } catch (error) {
      this.#store.log.warn({ channel: this.#channel.name, error }, 'what was sent is not recorded yet');
      return false;
    }
  }

  /** What is slow on its way keeps its lease: nobody else takes it up while it may still arrive. */
  async #renew(): Promise<void> {
    const now = performance.now();
    const ids = [...this.#ours].flatMap(([id, since]) => (now - since > RENEW_AFTER_MS ? [id] : []));
    if (ids.length === 0) return;
    for (const id of ids) this.#ours.set(id, now);
    await renewLeases(this.#store.pool, ids).catch((error: unknown) =>
      this.#store.log.warn({ channel: this.#channel.name, error }, 'leases could not be made longer'),
    );
  }

  #tellWaiters(): void {
    const settled =
      this.#queue.length === 0 && this.#inFlight === 0 && !this.#looking && this.#records.open().length === 0;
    if (settled) for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
