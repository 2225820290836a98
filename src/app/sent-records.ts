import type { Sent } from '../store/outbox.ts';

/**
 * What has gone out is recorded together: so many at once, or what has gathered after so long. Behind an answer the next
 * one to her may wait; nobody waits behind bulk, and a record of fifty costs the database little more than one of five.
 */
const RECORD_MAX = 50;
const RECORD_ANSWER_AFTER_MS = 15;
const RECORD_BULK_AFTER_MS = 60;
/** The database was away for a moment: what went out is not forgotten, or it would go out again. */
const AGAIN_AFTER_MS = 1_000;

/** What of one channel went out and is not in the database yet. */
export class SentRecords {
  /** Resolves to whether they are recorded. Never rejects. */
  readonly #write: (sent: readonly Sent[]) => Promise<boolean>;
  readonly #written: () => void;
  #waiting: Sent[] = [];
  #writing: readonly Sent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;
  #isEnding = false;

  constructor(write: (sent: readonly Sent[]) => Promise<boolean>, written: () => void) {
    this.#write = write;
    this.#written = written;
  }

  /** Sent: recorded with what else goes out now. */
  keep(sent: Sent): void {
    this.#waiting.push(sent);
    if (this.#waiting.length >= RECORD_MAX) void this.#record();
    else this.#recordIn(sent.lane === 1 ? RECORD_BULK_AFTER_MS : RECORD_ANSWER_AFTER_MS);
  }

  /** The ids of all that is not recorded yet. */
  open(): string[] {
    return [...this.#writing, ...this.#waiting].map(({ id }) => id);
  }

  /** The program stops: what cannot be recorded then is told by its lease. */
  end(): void {
    this.#isEnding = true;
    void this.#record();
  }

  /** By then at the latest. */
  #recordIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.#timer && this.#timerAt <= at) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => void this.#record(), ms);
  }

  /** One update for all that went out since the last one. */
  async #record(): Promise<void> {
    if (this.#writing.length > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#waiting;
    this.#waiting = [];
    if (this.#writing.length > 0) {
      const isWritten = await this.#write(this.#writing);
      if (!isWritten && !this.#isEnding) this.#waiting.unshift(...this.#writing);
      this.#writing = [];
      if (isWritten || this.#isEnding) void this.#record();
      else this.#recordIn(AGAIN_AFTER_MS);
    }
    this.#written();
  }
}
