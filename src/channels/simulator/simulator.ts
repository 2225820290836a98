import { randomUUID } from 'node:crypto';
import type { IncomingBody } from '../../conversation/message.ts';
import { type Channel, FILE_BYTES_MAX, type OutgoingFile, type Receive } from '../channel.ts';
import type { SimulatorChange, SimulatorMessage } from './history.ts';
import { keyOf, simulatorScreens } from './screens.ts';
import type { SimulatorStory } from './story.ts';

/** What a person does on the page. The same `messageId` again is the same message: it is shown once. */
export type SimulatorPost = {
  readonly address: string;
  readonly body: IncomingBody;
  readonly messageId?: string;
  /** The telephone looks as one with WhatsApp: a PIN is typed on a page. */
  readonly onPage?: true;
  /** She passed it on. */
  readonly forwarded?: true;
};

/** A file of hers, with words under it or without. */
export type SimulatorFilePost = {
  readonly address: string;
  readonly file: OutgoingFile;
  readonly caption?: string;
  readonly messageId?: string;
  readonly forwarded?: true;
};

/** A channel with no network: the phones live on a web page of this same process, and nothing is kept after it ends. */
export type SimulatorChannel = Omit<Channel, 'start' | 'fetch' | 'erase' | 'edit'> &
  Required<Pick<Channel, 'fetch' | 'erase' | 'edit'>> & {
    /** Nothing is ever said of what became of a message: it is on the page. */
    start(receive: Receive): Promise<void>;
    /**
     * Shows what a person did to every open page, then gives it to the app. Resolves when the app has it safe.
     * @throws when the channel has not started or was stopped, or when the app could not keep the message.
     */
    post(message: SimulatorPost): Promise<void>;
    /** The same for a file, whose bytes are kept here until newer ones need the room. */
    postFile(message: SimulatorFilePost): Promise<void>;
    /** Calls `onMessage` for every new message of this address until the function returned is called. */
    subscribe(address: string, onMessage: (message: SimulatorMessage) => void): () => void;
    /** The same for whatever changes on the phone. */
    watch(address: string, onChange: (change: SimulatorChange) => void): () => void;
    /** The newest messages of this address, oldest first. */
    history(address: string): SimulatorMessage[];
    /** The file of this message, as long as its bytes are kept. */
    file(address: string, messageId: string): OutgoingFile | undefined;
    readonly story: SimulatorStory;
  };

type SimulatorOptions = {
  /** The clock of the phones, as an ISO instant: the program's own. */
  readonly now?: () => string;
  /** How many bytes of files are kept. */
  readonly bytesMax?: number;
};

/** A file as what she sent. */
const mediaOf = ({ kind, mime, name, bytes }: OutgoingFile, ref: string) =>
  ({ type: 'media', kind, ref, mime, size: bytes.byteLength, fileName: name }) as const;

/** Builds the simulator channel. `send` never fails: a phone on the page is always reachable. */
export function simulatorChannel(options: SimulatorOptions = {}): SimulatorChannel {
  const now = options.now ?? (() => new Date().toISOString());
  const screens = simulatorScreens(options.bytesMax);
  const inProgress = new Set<Promise<void>>();
  let receive: Receive | undefined;

  const post = async (
    { address, body, onPage, forwarded, messageId = randomUUID() }: SimulatorPost,
    file?: OutgoingFile,
  ): Promise<void> => {
    if (!receive) throw new Error('the simulator channel has not started');
    const receivedAt = now();
    screens.showHers({ address, id: messageId, at: receivedAt }, body, file);
    const how = { ...(onPage && { onPage }), ...(forwarded && { forwarded }) };
    const received = receive({ channel: 'simulator', messageId, address, receivedAt, body, ...how });
    inProgress.add(received);
    try {
      await received;
    } finally {
      inProgress.delete(received);
    }
  };

  return {
    name: 'simulator',
    limits: { perSecond: 1_000, perAddressMs: 0 },
    story: screens.story,
    history: (address) => screens.history(address),
    watch: (address, onChange) => screens.watch(address, onChange),
    subscribe: (address, onMessage) =>
      screens.watch(address, (change) => change.type === 'message' && onMessage(change.message)),
    file: (address, messageId) => screens.file(keyOf(address, messageId)),
    erase: async (address, sentIds) => screens.erase(address, sentIds),
    edit: async (address, sentId, message) => screens.edit(address, sentId, message),
    post: (message) => post(message),

    postFile({ address, file, caption, forwarded, messageId = randomUUID() }) {
      const body = { ...mediaOf(file, keyOf(address, messageId)), ...(caption && { caption }) };
      return post({ address, messageId, body, ...(forwarded && { forwarded }) }, file);
    },

    async send(address, message) {
      const id = randomUUID();
      screens.showOurs({ address, id, at: now() }, message);
      return { ok: true, sentId: id };
    },

    async fetch(ref) {
      const file = screens.file(ref);
      if (!file) return { ok: false, reason: 'gone' };
      const { mime, bytes } = file;
      return bytes.byteLength > FILE_BYTES_MAX
        ? { ok: false, reason: 'too-large' }
        : { ok: true, mime, bytes };
    },

    async start(toApp) {
      receive = toApp;
    },

    async stop() {
      receive = undefined;
      await Promise.allSettled(inProgress);
    },
  };
}
