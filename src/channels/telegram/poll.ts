import type { Api } from 'grammy';
import { z } from 'zod';
import type { IncomingMessage } from '../../conversation/message.ts';
import type { ChannelLog } from '../channel-log.ts';
import { pausesOf } from './connect.ts';
import { noteOf, toSendFailure } from './failures.ts';
import { UPDATE_TYPES } from './receive.ts';
import { grammySignal, timeLimit } from './signal.ts';

/** How long Telegram may hold an empty answer back. */
export const POLL_SECONDS = 25;
const RECEIVE_AT_ONCE_MAX = 10; // persons of one batch
const CONFIRM_TIMEOUT_MS = 3_000;

type Poll = {
  readonly api: Api;
  readonly log: ChannelLog;
  /** Ends the polling: what is being received is finished, nothing new is begun. */
  readonly stopped: AbortSignal;
  /** The message in an update, or undefined if there is none for us. @param now when it was, if Telegram does not say so */
  read(update: unknown, now?: string): IncomingMessage | undefined;
  /** Resolves once the message is safe; may reject as often as it likes. */
  receive(message: IncomingMessage): Promise<void>;
};

/**
 * The right to poll, which one process has at a time: Telegram gives each update to one poller of a token, and refuses a
 * second one. `lost`: another process may have it now.
 */
export type TakeTurn = (
  stopped: AbortSignal,
) => Promise<{ readonly lost: AbortSignal; end(): Promise<void> } | undefined>;

/** Polls whenever it is this process's turn, until the channel stops. */
export async function pollInTurn(poll: Poll, takeTurn: TakeTurn): Promise<void> {
  while (!poll.stopped.aborted) {
    const turn = await takeTurn(poll.stopped);
    if (turn === undefined) return;
    poll.log.info({}, 'this process fetches the messages of Telegram');
    await pollUntilStopped({ ...poll, stopped: AbortSignal.any([poll.stopped, turn.lost]) });
    await turn.end();
  }
}

type Numbered = { readonly updateId: number; readonly message: IncomingMessage | undefined };

const numbered = z.object({ update_id: z.int() });

/**
 * Long polling, at least once: an update is confirmed (the offset moves past it) only after `receive` resolved for it.
 *
 * It is our own loop because grammY's cannot promise that. `bot.start()` notes an update as tried before its handler
 * runs and `bot.stop()` confirms that number, so a stop while the database is away confirms, and loses, an update that
 * was never stored; a handler that rejects ends its polling; a 409 does, too; and it receives everybody one by one.
 */
async function pollUntilStopped(poll: Poll): Promise<void> {
  let offset: number | undefined;
  const pauses = pausesOf(poll.stopped);
  while (!poll.stopped.aborted) {
    try {
      const updates = await fetchUpdates(poll, offset);
      // After an empty answer all before is confirmed, and ids may start again lower after a quiet week (Bot API, Update).
      offset = updates.length === 0 ? undefined : await receiveBatch(poll, updates);
      pauses.reset();
    } catch (error) {
      if (poll.stopped.aborted) break;
      poll.log.warn(noteOf(error), pollTrouble(error));
      pauses.atLeast(error);
      await pauses.next();
    }
  }
  if (offset !== undefined) await confirm(poll, offset);
}

async function fetchUpdates(poll: Poll, offset: number | undefined): Promise<Numbered[]> {
  const updates: readonly unknown[] = await poll.api.getUpdates(
    { ...(offset === undefined ? {} : { offset }), timeout: POLL_SECONDS, allowed_updates: UPDATE_TYPES },
    grammySignal(poll.stopped),
  );
  // A press says no hour. Of those that waited here together it is that of the one before it.
  let before: string | undefined;
  return updates.flatMap((update) => {
    const id = numbered.safeParse(update);
    // Nothing can be confirmed without a number, so there is nothing to do but say so.
    if (!id.success) poll.log.warn({}, 'Telegram sent something without an update id');
    if (!id.success) return [];
    const message = poll.read(update, before);
    before = message?.receivedAt ?? before;
    return [{ updateId: id.data.update_id, message }];
  });
}

/** Persons side by side, each person's messages in order. Returns the offset that confirms what is done, no more. */
async function receiveBatch(poll: Poll, updates: readonly Numbered[]): Promise<number> {
  const lanes = new Map<string, Numbered[]>();
  for (const update of updates) {
    const person = update.message?.address ?? '';
    lanes.set(person, [...(lanes.get(person) ?? []), update]);
  }
  const open = new Set(updates.map(({ updateId }) => updateId));
  const waiting = [...lanes.values()];
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
      for (const { updateId, message } of lane) {
        if (message !== undefined && !(await receiveUntilSafe(poll, message))) return;
        open.delete(updateId);
      }
    }
  };
  await Promise.all(Array.from({ length: RECEIVE_AT_ONCE_MAX }, worker));
  return open.size > 0 ? Math.min(...open) : Math.max(...updates.map(({ updateId }) => updateId)) + 1;
}

/** True once the message is safe, however long that takes; false if the channel stopped first. */
async function receiveUntilSafe(poll: Poll, message: IncomingMessage): Promise<boolean> {
  const pauses = pausesOf(poll.stopped);
  while (!poll.stopped.aborted) {
    try {
      await poll.receive(message);
      return true;
    } catch (error) {
      poll.log.warn(
        noteOf(error),
        'a message could not be stored; it stays with Telegram and is tried again',
      );
      await pauses.next();
    }
  }
  return false;
}

/** Best effort: without it the last updates come once more, and are known already. */
async function confirm(poll: Poll, offset: number): Promise<void> {
  try {
    const limit = timeLimit(CONFIRM_TIMEOUT_MS);
    await poll.api.getUpdates({ offset, limit: 1, timeout: 0, allowed_updates: UPDATE_TYPES }, limit);
  } catch (error) {
    poll.log.info(noteOf(error), 'the last updates could not be confirmed; they will come once more');
  }
}

function pollTrouble(error: unknown): string {
  if (toSendFailure(error).type === 'bad-credentials') {
    return 'Telegram no longer accepts the bot token: was it revoked?';
  }
  if (noteOf(error).code === '409') {
    return 'another program polls with the same bot token, or a webhook is set: only one may run';
  }
  return 'Telegram did not answer; trying again';
}
