import type { Choice } from '../../conversation/message.ts';

const MESSAGES_PER_ADDRESS_MAX = 200;
const ADDRESSES_MAX = 2_000; // the address silent for longest is forgotten first

/** One bubble on the simulator's page. `at` is an ISO instant. A person's message has no choices. */
export type SimulatorMessage = {
  readonly id: string;
  readonly from: 'bot' | 'person';
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly at: string;
};

type OnMessage = (message: SimulatorMessage) => void;

/** The newest messages of each address, in memory, and who wants to hear of the next one. */
export type SimulatorHistory = {
  /** Keeps the message and tells the subscribers. The same id again from the same side is ignored. */
  add(address: string, message: SimulatorMessage): void;
  of(address: string): SimulatorMessage[];
  subscribe(address: string, onMessage: OnMessage): () => void;
};

/** An empty history, bounded in addresses and in messages of each. */
export function simulatorHistory(): SimulatorHistory {
  const byAddress = new Map<string, SimulatorMessage[]>();
  const subscribers = new Map<string, Set<OnMessage>>();

  const keep = (address: string, messages: SimulatorMessage[]): void => {
    byAddress.delete(address); // set again, so that the first key of the map is the one silent for longest
    byAddress.set(address, messages.slice(-MESSAGES_PER_ADDRESS_MAX));
    const [silentLongest] = byAddress.keys();
    if (byAddress.size > ADDRESSES_MAX && silentLongest !== undefined) byAddress.delete(silentLongest);
  };

  return {
    add(address, message) {
      const before = byAddress.get(address) ?? [];
      if (before.some(({ id, from }) => id === message.id && from === message.from)) return;
      keep(address, [...before, message]);
      for (const onMessage of subscribers.get(address) ?? []) onMessage(message);
    },

    of: (address) => [...(byAddress.get(address) ?? [])],

    subscribe(address, onMessage) {
      const listening = subscribers.get(address) ?? new Set();
      subscribers.set(address, listening.add(onMessage));
      return () => {
        listening.delete(onMessage);
        if (listening.size === 0 && subscribers.get(address) === listening) subscribers.delete(address);
      };
    },
  };
}
