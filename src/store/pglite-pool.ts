// PGlite as a real `pg` Pool of one connection, in process: no port, no socket. The wire bytes of `pg` go straight
// into PGlite, so the driver, its error codes and its prepared statements are the same as on a PostgreSQL server.
// COPY is not supported.

import { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Pool, type PoolConfig } from 'pg';

/** A pool whose only connection is busy this long has most likely been asked for from inside its own transaction. */
const CONNECTION_WAIT_MS = 30_000;

/** Frontend messages after which PostgreSQL answers. */
const QUERY = 'Q';
const SYNC = 'S';
const FLUSH = 'H';
const TERMINATE = 'X';

/**
 * What a new connection expects to find clean, since PGlite has one session for its whole life: all that
 * `DISCARD ALL` does except `UNLISTEN`.
 */
const RESET_SESSION = [
  'rollback',
  'close all',
  'set session authorization default',
  'reset all',
  'deallocate all',
  'select pg_advisory_unlock_all()',
  'discard plans',
  'discard sequences',
  'discard temp',
];

/**
 * A pool over `db`, which stays the caller's to close after `pool.end()`.
 *
 * It has one connection: a second query waits for the first, and waiting for the pool inside a transaction of that
 * same pool fails after 30 s.
 */
export function pglitePool(db: PGlite, config: Pick<PoolConfig, 'types'> = {}): Pool {
  return new Pool({
    ...config,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    stream: () => new PGliteStream(db),
  });
}

type Done = (error?: Error | null) => void;

class PGliteStream extends Duplex {
  #db: PGlite;
  #started = false;
  #received: Buffer = Buffer.alloc(0);
  #pending: Buffer[] = [];

  constructor(db: PGlite) {
    super();
    this.#db = db;
  }

  // What pg asks of a socket.
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: Done): void {
    void this.#accept(chunk, done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  async #accept(chunk: Buffer, done: Done): Promise<void> {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    try {
      await this.#pump();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done();
  }

  async #pump(): Promise<void> {
    if (!this.#started && !(await this.#start())) return;
    let answerDue = false;
    for (let message = this.#next(); message !== undefined; message = this.#next()) {
      const type = String.fromCharCode(message.readUInt8(0));
      if (type === TERMINATE) {
        this.push(null);
        return;
      }
      this.#pending.push(message);
      answerDue ||= type === SYNC || type === QUERY || type === FLUSH;
    }
    if (answerDue) await this.#execute();
  }

  /** Answers the start-up packet itself: PGlite is a session that already runs. */
  async #start(): Promise<boolean> {
    if (this.#received.length < 8 || this.#received.length < this.#received.readInt32BE(0)) return false;
    this.#received = this.#received.subarray(this.#received.readInt32BE(0));
    this.#started = true;
    await this.#db.waitReady;
    for (const sql of RESET_SESSION) await this.#run(message(QUERY, text(sql)));
    this.push(greeting());
    return true;
  }

  /** The next whole message, or nothing when its end has not come yet. */
  #next(): Buffer | undefined {
    if (this.#received.length < 5) return undefined;
    const length = 1 + this.#received.readInt32BE(1);
    if (this.#received.length < length) return undefined;
    const whole = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return whole;
  }

  async #execute(): Promise<void> {
    const request = Buffer.concat(this.#pending);
    this.#pending = [];
    const answer = await this.#run(request);
    // PGlite runs on this thread and never waits for anything: without a pause here a queue of queries would keep
    // timers and the network from being served until it is empty.
    await setImmediate();
    if (answer.length > 0) this.push(answer);
  }

  /**
   * The streaming call, because `execProtocolRaw` also parses every answer and keeps each parsed message for ever.
   */
  async #run(request: Buffer): Promise<Buffer> {
    const chunks: Buffer[] = [];
    await this.#db.execProtocolRawStream(request, {
      onRawData: (bytes) => {
        chunks.push(Buffer.from(bytes)); // a copy: the bytes given are a view into PGlite's own memory
      },
    });
    return Buffer.concat(chunks);
  }
}

/** "Authentication is fine, these are my settings, ask away", as PostgreSQL says it on the wire. */
function greeting(): Buffer {
  const setting = (name: string, value: string) => message('S', text(name, value));
  return Buffer.concat([
    message('R', int32(0)),
    setting('server_version', '18'),
    setting('client_encoding', 'UTF8'),
    setting('DateStyle', 'ISO, MDY'),
    setting('integer_datetimes', 'on'),
    setting('standard_conforming_strings', 'on'),
    setting('TimeZone', 'UTC'),
    message('K', Buffer.concat([int32(1), int32(1)])),
    message('Z', Buffer.from('I')),
  ]);
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(4 + body.length), body]);
}

function text(...words: string[]): Buffer {
  return Buffer.from(words.map((word) => `${word}\0`).join(''));
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
