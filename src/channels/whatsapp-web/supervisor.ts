import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { profileIn } from './leftover.ts';
import { type PhoneState, type Run, runOnce } from './one-run.ts';
import type { BrowserSettings, Order } from './protocol.ts';
import { CHANNEL } from './receive.ts';

const STOP_MS_MAX = 7_000;

type Supervising = Pick<Run, 'patience' | 'log' | 'hear'> & {
  readonly folder: string;
  readonly changed: (state: PhoneState) => void;
};

export type Supervisor = {
  state(): PhoneState;
  tell(order: Order): void;
  /** Starts a worker, and another one whenever it ends, until stopped. */
  start(browser: BrowserSettings): void;
  stop(): Promise<void>;
};

/** Keeps one worker running. The link with the telephone outlives it; only an unlinked telephone needs a new QR. */
export function supervise({ folder, patience, log, hear, changed }: Supervising): Supervisor {
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  let state: PhoneState = { state: 'starting' };
  let worker: ReturnType<typeof runOnce> | undefined;
  let running: Promise<void> = Promise.resolve();

  const become = (next: PhoneState): void => {
    if (next.state === state.state && next.qr === state.qr) return;
    state = next;
    changed(next);
  };

  const keepRunning = async (browser: BrowserSettings): Promise<void> => {
    let pauseMs = patience.retryMsFirst;
    while (!stopped.aborted) {
      worker = runOnce({ browser, patience, log, hear, become, state: () => state });
      const { linkedMs, logout } = await worker.ended;
      worker = undefined;
      if (stopped.aborted) return;
      // The library deletes it, too, but while the browser writes to it.
      if (logout) rmSync(profileIn(folder), { recursive: true, force: true, maxRetries: 5 });
      if (logout || linkedMs > patience.retryMsMax) pauseMs = patience.retryMsFirst;
      log.info({ channel: CHANNEL, seconds: pauseMs / 1_000 }, 'the browser is started again');
      await wait(pauseMs, undefined, { signal: stopped }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, patience.retryMsMax);
    }
  };

  return {
    state: () => state,
    tell: (order) => worker?.tell(order),
    start(browser) {
      running = keepRunning(browser);
    },
    async stop() {
      stopping.abort();
      const last = worker;
      last?.tell({ type: 'close' });
      const tooLong = setTimeout(() => last?.kill(), STOP_MS_MAX);
      await running;
      clearTimeout(tooLong);
    },
  };
}
