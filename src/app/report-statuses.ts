import { setTimeout as pause } from 'node:timers/promises';
import type { Report, SendFailure, Status } from '../channels/channel.ts';
import { restChannel } from '../store/channel-pace.ts';
import { holdOutbox } from '../store/outbox.ts';
import { recordStatuses, type SaidOf } from '../store/statuses.ts';
import { askedTogether } from './asked-together.ts';
import { closedWay } from './message-way.ts';
import type { Store } from './store.ts';
import type { WordsAtSending } from './words-at-sending.ts';

/** A platform may be quicker with its word than we are with recording what went out: then it is asked again. */
const AGAIN_AFTER_MS = [1_000, 5_000];

/** Three posts tell of each message that goes out, and nobody waits for them: those of a moment are one look at the database. */
const GATHER_MS = 100;

export type Reporting = {
  readonly store: Store;
  readonly newId: () => string;
  readonly wordsAtSending: WordsAtSending;
  /** Something was put into the outbox. */
  readonly wake: () => void;
};

/** Takes what platforms say of messages that went out. */
export type StatusBook = {
  /** For one channel: resolves when it is written down, or will be. */
  of(channel: string): Report;
  /** Writes down what came too early, now that all that went out is recorded. */
  settle(): Promise<void>;
};

type Early = { readonly channel: string; readonly said: readonly SaidOf[] };

export const statusBook = (reporting: Reporting): StatusBook => {
  const waiting = new Set<Early>();
  const again = async (early: Early): Promise<void> => {
    waiting.add(early);
    try {
      for (const ms of AGAIN_AFTER_MS) {
        await pause(ms, undefined, { ref: false });
        if (!waiting.has(early) || (await record(reporting, early)) === 0) return;
      }
    } catch (error) {
      // A word about a message was lost, and no message.
      reporting.store.log.warn(
        { channel: early.channel, error },
        'what became of some messages is not recorded',
      );
    } finally {
      waiting.delete(early);
    }
  };
  return {
    of: (channel) => {
      const recorded = askedTogether(async (posts: readonly (readonly SaidOf[])[]) => {
        const said = posts.flat();
        // Nobody waits for the second try: the platform is answered at once.
        if ((await record(reporting, { channel, said })) > 0) void again({ channel, said });
        return [];
      }, GATHER_MS);
      return async (statuses) => {
        if (statuses.length === 0) return;
        const said = statuses.map(saidOf);
        for (const { state } of said) reporting.store.metrics.statuses.inc({ channel, state });
        await restIfStopped(reporting, channel, statuses);
        await recorded(said);
      };
    },
    settle: async () => {
      const early = [...waiting];
      waiting.clear();
      await Promise.all(early.map((one) => record(reporting, one)));
    },
  };
};

/** How long a channel rests whose platform says later that it has stopped us. */
const STOPPED_SECONDS = 300;

/** Some trouble is told only afterwards: a bill that was not paid, a token that ended. Then nothing more goes out for a while. */
const restIfStopped = async (
  { store }: Reporting,
  channel: string,
  statuses: readonly Status[],
): Promise<void> => {
  for (const status of statuses) {
    if (status.state !== 'failed') continue;
    const { failure } = status;
    if (failure.type !== 'paused' && failure.type !== 'bad-credentials') continue;
    store.log.error({ channel, code: failure.type }, 'a platform does not take our messages');
    await restChannel(store.pool, channel, STOPPED_SECONDS);
    return;
  }
};

/** Resolves to how many are not known. What was not taken after all waits again, and she is invited to write. */
const record = async (
  { store, newId, wake, wordsAtSending }: Reporting,
  { channel, said }: Early,
): Promise<number> => {
  const { unknown, held } = await recordStatuses(store, channel, said);
  for (const one of held) {
    const { id } = one;
    const message = one.message ?? (await wordsAtSending(one.unworded));
    const way = message && closedWay(message);
    const invitation = way?.type === 'held' ? way.invitation : undefined;
    const told = invitation && { id: newId(), message: invitation };
    if (await holdOutbox(store, id, { invitation: told, closed: false })) wake();
  }
  return unknown;
};

const saidOf = (status: Status): SaidOf => ({
  sentId: status.sentId,
  state: status.state,
  at: status.at,
  ...(status.state === 'failed' && { reason: reasonOf(status.failure) }),
});

/** What a platform kept from her for today alone comes again. */
const reasonOf = (failure: SendFailure): string =>
  failure.type === 'held-back' && failure.today ? 'held-back-today' : failure.type;
