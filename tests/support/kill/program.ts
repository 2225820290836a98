// The real program as `npm start` runs it, in a process of its own that can be killed at any moment.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { clearTimeout, setTimeout as later } from 'node:timers';
import { setTimeout } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const START_MS_MAX = 100_000;
const STDERR_CHARS_KEPT = 4_000;

export type Program = {
  /** Resolves when the start screen is there. Rejects with what the program said when it ends before. */
  start(): Promise<void>;
  /** A start that is killed so many milliseconds after it began, most likely before it is ready. */
  startKilled(afterMs: number): Promise<void>;
  /** kill -9: nothing is closed, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. @throws when it does not end well */
  stop(): Promise<void>;
  /** Where it listens; waits while it is down. */
  url(): Promise<string>;
  /** How long each start took, from spawn to start screen. */
  readonly startsMs: readonly number[];
};

type Runs = {
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly nodeOptions: readonly string[];
};

/** Compiles src/ to dist/ when that is out of date, as `npm start` does. */
export const buildProgram = (): void => {
  execFileSync(process.execPath, ['scripts/build.mjs'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/** `folder` is where it runs: no .env of ours is there, and of our environment it gets only PATH. */
export const programIn = ({ folder, settings, nodeOptions }: Runs): Program => {
  const startsMs: number[] = [];
  let child: ChildProcess | undefined;
  let up = waiting<string>();
  let isUp = false;

  const launch = (): ChildProcess =>
    spawn(process.execPath, [...nodeOptions, path.join(ROOT, 'dist/main.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], PORT: '0', SIMULATOR: 'on', LOG_LEVEL: 'error', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (!ending) return;
    // Who waits for the address goes on waiting for the same promise until a start fulfils it.
    if (isUp) up = waiting<string>();
    isUp = false;
    child = undefined;
    if (ending.exitCode !== null || ending.signalCode !== null)
      throw new Error('the program ended by itself');
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
    if (signal === 'SIGTERM' && ending.exitCode !== 0) {
      throw new Error(`the program stopped with ${ending.exitCode ?? ending.signalCode}`);
    }
  };

  return {
    startsMs,
    url: () => up.promise,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    startKilled: async (afterMs) => {
      child = launch();
      await setTimeout(afterMs);
      await end('SIGKILL');
    },
    start: async () => {
      const before = performance.now();
      child = launch();
      const url = await startScreen(child);
      startsMs.push(performance.now() - before);
      isUp = true;
      up.resolve(url);
    },
  };
};

/** The address on the start screen. */
const startScreen = async (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    let complaints = '';
    const late = later(() => reject(new Error(`no start screen: ${complaints}`)), START_MS_MAX);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /http:\/\/[\d.]+:\d+(?=\/simulator\s)/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-STDERR_CHARS_KEPT);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      reject(new Error(`the program ended (${code ?? signal}) before it was ready: ${complaints}`));
    });
  });

type Waiting<Value> = { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void };

const waiting = <Value>(): Waiting<Value> => {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
