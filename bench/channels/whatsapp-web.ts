import { createApp } from '../../src/app/app.ts';
import type { Locales } from '../../src/app/load-locales.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../../tests/channels/contract/rig.ts';
import { startBench } from '../../tests/channels/whatsapp-web/setup.ts';
import type { Server } from '../server.ts';
import { undoing } from '../undoing.ts';
import { bringPeople, numberOf } from './people.ts';
import { atPlace, type Stage } from './stage.ts';

const CHANNEL = 'whatsapp-web';
const LINK_MS_MAX = 60_000;
/** In place of a person's pace, at which a hundred answers take three minutes. */
const QUICK = { perSecond: 100, perAddressMs: 0 } as const;

/**
 * The unmodified library in a real Chromium at the stub's page. The app runs in this process, since no setting of the
 * program makes this channel write faster than a person; the browser has its own.
 */
export const onWhatsAppWeb = <Value>(
  {
    server,
    groups,
    locales,
  }: { readonly server: Server; readonly groups: number; readonly locales: Locales },
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> =>
  atPlace(server, async ({ database, secrets }) => {
    await bringPeople({ database, secrets }, CHANNEL, groups);
    const bench = await startBench();
    return undoing(
      () => bench.finish(),
      async () => {
        const { stub } = bench;
        const channel = bench.channel();
        const metrics = createMetrics();
        const app = createApp({
          store: { pool: database.pool, secrets, log: createLog('error'), metrics },
          locales,
          channels: [{ ...channel, limits: QUICK }],
        });
        const persons = new Map<number, { readonly phone: string; readonly writesAs: string }>();
        const personOf = (n: number) => {
          const id = `${numberOf(n)}@c.us`;
          const known = persons.get(n) ?? { phone: id, writesAs: id };
          if (!persons.has(n)) stub.add(known);
          persons.set(n, known);
          return known;
        };
        return undoing(
          () => app.stop(),
          async () => {
            await app.start();
            const state =
              (...wanted: readonly string[]) =>
              () =>
                wanted.includes(channel.state().state);
            await until('a QR', state('qr', 'ready'), LINK_MS_MAX);
            if (channel.state().state === 'qr') stub.scan();
            await until('a link', state('ready'), LINK_MS_MAX);
            return await work({
              label: 'whatsapp-web in Chromium',
              channel: CHANNEL,
              database,
              phone: (n) => ({
                says: async (text) => {
                  const id = stub.write(personOf(n), { body: text });
                  return async () => void stub.again(id);
                },
                heard: async () => stub.outTo(personOf(n)).map(({ id, body = '' }) => ({ id, text: body })),
              }),
              dropsCopies: true,
              open: () => stub.allUnread(),
              metrics: () => metrics.registry.metrics(),
            });
          },
        );
      },
    );
  });
