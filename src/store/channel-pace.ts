import type { Pool } from 'pg';
import { z } from 'zod';
import type { Listen, StopListening } from './listener.ts';

/** Something was written that others are to send. */
const WAITING = 'comadre_outbox';
const PAUSED = 'comadre_pause';
const RESTS = 'comadre_rest';

const pause = z.tuple([z.string(), z.number()]);

/** Has every process rest a channel for so many seconds: its platform said so (invariant M7). */
export const pauseChannel = async (pool: Pool, channel: string, seconds: number): Promise<void> => {
  await pool.query('select pause_channel($1, $2)', [channel, seconds]);
};

/**
 * Has every process rest a channel that cannot send, for so many seconds: its account was stopped, its telephone is not
 * linked, its key is wrong.
 */
export const restChannel = async (pool: Pool, channel: string, seconds: number): Promise<void> => {
  await pool.query('select rest_channel($1, $2)', [channel, seconds]);
};

/** What a platform allows, as all processes go by it. */
export type Pace = {
  /** Seconds from one place in the line of all messages to the next; 0: it says no limit. */
  readonly gapSeconds: number;
  /** So many a second are kept out of that line for answers; undefined: answers take no places, and are counted afterwards. */
  readonly leave: number | undefined;
  /** Seconds between two messages to one person, and how many of them may go at once before that is kept. */
  readonly addressSeconds: number;
  readonly addressBurst: number;
};

/** This process begins to send: what the platform allows is written down, and whatever the channel rested for may be mended. */
export const beginChannel = async (pool: Pool, channel: string, pace: Pace): Promise<void> => {
  const { gapSeconds, leave, addressSeconds, addressBurst } = pace;
  const values = [channel, gapSeconds, leave ?? null, addressSeconds, addressBurst];
  await pool.query('select begin_channel($1, $2, $3, $4, $5)', values);
};

/** The rest of a channel is over before its time: what it was for is mended, or may be. */
export const endRest = async (pool: Pool, channel: string): Promise<void> => {
  await restChannel(pool, channel, 0);
};

/** Tells the processes that send that something waits. */
export const notifyWaiting = async (pool: Pool): Promise<void> => {
  await pool.query('select pg_notify($1, $2)', [WAITING, '']);
};

/** What other processes say of delivery. It only ever means "look now", or "rest until": nothing depends on its coming. */
export const listenForDelivery = async (
  listen: Listen,
  heard: {
    waiting(): void;
    paused(channel: string, seconds: number): void;
    /** For no seconds: its rest is over. */
    rests(channel: string, seconds: number): void;
  },
): Promise<StopListening> => {
  // One after the other: they share a connection, which asks one thing at a time.
  const stops = [
    await listen(WAITING, () => heard.waiting()),
    // An empty one follows a lost connection: something may have been missed, and a look finds it.
    await listen(PAUSED, (payload) => {
      if (payload === '') heard.waiting();
      else heard.paused(...pause.parse(JSON.parse(payload)));
    }),
    await listen(RESTS, (payload) => {
      if (payload === '') heard.waiting();
      else heard.rests(...pause.parse(JSON.parse(payload)));
    }),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
};
