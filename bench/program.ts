// The program as it is built, in a process of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 20;
const GIVE_UP_MS = 60_000;
const STOP_MS = 15_000;
const COMPLAINT_CHARS = 2_000;
/** For looking closer, such as `BENCH_NODE="--cpu-prof --cpu-prof-dir=profiles"`. */
const NODE_OPTIONS = (process.env['BENCH_NODE'] ?? '').split(' ').filter((word) => word !== '');

export type Started = {
  readonly url: string;
  /** From the spawn to the moment it said it was ready. */
  readonly startMs: number;
  /** What it logged of errors, so far. */
  complaint(): string;
  /** SIGUSR2: for what a flag of Node's made it listen to. */
  poke(): void;
  /** SIGKILL, as when the machine loses its power. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL for what does not end. */
  stop(): Promise<void>;
};

export type Starting = {
  /** Where it runs: no .env of ours is there, and of our environment it gets only PATH. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Of Node. */
  readonly flags?: readonly string[];
};

/** Starts `main` and waits until GET /readyz says yes. @throws with what it said when it ends before */
export const startProgram = async (
  main: string,
  { folder, settings, flags = [] }: Starting,
): Promise<Started> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const program = spawn(process.execPath, [...NODE_OPTIONS, ...flags, main], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: String(port), LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  program.stderr.on('data', (part: Buffer) => {
    complaint = (complaint + part.toString()).slice(-COMPLAINT_CHARS);
  });
  const ended = once(program, 'exit');
  const kill = async (): Promise<void> => {
    program.kill('SIGKILL');
    await ended;
  };
  const stop = async (): Promise<void> => {
    program.kill('SIGTERM');
    const late = new AbortController();
    const killed = setTimeout(STOP_MS, undefined, { signal: late.signal }).then(
      () => void program.kill('SIGKILL'),
      () => undefined,
    );
    await ended;
    late.abort();
    await killed;
  };
  try {
    while (!(await isReady(url))) {
      if (program.exitCode !== null) throw new Error(`the program ended instead of starting: ${complaint}`);
      if (performance.now() - began > GIVE_UP_MS) throw new Error(`the program does not start: ${complaint}`);
      await setTimeout(POLL_MS);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    startMs: performance.now() - began,
    complaint: () => complaint,
    poke: () => void program.kill('SIGUSR2'),
    kill,
    stop,
  };
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
};
