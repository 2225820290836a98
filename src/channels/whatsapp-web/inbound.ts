import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingMessage } from '../../conversation/message.ts';
import type { Receive } from '../channel.ts';
import type { ChannelLog } from '../channel-log.ts';
import type { Heard } from './protocol.ts';
import { toIncoming } from './receive.ts';

const RETRY_MS_FIRST = 250;
const RETRY_MS_MAX = 10_000;

type Inbound = {
  readonly log: ChannelLog;
  /** Ends the trying: what is not safe by then is unread on the telephone, and offered again. */
  readonly stopped: AbortSignal;
  readonly receive: Receive;
  /** This one is safe, or not for us. */
  readonly safe: (id: string) => void;
};

/**
 * Takes what the worker heard. Persons side by side, each person's messages in order; each is tried until the app has it.
 * A worker that was started anew offers again what is still being tried here: that is one message.
 */
export function inbound({ log, stopped, receive, safe }: Inbound) {
  const lanes = new Map<string, Promise<void>>();
  const trying = new Set<string>();

  const untilSafe = async (message: IncomingMessage): Promise<boolean> => {
    for (let pauseMs = RETRY_MS_FIRST; !stopped.aborted; pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX)) {
      try {
        await receive(message);
        return true;
      } catch (error) {
        log.warn({ channel: message.channel, error }, 'a message could not be stored; it is tried again');
        await wait(pauseMs, undefined, { signal: stopped }).catch(() => undefined);
      }
    }
    return false;
  };

  return {
    take(heard: Heard): void {
      const message = toIncoming(heard);
      if (message === undefined) return safe(heard.id);
      const { address, messageId } = message;
      if (stopped.aborted || trying.has(messageId)) return;
      trying.add(messageId);
      const before = lanes.get(address) ?? Promise.resolve();
      const lane = before.then(async () => {
        if (await untilSafe(message)) safe(heard.id);
        trying.delete(messageId);
        if (lanes.get(address) === lane) lanes.delete(address);
      });
      lanes.set(address, lane);
    },
    /** Resolves when nothing is being tried. */
    async idle(): Promise<void> {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
  };
}
