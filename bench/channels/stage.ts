// A database of its own with people in it, an emulated platform, and the program between them in one process or several.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Database } from '../../src/store/database.ts';
import { checkKey } from '../../src/store/key-check.ts';
import { createSecrets, type Secrets } from '../../src/store/secrets.ts';
import { type Started, startProgram } from '../program.ts';
import { onFreshDatabase, type Server } from '../server.ts';
import { undoing } from '../undoing.ts';
import { startBalancer } from './balancer.ts';
import type { Emulator } from './emulator.ts';
import { bringPeople } from './people.ts';
import type { Phone } from './phone.ts';

const MAIN = path.resolve(import.meta.dirname, '../../dist/main.js');
const KEY = Buffer.alloc(32, 7);

/** What every measurement has, whatever runs the channel. */
export type Stage = {
  readonly label: string;
  readonly channel: string;
  readonly database: Database;
  phone(n: number): Phone;
  /** What was not accepted from the platform yet. */
  open(): number;
  /** Its page knows what it has shown and drops a copy of it, so none comes as far as the program. */
  readonly dropsCopies?: true;
  /** The program's counters, as operators read them. */
  metrics(): Promise<string>;
};

/** A stage on which programs of their own run. */
export type ProgramStage<Platform extends Emulator = Emulator> = Stage & {
  readonly emulator: Platform;
  readonly processes: number;
  /** Where to post to: the program, or what stands before several. */
  readonly url: string;
  /** Posts that each process was given; empty when there is one. */
  shares(): readonly number[];
};

export type Place = {
  readonly database: Database;
  readonly url: string;
  readonly secrets: Secrets;
  /** A folder that is gone afterwards. */
  readonly folder: string;
  readonly keyFile: string;
};

/** A new database and folder; both are gone afterwards. */
export const atPlace = <Value>(server: Server, work: (place: Place) => Promise<Value>): Promise<Value> =>
  onFreshDatabase(server, 'channels', async ({ database, url }) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'comadre-bench-'));
    const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    return undoing(remove, async () => {
      const keyFile = path.join(folder, 'comadre.key');
      writeFileSync(keyFile, KEY, { mode: 0o600 });
      const secrets = createSecrets({ bytes: KEY, created: false, warnings: [] });
      await checkKey(database.pool, secrets, keyFile);
      return await work({ database, url, secrets, folder, keyFile });
    });
  });

export type Setting<Platform extends Emulator> = {
  readonly server: Server;
  readonly start: () => Promise<Platform>;
  readonly groups: number;
  readonly processes: number;
};

/** Sets the stage, runs `work` on it, and takes everything away. @throws when a program logged an error or a call was wrong */
export const onStage = async <Platform extends Emulator, Value>(
  { server, start, groups, processes }: Setting<Platform>,
  work: (stage: ProgramStage<Platform>) => Promise<Value>,
): Promise<Value> =>
  atPlace(server, async (place) => {
    const emulator = await start();
    return undoing(
      () => emulator.stop(),
      async () => {
        await bringPeople(place, emulator.channel, groups);
        return await withPrograms(place, { emulator, processes }, async (url, shares, complaints) => {
          await emulator.meet(url, processes);
          const { label, channel } = emulator;
          const value = await work({
            label: processes > 1 ? `${label}, ${processes} processes` : label,
            channel,
            emulator,
            processes,
            url,
            shares,
            database: place.database,
            phone: (n) => emulator.phone(n),
            open: () => emulator.open(),
            metrics: async () => (await fetch(`${url}/metrics`)).text(),
          });
          const wrong = [...emulator.violations(), ...complaints()];
          if (wrong.length > 0) throw new Error(`${label}: ${wrong.slice(0, 3).join('; ')}`);
          return value;
        });
      },
    );
  });

type Running<Value> = (
  url: string,
  shares: () => readonly number[],
  complaints: () => readonly string[],
) => Promise<Value>;

const withPrograms = async <Value>(
  place: Place,
  { emulator, processes }: { readonly emulator: Emulator; readonly processes: number },
  work: Running<Value>,
): Promise<Value> => {
  const settings = {
    DATABASE_URL: place.url,
    COMADRE_DATA_DIR: path.join(place.folder, 'data'),
    COMADRE_KEY_FILE: place.keyFile,
    ...emulator.settings,
  };
  const programs: Started[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.stop()));
  };
  return undoing(stopAll, async () => {
    while (programs.length < processes)
      programs.push(await startProgram(MAIN, { folder: place.folder, settings }));
    const urls = programs.map(({ url }) => url);
    const complaints = () => programs.flatMap((program) => errorsIn(program.complaint()));
    if (urls.length === 1) return await work(urls[0] ?? '', () => [], complaints);
    const balancer = await startBalancer(urls);
    return undoing(
      () => balancer.stop(),
      () => work(balancer.url, () => balancer.shares(), complaints),
    );
  });
};

/** The lines of the program's own log: Node's warnings are none. */
const errorsIn = (complaint: string): string[] =>
  complaint.split('\n').filter((line) => line.startsWith('{'));
