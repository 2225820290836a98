import type { Pool } from 'pg';
import { z } from 'zod';
import type { Listen, StopListening } from './listener.ts';

/** Something was written that others are to send. */
const WAITING = 'comadre_outbox';
const PAUSED = 'comadre_pause';

const pause = z.tuple([z.string(), z.number()]);

/** Has every process rest a channel for so many seconds: its platform said so (invariant M7). */
export const pauseChannel = async (pool: Pool, channel: string, seconds: number): Promise<void> => {
  await pool.query('select pause_channel($1, $2)', [channel, seconds]);
};

/** Tells the processes that send that something waits. */
export const notifyWaiting = async (pool: Pool): Promise<void> => {
  await pool.query('select pg_notify($1, $2)', [WAITING, '']);
};

/** What other processes say of delivery. It only ever means "look now", or "rest until": nothing depends on its coming. */
export const listenForDelivery = async (
  listen: Listen,
  heard: { waiting(): void; paused(channel: string, seconds: number): void },
): Promise<StopListening> => {
  const stops = await Promise.all([
    listen(WAITING, () => heard.waiting()),
    listen(PAUSED, (payload) => {
      // An empty one follows a lost connection: something may have been missed, and a look finds it.
      if (payload === '') heard.waiting();
      else heard.paused(...pause.parse(JSON.parse(payload)));
    }),
  ]);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};
