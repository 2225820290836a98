import {
  countOutbox,
  type DeadLetter,
  failedMessages,
  type OutboxCount,
  parkedMessages,
  retryFailed,
} from '../store/outbox-look.ts';
import { complain, json, print, withStore } from './command.ts';

/** More would fill the screen; the counts say how many there are. */
const SHOWN_MAX = 50;

type Shown = { readonly json?: boolean };

/** What waits and what was given up: counts and reasons, never a word or a name. 1 when something was given up. */
export const outboxCommand = async ({ json: asJson }: Shown): Promise<number> =>
  withStore(async ({ store }) => {
    const counts = await countOutbox(store.pool);
    const failed = await failedMessages(store.pool, SHOWN_MAX);
    print(asJson ? json({ counts, failed }) : written(counts, failed));
    return failed.length > 0 ? 1 : 0;
  });

/** Messages that came in and that our own mistake left unanswered. 1 when there are any. */
export const parkedCommand = async ({ json: asJson }: Shown): Promise<number> =>
  withStore(async ({ store }) => {
    const parked = await parkedMessages(store.pool, SHOWN_MAX);
    if (asJson) print(json(parked));
    else print(parked.length === 0 ? 'No message is parked.' : parked.map(letter).join('\n'));
    return parked.length > 0 ? 1 : 0;
  });

/** Puts what was given up for one reason in line again. */
export const retryCommand = async ({
  failed,
  reason,
}: {
  readonly failed: boolean;
  readonly reason: string;
}): Promise<number> => {
  if (!failed) {
    complain('Say --failed: only what was given up can be tried again.');
    return 2;
  }
  return withStore(async ({ store }) => {
    const again = await retryFailed(store.pool, reason);
    print(`${again} ${again === 1 ? 'message is' : 'messages are'} in line again.`);
    return again > 0 ? 0 : 1;
  });
};

const written = (counts: readonly OutboxCount[], failed: readonly DeadLetter[]): string => {
  if (counts.length === 0) return 'Nothing waits, and nothing was given up.';
  const lines = counts.map(
    ({ channel, state, reason, messages, oldestSeconds }) =>
      `${channel}  ${state}${reason === undefined ? '' : ` (${reason})`}: ${messages}, the oldest for ${lasting(oldestSeconds)}`,
  );
  return [...lines, ...(failed.length > 0 ? ['', 'Given up:', ...failed.map(letter)] : [])].join('\n');
};

const letter = ({ id, channel, kind, reason, ageSeconds, kept }: DeadLetter): string =>
  `${id}  ${channel}  ${kind}: ${reason}, ${lasting(ageSeconds)} ago${kept ? '' : ', its words are gone'}`;

/** "40 s", "12 min", "5 h", "3 d". */
const lasting = (seconds: number): string => {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
};
