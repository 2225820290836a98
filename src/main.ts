import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from './app/app.ts';
import { checkBooks, checkBooksDaily } from './app/check-books.ts';
import { randomSecret } from './app/new-secret.ts';
import { openClock } from './app/simulator-clock.ts';
import { startScreen } from './app/start-screen.ts';
import { announceWhatsAppWeb, whatsAppWebWords } from './app/whatsapp-web-screen.ts';
import { type Config, loadEnv, readConfig } from './config.ts';
import { startSchedule } from './jobs/schedule.ts';
import { createLog, type Log } from './log.ts';
import {
  appSettings,
  type Channels,
  heardLocales,
  makeApp,
  makeChannels,
  needPinPlace,
  type Opened,
  openCurriculum,
  openStore,
} from './start.ts';
import { simulatorOptions, simulatorPeople } from './start-simulator.ts';
import { answers } from './store/housekeeping.ts';
import { keepLinkedPhone } from './store/linked-phone.ts';
import { buildServer } from './web/server.ts';
import type { SimulatorOptions } from './web/simulator-options.ts';

/** Where a running process says how it is reached, so that commands beside it can speak to it. */
const SERVER_FILE = 'server.json';

/** Runs the whole program until it is told to stop. */
const main = async (): Promise<void> => {
  const reading = readConfig(loadEnv());
  if (!reading.ok) {
    process.stderr.write(`${reading.faults.map((fault) => `• ${fault}`).join('\n')}\n`);
    process.exitCode = 2;
    return;
  }
  const { config } = reading;
  const log = createLog(config.logLevel, process.stderr);
  await run(config, log);
};

