// LISTEN: being told at once what another session committed. A notification only ever means "look now": it may come
// more often than sent, and nothing may depend on its coming.

import { setTimeout } from 'node:timers/promises';
import { Client, type ClientConfig, escapeIdentifier, Pool } from 'pg';

const RECONNECT_FIRST_MS = 1_000;
const RECONNECT_MAX_MS = 30_000;

export type OnNotify = (payload: string) => void;
export type StopListening = () => Promise<void>;
export type Listen = (channel: string, onNotify: OnNotify) => Promise<StopListening>;

/** Who wants to hear of which channel. */
class Subscriptions {
  #byChannel = new Map<string, Set<OnNotify>>();

  /** Says whether it is the first of its channel. */
  add(channel: string, onNotify: OnNotify): boolean {
    const listeners = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, listeners.add(onNotify));
    return listeners.size === 1;
  }

  /** Says whether it was the last of its channel. */
  remove(channel: string, onNotify: OnNotify): boolean {
    const listeners = this.#byChannel.get(channel);
    if (!listeners?.delete(onNotify) || listeners.size > 0) return false;
    return this.#byChannel.delete(channel);
  }

  tell(channel: string, payload: string): void {
    for (const onNotify of this.#byChannel.get(channel) ?? []) onNotify(payload);
  }

  channels(): string[] {
    return [...this.#byChannel.keys()];
  }
}

const listenTo = (channel: string): string => `listen ${escapeIdentifier(channel)}`;
const unlisten = (channel: string): string => `unlisten ${escapeIdentifier(channel)}`;

/** Listens on the one session of an embedded database; the pool must be new, with no connection yet. */
export function listenOnPool(pool: Pool): Listen {
  const subscriptions = new Subscriptions();
  pool.on('connect', (session) => {
    session.on('notification', ({ channel, payload }) => subscriptions.tell(channel, payload ?? ''));
  });
  return async (channel, onNotify) => {
    if (subscriptions.add(channel, onNotify)) await pool.query(listenTo(channel));
    return async () => {
      if (subscriptions.remove(channel, onNotify)) await pool.query(unlisten(channel));
    };
  };
}

/**
 * Listens on a connection of its own, opened at the first `listen`. When it breaks it is opened again, after which
 * every listener is called once with an empty payload, since something may have been missed.
 */
export class ServerListener {
  #config: ClientConfig;
  #subscriptions = new Subscriptions();
  #closing = new AbortController();
  #opening: Promise<void> | undefined;
  /** Absent while the connection is down. */
  #session: Client | undefined;

  constructor(config: ClientConfig) {
    this.#config = { ...config, keepAlive: true };
  }

  /** Rejects when the first connection cannot be made; a later one that breaks is nobody's to worry about. */
  async listen(channel: string, onNotify: OnNotify): Promise<StopListening> {
    const isFirst = this.#subscriptions.add(channel, onNotify);
    const opening = (this.#opening ??= this.#open());
    try {
      await opening;
      if (isFirst) await this.#session?.query(listenTo(channel));
    } catch (error) {
      if (this.#session === undefined) this.#opening = undefined;
      this.#subscriptions.remove(channel, onNotify);
      throw error;
    }
    return async () => {
      if (!this.#subscriptions.remove(channel, onNotify)) return;
      // A connection that is down, or breaks now, listens to nothing: all is done.
      await this.#session?.query(unlisten(channel)).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#opening?.catch(() => undefined);
    await this.#session?.end();
  }

  async #open(): Promise<void> {
    const session = new Client(this.#config);
    session.on('notification', ({ channel, payload }) => this.#subscriptions.tell(channel, payload ?? ''));
    session.on('error', () => undefined); // 'end' follows, and is where we act
    await session.connect();
    this.#session = session;
    session.once('end', () => {
      this.#session = undefined;
      if (!this.#closing.signal.aborted) void this.#reopen();
    });
    for (const channel of this.#subscriptions.channels()) await session.query(listenTo(channel));
  }

  /** Never rejects: it tries until it succeeds or the listener is closed. */
  async #reopen(): Promise<void> {
    for (let delayMs = RECONNECT_FIRST_MS; ; delayMs = Math.min(2 * delayMs, RECONNECT_MAX_MS)) {
      const waited = await wait(delayMs, this.#closing.signal);
      if (!waited) return;
      const failed = await this.#open().catch((error: unknown) => ({ error }));
      if (failed === undefined) break;
      if (this.#session !== undefined) return; // it opened and broke: its own 'end' reopens it
    }
    for (const channel of this.#subscriptions.channels()) this.#subscriptions.tell(channel, '');
  }
}

/** Says whether the time passed; a closed listener stops waiting at once. */
async function wait(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(delayMs, true, { signal, ref: false }).catch(() => false);
}
