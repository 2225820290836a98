import type { ChannelLog } from '../channel-log.ts';
import type { BrowserSettings, Note, Order } from './protocol.ts';
import { CHANNEL } from './receive.ts';
import { startWorker } from './running-worker.ts';

/** How long each thing may take before the worker is started anew. A QR lives for twenty seconds to a minute. */
export type Patience = {
  readonly beatMs: number;
  /** Without a beat: the worker or the page hangs. */
  readonly silentMs: number;
  /** From the start to a QR or to being linked. */
  readonly startMs: number;
  /** Without a newer QR: WhatsApp has stopped offering them. */
  readonly qrMs: number;
  /** Linked, but not connected: longer than a telephone's or a provider's ordinary troubles. */
  readonly unlinkedMs: number;
  readonly retryMsFirst: number;
  readonly retryMsMax: number;
};

export const PATIENCE: Patience = {
  beatMs: 5_000,
  silentMs: 45_000,
  startMs: 120_000,
  qrMs: 180_000,
  unlinkedMs: 300_000,
  retryMsFirst: 1_000,
  retryMsMax: 60_000,
};

const CHECKS_PER_PATIENCE = 10;
/**
 * `starting`: the browser loads; `qr`: a telephone is to be linked by it; `lost`: it is started anew. `phone`: the number of
 * the linked one, in digits.
 */
export type PhoneState = {
  readonly state: 'starting' | 'qr' | 'ready' | 'lost';
  readonly qr?: string;
  readonly phone?: string;
};

/** What the supervisor does not keep for itself. */
export type Passed = Extract<Note, { type: 'heard' | 'acked' | 'answer' }>;

export type Run = {
  readonly browser: BrowserSettings;
  readonly patience: Patience;
  readonly log: ChannelLog;
  readonly hear: (note: Passed) => void;
  readonly state: () => PhoneState;
  readonly become: (state: PhoneState) => void;
};

type Watched = {
  readonly startedAt: number;
  beatAt: number;
  qrAt: number;
  linkedAt: number;
  readyAt?: number;
  logout: boolean;
};

/** One worker, until it ends by itself, is closed, or shows by its silence that it is good for nothing. */
export function runOnce({ browser, patience, log, hear, state, become }: Run) {
  const now = performance.now();
  const watched: Watched = { startedAt: now, beatAt: now, qrAt: now, linkedAt: now, logout: false };
  become({ state: 'starting' });
  const worker = startWorker(browser.folder, (note) => {
    if (note === undefined) log.warn({ channel: CHANNEL }, 'the worker said something that cannot be read');
    else if (note.type === 'heard' || note.type === 'acked' || note.type === 'answer') hear(note);
    else listen(note, watched, { log, become });
  });
  worker.tell({ type: 'open', browser, beatMs: patience.beatMs });
  const checkMs = Math.min(patience.beatMs, patience.silentMs / CHECKS_PER_PATIENCE);
  const checking = setInterval(() => {
    const reason = overdue(state(), watched, patience);
    if (reason === undefined) return;
    log.warn({ channel: CHANNEL, reason }, 'the worker is started anew');
    worker.kill();
  }, checkMs);
  return {
    tell: (order: Order) => worker.tell(order),
    kill: () => worker.kill(),
    /** How long it was linked, and whether the telephone's owner unlinked it. */
    ended: worker.ended.then(() => {
      clearInterval(checking);
      become({ state: 'lost' });
      const { readyAt, logout } = watched;
      return { linkedMs: readyAt === undefined ? 0 : performance.now() - readyAt, logout };
    }),
  };
}

function listen(
  note: Exclude<Note, Passed>,
  watched: Watched,
  { log, become }: Pick<Run, 'log' | 'become'>,
): void {
  const now = performance.now();
  switch (note.type) {
    case 'qr':
      watched.qrAt = now;
      return become({ state: 'qr', qr: note.qr });
    case 'ready':
      watched.linkedAt = now;
      watched.readyAt ??= now;
      return become({ state: 'ready', ...(note.phone !== undefined && { phone: note.phone }) });
    case 'beat':
      watched.beatAt = now;
      if (note.isLinked) watched.linkedAt = now;
      return;
    case 'trouble':
      return log.info({ channel: CHANNEL, reason: note.reason }, 'something failed in the browser');
    case 'lost':
      watched.logout = note.logout;
      return log.warn({ channel: CHANNEL, reason: note.reason }, 'the link with WhatsApp was lost');
  }
}

function overdue({ state }: PhoneState, watched: Watched, patience: Patience): string | undefined {
  const now = performance.now();
  if (state === 'starting' && now - watched.startedAt > patience.startMs) return 'neither linked nor a QR';
  if (now - watched.beatAt > patience.silentMs) return 'no sign of life';
  if (state === 'qr' && now - watched.qrAt > patience.qrMs) return 'the QR is old';
  if (state === 'ready' && now - watched.linkedAt > patience.unlinkedMs) return 'not connected for long';
  return undefined;
}
