import type { IncomingMessage } from '../conversation/message.ts';

/** So many addresses are remembered; of those beyond, the ones remembered longest are forgotten. */
const ADDRESSES_MAX = 1_000;

type From = Pick<IncomingMessage, 'channel' | 'address'>;

/** The addresses whose last message was more than is answered. */
export type Overflowing = {
  has(from: From): boolean;
  /** What became of a message of this address; `limited` and `left`: it was more than is answered. */
  saw(from: From, became: string): void;
};

/**
 * Remembers who floods, so that many messages of theirs cost one look at the database. Only a hint: whether there is room
 * is asked there every time, and what this process has forgotten, or never saw, takes two looks.
 */
export const overflowing = (): Overflowing => {
  const known = new Set<string>();
  const keyOf = ({ channel, address }: From): string => `${channel}/${address}`;
  return {
    has: (from) => known.has(keyOf(from)),
    saw: (from, became) => {
      const key = keyOf(from);
      known.delete(key);
      if (became !== 'limited' && became !== 'left') return;
      known.add(key);
      const [oldest] = known;
      if (known.size > ADDRESSES_MAX && oldest !== undefined) known.delete(oldest);
    },
  };
};
