import { chmodSync, mkdirSync } from 'node:fs';
import type { Channel, Report, Status } from '../channel.ts';
import type { ChannelLog } from '../channel-log.ts';
import { dailyCap } from './daily-cap.ts';
import { inbound } from './inbound.ts';
import { endLeftover } from './leftover.ts';
import { PATIENCE, type Patience, type PhoneState } from './one-run.ts';
import { outbound } from './outbound.ts';
import { pendingCalls } from './pending-calls.ts';
import type { Note } from './protocol.ts';
import { CHANNEL } from './receive.ts';
import { chromiumOrThrow } from './requirements.ts';
import { supervise } from './supervisor.ts';

/** As a person who types. WhatsApp stops numbers that write faster, and says no figure. */
const LIMITS = { perSecond: 0.5, perAddressMs: 2_000 } as const;
const UNEVEN_MS_MAX = 1_500;

export type WhatsAppWebSettings = {
  /** The link with the telephone is kept here, and how much was sent today. */
  readonly folder: string;
  /** Chromium; undefined: the first one in the PATH. */
  readonly executablePath?: string | undefined;
  /** Bubbles a day to all people together. */
  readonly dailyMax: number;
  readonly log: ChannelLog;
  /** The browser's, for a page of one's own in place of WhatsApp's. */
  readonly browserArgs?: readonly string[];
  readonly acceptInsecureCerts?: boolean;
  readonly patience?: Patience;
  readonly unevenMsMax?: number;
};

export type WhatsAppWebChannel = Channel & {
  readonly fetch: NonNullable<Channel['fetch']>;
  readonly erase: NonNullable<Channel['erase']>;
  state(): PhoneState;
  /** Calls `changed` at every change of the state, from now on. */
  watch(changed: (state: PhoneState) => void): void;
};

/**
 * WhatsApp by whatsapp-web.js: a telephone's own account, linked by QR, in a browser. Unofficial: docs/operating.md tells
 * the risks. `start` rejects, in plain words, for what an operator must mend (no library, no Chromium); it resolves
 * before a telephone is linked. The library and the browser run in a process of their own, which is started anew when it
 * ends or hangs. It is started once and stopped once.
 */
export function whatsAppWebChannel(settings: WhatsAppWebSettings): WhatsAppWebChannel {
  const { folder, log, dailyMax, patience = PATIENCE, unevenMsMax = UNEVEN_MS_MAX } = settings;
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const watchers: ((state: PhoneState) => void)[] = [];
  const cap = dailyCap(folder, dailyMax);
  let app: Parameters<Channel['start']> | undefined;

  const supervisor = supervise({
    folder,
    patience,
    log,
    hear: (note) => hear(note),
    changed(state) {
      if (state.state === 'lost') calls.giveUp();
      for (const changed of watchers) changed(state);
    },
  });
  const calls = pendingCalls((order) => supervisor.tell(order));
  const going = outbound({ calls, cap, unevenMsMax, stopped, state: () => supervisor.state().state });
  const coming = inbound({
    log,
    stopped,
    safe: (id) => supervisor.tell({ type: 'safe', id }),
    async receive(message) {
      cap.wrote(message.address);
      await app?.[0](message);
    },
  });
  const hear = (note: Extract<Note, { type: 'heard' | 'acked' | 'answer' }>): void => {
    if (note.type === 'heard') coming.take(note.heard);
    else if (note.type === 'answer') calls.answered(note);
    else if (app !== undefined) tellStatus(note, { log, report: app[1] });
  };

  return {
    name: CHANNEL,
    limits: LIMITS,
    async start(receive, report) {
      app = [receive, report];
      const executablePath = chromiumOrThrow(settings);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      endLeftover(folder);
      const { browserArgs = [], acceptInsecureCerts = false } = settings;
      supervisor.start({ executablePath, folder, args: [...browserArgs], acceptInsecureCerts });
    },
    ...going,
    state: () => supervisor.state(),
    watch: (changed) => void watchers.push(changed),
    onReady: (ready) => void watchers.push(({ state }) => state === 'ready' && ready()),
    async stop() {
      stopping.abort();
      await coming.idle();
      await supervisor.stop();
    },
  };
}

type Telling = { readonly log: ChannelLog; readonly report: Report };

/** What cannot be written down is told by the next status. */
function tellStatus({ id, ack }: Extract<Note, { type: 'acked' }>, { log, report }: Telling): void {
  const status = statusOf(id, ack);
  if (status === undefined) return;
  report([status]).catch((error: unknown) => {
    log.warn({ channel: CHANNEL, error }, 'what became of a message could not be written down');
  });
}

/** whatsapp-web.js, MessageAck: -1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
function statusOf(sentId: string, ack: number): Status | undefined {
  const at = new Date().toISOString();
  if (ack < 0) return { sentId, at, state: 'failed', failure: { type: 'unavailable' } };
  if (ack < 2) return undefined;
  return { sentId, at, state: ack === 2 ? 'delivered' : 'read' };
}
