import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { seedDemo } from '../app/demo.ts';
import { loadLocales } from '../app/load-locales.ts';
import { openClock } from '../app/simulator-clock.ts';
import { simulatorChannel } from '../channels/simulator/simulator.ts';
import { type Config, hasRealChannel } from '../config.ts';
import { createLog } from '../log.ts';
import { makeApp, type Opened, openStore, ROOT } from '../start.ts';
import { isEmpty, linkToSimulator, listPeople, type Person } from '../store/simulator-people.ts';
import { noteNames } from './command.ts';
import { findPerson, type Named, plain, severalCalled } from './find-person.ts';

export type Heard = { readonly text: string; readonly choices: readonly { readonly label: string }[] };

export type Conversation =
  | {
      readonly ok: true;
      /** Says one line and gives back what she was answered. */
      say(line: string): Promise<readonly Heard[]>;
      close(): Promise<void>;
    }
  | { readonly ok: false; readonly problem: string };

/** Talks to the running Comadre when there is one on these settings, else opens the database itself. */
export const openConversation = async (config: Config, name: string): Promise<Conversation> => {
  const url = await runningServer(config);
  return url ? overHttp(url, name) : withoutServer(config, name);
};

const serverFile = z.object({ url: z.url() });

/** The address of a Comadre that runs on the same data folder. One that was killed left its file behind: it is silent. */
const runningServer = async (config: Config): Promise<string | undefined> => {
  const file = path.join(config.dataDir, 'server.json');
  if (config.databaseUrl !== undefined || !existsSync(file)) return undefined;
  const { url } = serverFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const answer = await fetch(`${url}/healthz`).catch(() => undefined);
  return answer ? url : undefined;
};

const several = (people: readonly Named[]): Conversation => ({ ok: false, problem: severalCalled(people) });

const withoutServer = async (config: Config, name: string): Promise<Conversation> => {
  const opened = await openStore(config, createLog('warn', process.stderr));
  try {
    if (!hasRealChannel(config)) await fillWhenEmpty(opened);
    const found = findPerson(await listPeople(opened.store), name);
    const [one] = found;
    await noteNames(opened, 'chat', one && found.length === 1 ? subjectOf(one) : undefined);
    if (found.length <= 1) return await beginAs({ config, opened }, found, name);
    await opened.database.close();
    return several(found);
  } catch (error) {
    await opened.database.close();
    throw error;
  }
};

const subjectOf = ({ id, role }: Person): string => `${role === 'staff' ? 'staff' : 'member'}/${id}`;

const beginAs = async (
  { config, opened }: { readonly config: Config; readonly opened: Opened },
  found: readonly Person[],
  name: string,
): Promise<Conversation> => {
  const clock = await openClock(opened.store.pool, config.simulatorClock);
  const channel = simulatorChannel({ now: () => clock.now().toString() });
  const app = makeApp(opened.store, [channel], { now: clock.now });
  await linkToSimulator(opened.store, found, { newId: app.newId, consent: false });
  await app.start();
  const address = found[0]?.id ?? `nueva-${plain(name).replace(/[^a-z0-9]/g, '-')}`;
  const heard: Heard[] = [];
  channel.subscribe(address, (message) => {
    if (message.from === 'bot') heard.push(message);
  });
  return {
    ok: true,
    say: async (line) => {
      await channel.post({ address, body: bodyOf(line) });
      await app.delivery.idle();
      return heard.splice(0);
    },
    close: async () => {
      await app.stop();
      await opened.database.close();
    },
  };
};

const bodyOf = (line: string) => {
  const start = /^\/start(?:\s+(\S+))?$/.exec(line);
  if (!start) return { type: 'text' as const, text: line };
  return start[1] ? { type: 'start' as const, code: start[1] } : { type: 'start' as const };
};

const fillWhenEmpty = async ({ database, store }: Opened): Promise<void> => {
  if (!(await isEmpty(store.pool))) return;
  const locales = loadLocales(new URL('locales/', ROOT));
  await seedDemo({ database, store, locales, folder: new URL('demo/', ROOT) }, Temporal.Now.instant());
};

const peopleSchema = z.array(z.object({ address: z.string(), name: z.string(), group: z.string() }));
const historySchema = z.array(
  z.object({
    id: z.union([z.string(), z.number()]),
    from: z.enum(['bot', 'person']),
    text: z.string(),
    choices: z.array(z.object({ label: z.string() })),
  }),
);

/** How long an answer may take, and how long silence means that all has been said. */
const ANSWER_MS_MAX = 10_000;
const SILENCE_MS = 150;
const LOOK_MS = 50;

const overHttp = async (url: string, name: string): Promise<Conversation> => {
  const listed = await fetch(`${url}/simulator/people`);
  if (!listed.ok) return { ok: false, problem: await refusedBy(listed) };
  const people = peopleSchema.parse(await listed.json());
  const found = findPerson(people, name);
  if (found.length > 1) return several(found);
  const address = found[0]?.address ?? `nueva-${plain(name).replace(/[^a-z0-9]/g, '-')}`;
  const at = `${url}/simulator/${encodeURIComponent(address)}`;
  const history = async () => {
    const all = historySchema.parse(await (await fetch(`${at}/history`)).json());
    return all.filter((message) => message.from === 'bot');
  };
  return {
    ok: true,
    close: async () => undefined,
    say: async (line) => {
      const seen = new Set((await history()).map((message) => message.id));
      const answer = await fetch(`${at}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: line }),
      });
      if (!answer.ok) throw new Error(`the running Comadre refused the message (${answer.status})`);
      return newIn(history, seen);
    },
  };
};

/** Why the running program does not let us speak: its simulator is off, or listens where it may not answer. */
const refusedBy = async (answer: Response): Promise<string> => {
  const said = z.object({ error: z.string() }).safeParse(await answer.json().catch(() => undefined));
  return answer.status === 404
    ? 'The running Comadre has its simulator off. Start it with SIMULATOR=on, or stop it first.'
    : `The running Comadre does not answer here: ${said.data?.error ?? answer.status}`;
};

const newIn = async (
  history: () => Promise<(Heard & { readonly id: string | number })[]>,
  seen: ReadonlySet<string | number>,
): Promise<readonly Heard[]> => {
  const until = Date.now() + ANSWER_MS_MAX;
  let last: readonly Heard[] = [];
  let quietSince = Date.now();
  while (Date.now() < until) {
    const now = (await history()).filter((message) => !seen.has(message.id));
    if (now.length !== last.length) quietSince = Date.now();
    last = now;
    if (last.length > 0 && Date.now() - quietSince >= SILENCE_MS) return last;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return last;
};
