import type { Choice, MediaKind } from '../../conversation/message.ts';

const MESSAGES_PER_ADDRESS_MAX = 200;
const ADDRESSES_MAX = 2_000; // the address silent for longest is forgotten first

/** What a bubble shows of its file. `kept` is false once the bytes had to make room for newer ones. */
export type SimulatorFile = {
  readonly kind: MediaKind;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly kept: boolean;
};

/** One bubble on the simulator's page. `at` is an ISO instant. A person's message has no choices. */
export type SimulatorMessage = {
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Its choices are keys, so many in a row; undefined: words, one below the other. */
  readonly columns?: number | undefined;
  readonly at: string;
  readonly file?: SimulatorFile;
  /** It says other words than at first. */
  readonly edited?: true;
  /** It came without her having written: her telephone shows its beginning to whoever holds it. */
  readonly unasked?: true;
};

/** What a page that shows an address has to do. */
export type SimulatorChange =
  | { readonly type: 'message'; readonly message: SimulatorMessage }
  | { readonly type: 'erased'; readonly id: string }
  /** A message of the bot says other words from now on. */
  | { readonly type: 'edited'; readonly id: string; readonly message: SimulatorMessage }
  | { readonly type: 'file-gone'; readonly id: string };

type OnChange = (change: SimulatorChange) => void;

/** The newest messages of each address, in memory, and who wants to hear of the next one. */
export type SimulatorHistory = {
  /** Keeps the message and tells the subscribers. False: the same id from the same side is there already. */
  add(address: string, message: SimulatorMessage): boolean;
  /** Takes back a message of the bot. False: there is none of this id. */
  erase(address: string, id: string): boolean;
  /** Has a message of the bot say other words. False: there is none of this id. */
  edit(address: string, id: string, words: Pick<SimulatorMessage, 'text' | 'choices' | 'columns'>): boolean;
  /** The file of this message is no longer there. */
  fileGone(address: string, id: string): void;
  of(address: string): SimulatorMessage[];
  subscribe(address: string, onChange: OnChange): () => void;
};

/** An empty history, bounded in addresses and in messages of each. */
export function simulatorHistory(): SimulatorHistory {
  const byAddress = new Map<string, SimulatorMessage[]>();
  const subscribers = new Map<string, Set<OnChange>>();

  const keep = (address: string, messages: SimulatorMessage[]): void => {
    byAddress.delete(address); // set again, so that the first key of the map is the one silent for longest
    byAddress.set(address, messages.slice(-MESSAGES_PER_ADDRESS_MAX));
    const [silentLongest] = byAddress.keys();
    if (byAddress.size > ADDRESSES_MAX && silentLongest !== undefined) byAddress.delete(silentLongest);
  };

  const tell = (address: string, what: SimulatorChange): void => {
    for (const onChange of subscribers.get(address) ?? []) onChange(what);
  };

  const change = (address: string, to: (message: SimulatorMessage) => SimulatorMessage): void => {
    const messages = byAddress.get(address);
    if (messages) byAddress.set(address, messages.map(to));
  };

  return {
    add(address, message) {
      const before = byAddress.get(address) ?? [];
      if (before.some(({ id, from }) => id === message.id && from === message.from)) return false;
      keep(address, [...before, message]);
      tell(address, { type: 'message', message });
      return true;
    },

    erase(address, id) {
      const before = byAddress.get(address) ?? [];
      const after = before.filter((message) => message.id !== id);
      if (after.length === before.length) return false;
      byAddress.set(address, after);
      tell(address, { type: 'erased', id });
      return true;
    },

    edit(address, id, words) {
      const found = byAddress.get(address)?.find((message) => message.id === id && message.from === 'bot');
      if (!found) return false;
      const message = { ...found, ...words, edited: true } as const;
      change(address, (each) => (each === found ? message : each));
      tell(address, { type: 'edited', id, message });
      return true;
    },

    fileGone(address, id) {
      change(address, (message) =>
        message.id === id && message.file ? { ...message, file: { ...message.file, kept: false } } : message,
      );
      tell(address, { type: 'file-gone', id });
    },

    of: (address) => [...(byAddress.get(address) ?? [])],

    subscribe(address, onChange) {
      const listening = subscribers.get(address) ?? new Set();
      subscribers.set(address, listening.add(onChange));
      return () => {
        listening.delete(onChange);
        if (listening.size === 0 && subscribers.get(address) === listening) subscribers.delete(address);
      };
    },
  };
}