/** Starts one thing after the other; when one of them cannot, those before it are stopped again, and so on a signal. */
const run = async (config: Config, log: Log): Promise<void> => {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };
  try {
    const opened = await openStore(config, log);
    stops.push(() => opened.database.close());
    await needPinPlace(opened.store, config);
    const clock = await openClock(opened.store.pool, config.simulatorClock);
    const channels = makeChannels(config, opened, clock.now);
    const curriculum = openCurriculum(log);
    const app = makeApp(opened.store, channels.all, {
      ...appSettings(config, channels.simulator !== undefined),
      now: clock.now,
      curriculum,
      ...(config.roles.includes('web') && { locales: heardLocales() }),
      listen: opened.database.listen,
    });
    const people = await simulatorPeople(config, opened, app);
    const simulator = simulatorOptions({ opened, app, clock, codes: people.codes }, channels.simulator);
    const running = { channels: false };
    const isReady = async (): Promise<boolean> => running.channels && (await answers(opened.store.pool));
    const server = await listen(config, { opened, channels, simulator, isReady, app });
    stops.push(server.close);
    stops.push(() => app.stop());
    if (channels.whatsAppWeb) {
      const words = { content: app.content, language: 'es' } as const;
      announceWhatsAppWeb(channels.whatsAppWeb, words, (text) => process.stdout.write(text));
      rememberPhone(opened, channels.whatsAppWeb);
    }
    await app.start();
    running.channels = true;
    stops.push(async () => void (running.channels = false));
    if (config.roles.includes('clock')) stops.push(startClock(opened, app));
    // Before the screen: whoever has read it may stop the program at once.
    stopOnSignal(log, stop);
    process.stdout.write(
      startScreen(app.content, 'es', {
        url: server.url,
        folder: opened.database.kind === 'embedded' ? config.dataDir : undefined,
        telegramMode: config.telegram?.mode,
        whatsAppCloud: config.whatsAppCloud !== undefined,
        qrPath: channels.whatsAppWeb && QR_PATH,
        lessonFaults: curriculum.faults.length,
        people: people.known,
        codes: people.codes,
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Does what is due, each minute, and at once what came due while no program was running; the answer stops it. */
const startClock = ({ database, store }: Opened, app: App): (() => Promise<void>) => {
  const { log } = store;
  const checking = { store, database, content: app.content, newId: app.newId };
  const books = async (check: typeof checkBooks): Promise<void> => {
    if ((await check(checking)) > 0) app.delivery.wake();
  };
  const stop = startSchedule(
    [
      { name: 'reminders', every: '* * * * *', run: () => app.tick() },
      { name: 'books', every: '30 * * * *', run: () => books(checkBooksDaily) },
    ],
    log,
  );
  for (const [job, run] of [
    ['reminders', app.tick()],
    ['books', books(checkBooks)],
  ] as const) {
    void run.catch((error: unknown) => log.warn({ job, error }, 'a job failed; it runs again'));
  }
  return stop;
};

/** Where the page of the QR is, another place at each start. */
const QR_PATH = `/whatsapp-web/${randomSecret()}`;

type Serving = {
  readonly opened: Opened;
  readonly channels: Channels;
  readonly simulator: SimulatorOptions | undefined;
  /** Whether messages can be taken: the database answers, and the channels have started and not stopped. */
  readonly isReady: () => Promise<boolean>;
  readonly app: App;
};

const listen = async (config: Config, { opened, channels, simulator, isReady, app }: Serving) => {
  const { store } = opened;
  const { telegram, whatsAppCloud, whatsAppWeb } = channels;
  const server = buildServer({
    log: store.log.forFastify,
    health: async () => ({ ok: true, channels: channels.all.map((channel) => channel.name) }),
    ready: isReady,
    metrics: async () => ({
      contentType: store.metrics.registry.contentType,
      body: await store.metrics.registry.metrics(),
    }),
    ...(simulator && { simulator }),
    takePin: app.takePin,
    ...(telegram &&
      config.telegram?.mode === 'webhook' && {
        telegramWebhook: {
          path: new URL(config.telegram.webhookUrl).pathname,
          receive: (secret, body) => telegram.receiveWebhook(secret, body),
        },
      }),
    ...(whatsAppCloud && {
      whatsAppWebhook: {
        challenge: (query) => whatsAppCloud.challenge(query),
        receive: (signature, bytes) => whatsAppCloud.receiveWebhook(signature, bytes),
      },
    }),
    ...(whatsAppWeb && {
      whatsAppWeb: { path: QR_PATH, channel: whatsAppWeb, words: whatsAppWebWords(app.content, 'es') },
    }),
  });
  const url = await server.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw inWords(error, config);
  });
  const file = path.join(config.dataDir, SERVER_FILE);
  if (opened.database.kind === 'embedded') writeFileSync(file, JSON.stringify({ url }), { mode: 0o600 });
  return {
    url,
    close: async () => {
      rmSync(file, { force: true });
      await server.close();
    },
  };
};

/** What an operator can do about an address that cannot be listened on. */
const inWords = (error: unknown, { port, host }: Config): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} is in use by another program, perhaps another Comadre. Stop that one, or set PORT to another number.`,
    );
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} may not be used by this account. Set PORT to a number above 1023.`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Error(`HOST ${host} is not an address of this computer. Set HOST to 127.0.0.1 or 0.0.0.0.`);
  }
  return error;
};

/** SIGTERM and SIGINT end it in order; a second one, or ten seconds, ends it at once. */
const stopOnSignal = (log: Log, stop: () => Promise<void>): void => {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), 10_000).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'stopping did not go well');
          process.exit(1);
        },
      );
    });
  }
};

/** For the invitation links of `comadre import`, which runs no telephone. */
const rememberPhone = ({ store }: Opened, phone: NonNullable<Channels['whatsAppWeb']>): void =>
  phone.watch(({ phone: number }) => {
    if (number === undefined) return;
    keepLinkedPhone(store.pool, number).catch((error: unknown) =>
      store.log.warn({ error }, 'the number of the linked telephone is not kept'),
    );
  });

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
