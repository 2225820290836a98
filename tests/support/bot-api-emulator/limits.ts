/** What Telegram lets a bot send: so many messages a second to everybody, and the pause between two to one chat. */
export type Limits = { readonly perSecond: number; readonly perChatMs: number };

export type Limiter = {
  /** Counts a message to this chat. Whole seconds to wait when it is too many; undefined: it may go. */
  take(chat: string, now: number): number | undefined;
  /** The bot was told to wait: until then every message is too many. */
  hold(seconds: number, now: number): void;
};

const SECOND_MS = 1_000;
/** What Telegram says most often. */
const RETRY_AFTER_SECONDS = 1;

/** A bucket that holds one second's worth of messages and fills evenly. Times are milliseconds of any one clock. */
export function limiterOf({ perSecond, perChatMs }: Limits): Limiter {
  const lastTo = new Map<string, number>();
  let left = perSecond;
  let filledAt = 0;
  let waitUntil = 0;
  const hold = (seconds: number, now: number): void => {
    waitUntil = Math.max(waitUntil, now + seconds * SECOND_MS);
  };
  return {
    hold,
    take(chat, now) {
      if (now < waitUntil) return Math.ceil((waitUntil - now) / SECOND_MS);
      left = Math.min(perSecond, left + ((now - filledAt) * perSecond) / SECOND_MS);
      filledAt = now;
      if (now - (lastTo.get(chat) ?? Number.NEGATIVE_INFINITY) < perChatMs) return RETRY_AFTER_SECONDS;
      if (left < 1) {
        hold(RETRY_AFTER_SECONDS, now);
        return RETRY_AFTER_SECONDS;
      }
      left -= 1;
      lastTo.set(chat, now);
      return undefined;
    },
  };
}
