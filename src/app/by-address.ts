import type { IncomingMessage } from '../conversation/message.ts';

/** So many messages of one person wait in memory: a list pasted line by line is fewer. */
export const WAITING_MAX = 100;

/** One person sent more than waits here. Her platform keeps it, and gives it again when there is room. */
export class TooManyWaiting extends Error {
  override name = 'TooManyWaiting';
}

/**
 * One person's messages one after the other, in order; different people's side by side. What there is no room for is
 * refused, so that her channel leaves it with its platform.
 */
export const byAddress = (receive: (message: IncomingMessage) => Promise<void>) => {
  const last = new Map<string, { settled: Promise<unknown>; waiting: number }>();
  return async (message: IncomingMessage): Promise<void> => {
    const key = `${message.channel}/${message.address}`;
    const line = last.get(key) ?? { settled: Promise.resolve(), waiting: 0 };
    if (line.waiting >= WAITING_MAX) throw new TooManyWaiting('too many messages of one person wait');
    const turn = line.settled.then(() => receive(message));
    line.waiting += 1;
    line.settled = turn
      .catch(() => undefined)
      .then(() => {
        line.waiting -= 1;
        if (line.waiting === 0) last.delete(key);
      });
    last.set(key, line);
    await turn;
  };
};
