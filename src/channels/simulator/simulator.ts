import { randomUUID } from 'node:crypto';
import type { IncomingBody } from '../../conversation/message.ts';
import type { Channel, Receive } from '../channel.ts';
import { type SimulatorMessage, simulatorHistory } from './history.ts';

/** What a person does on the page. The same `messageId` again is the same message: it is shown once. */
export type SimulatorPost = {
  readonly address: string;
  readonly body: IncomingBody;
  readonly messageId?: string;
};

/** A channel with no network: the phones live on a web page of this same process, and nothing is kept after it ends. */
export type SimulatorChannel = Channel & {
  /**
   * Shows what a person did to every open page, then gives it to the app. Resolves when the app has it safe.
   * @throws when the channel has not started or was stopped, or when the app could not keep the message.
   */
  post(message: SimulatorPost): Promise<void>;
  /** Calls `onMessage` for every new message of this address until the function returned is called. */
  subscribe(address: string, onMessage: (message: SimulatorMessage) => void): () => void;
  /** The newest messages of this address, oldest first. */
  history(address: string): SimulatorMessage[];
};

/** Builds the simulator channel. `send` never fails: a phone on the page is always reachable. */
export function simulatorChannel(): SimulatorChannel {
  const messages = simulatorHistory();
  const inProgress = new Set<Promise<void>>();
  let receive: Receive | undefined;

  return {
    name: 'simulator',
    limits: { perSecond: 1_000, perAddressMs: 0 },
    history: (address) => messages.of(address),
    subscribe: (address, onMessage) => messages.subscribe(address, onMessage),

    start(toApp) {
      receive = toApp;
      return Promise.resolve();
    },

    send(address, { text, choices }) {
      const sentId = randomUUID();
      messages.add(address, { id: sentId, from: 'bot', text, choices: [...choices], at: instantNow() });
      return Promise.resolve({ ok: true, sentId });
    },

    async post({ address, body, messageId = randomUUID() }) {
      if (!receive) throw new Error('the simulator channel has not started');
      const receivedAt = instantNow();
      const text = shownText(body, messages.of(address));
      messages.add(address, { id: messageId, from: 'person', text, choices: [], at: receivedAt });
      const received = receive({ channel: 'simulator', messageId, address, receivedAt, body });
      inProgress.add(received);
      try {
        await received;
      } finally {
        inProgress.delete(received);
      }
    },

    async stop() {
      receive = undefined;
      await Promise.allSettled(inProgress);
    },
  };
}

const instantNow = (): string => new Date().toISOString();

/** What the person's own bubble says. Things without words of their own get a sign, which needs no translation. */
function shownText(body: IncomingBody, before: readonly SimulatorMessage[]): string {
  switch (body.type) {
    case 'text':
      return body.text;
    case 'button':
      return labelOf(body.payload, before) ?? body.payload;
    case 'start':
      return body.code === undefined ? '/start' : `/start ${body.code}`;
    case 'unread':
      return { voice: '🎤', image: '🖼️', document: '📄', edited: '✏️', other: '❔' }[body.kind];
    case 'group-chat':
      return '👥';
    case 'reachable':
      return body.reachable ? '✅' : '🚫';
  }
}

/** The same payload may have been offered under several labels: she pressed the newest. */
const labelOf = (payload: string, before: readonly SimulatorMessage[]): string | undefined =>
  before.flatMap((message) => message.choices).findLast((choice) => choice.payload === payload)?.label;
