import type { BroadcastWay } from '../broadcast-facts.ts';
import { type Say, say } from '../say.ts';
import type { StaffTurn } from '../turn.ts';

/** To whom a line comes first that tells nothing: the message waits until she asks to see it. */
export const closedSaid = (ways: readonly BroadcastWay[]): Say[] => {
  const closed = total(ways.filter(({ isClosed }) => isClosed));
  return closed > 0 ? [say('send.closed', { count: closed })] : [];
};

/**
 * What Meta asks for it: each message costs, and what must first be announced in prepared words costs as marketing. Whose
 * notices are closed gets two: the line that tells nothing, and the message when she asks to see it.
 */
export const priceSaid = (turn: StaffTurn, ways: readonly BroadcastWay[]): Say[] => {
  const windowed = ways.filter(({ channel }) => turn.isWindowed(channel));
  const closed = total(windowed.filter(({ isClosed }) => isClosed));
  const announced = total(windowed.filter(({ isOpen, isClosed }) => !isOpen && !isClosed));
  const open = total(windowed) - announced + closed;
  return [
    ...(open > 0 ? [say('send.price-open', { count: open })] : []),
    ...(announced > 0 ? [say('send.price', { count: announced })] : []),
  ];
};

/** How many messages go by these ways. */
export const total = (ways: readonly BroadcastWay[]): number =>
  ways.reduce((all, { messages }) => all + messages, 0);
