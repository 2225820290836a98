// From `node dist/main.js` to the moment it says it is ready: on an empty folder, and again on the same one.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 20;
const GIVE_UP_MS = 60_000;

/** @returns milliseconds until GET /readyz says yes; the program has stopped again by then */
export const timeStart = async (main: string, folder: string): Promise<number> => {
  const port = await freePort();
  const started = performance.now();
  const program = spawn(process.execPath, [main], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      COMADRE_DATA_DIR: folder,
      SIMULATOR: 'on',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  program.stderr.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  const ended = once(program, 'exit');
  try {
    while (!(await isReady(port))) {
      if (program.exitCode !== null) throw new Error(`the program ended instead of starting: ${complaint}`);
      if (performance.now() - started > GIVE_UP_MS)
        throw new Error(`the program does not start: ${complaint}`);
      await setTimeout(POLL_MS);
    }
    return performance.now() - started;
  } finally {
    program.kill('SIGTERM');
    await ended;
  }
};

const isReady = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
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
