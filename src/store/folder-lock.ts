// One opener per database folder. PGlite takes no lock of its own, and two openers of one folder lose
// acknowledged rows without any error.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** How often a socket file left behind by a killed process is taken over before giving up. */
const TAKEOVERS_MAX = 3;

/** Somebody else has the folder open. The message is for the operator. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

export type FolderLock = { release: () => Promise<void> };

/**
 * Takes the folder for this process until `release`, or until the process ends in any way, kill -9 included.
 *
 * Linux: an abstract unix socket, which has no file and which the kernel frees. Windows: a named pipe. Elsewhere: a
 * socket file; one left behind by a killed process is taken over.
 * Not protected: two machines, or two containers with their own network, sharing one volume.
 *
 * Throws `DatabaseInUse` when it is taken, also by this very process.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = addressOf(folder);
  const leavesFile = process.platform !== 'linux' && process.platform !== 'win32';
  for (let attempt = 0; attempt <= TAKEOVERS_MAX; attempt++) {
    const server = await listen(address);
    if (server !== 'taken') return { release: () => close(server) };
    if (!leavesFile || (await answers(address))) break;
    fs.rmSync(address, { force: true });
  }
  throw new DatabaseInUse(
    `The database in ${folder} is already open in another process. Stop that one first: ` +
      'only one process may use this folder. To run several, set DATABASE_URL to a PostgreSQL server.',
  );
}

function addressOf(folder: string): string {
  const digest = createHash('sha256').update(fs.realpathSync(folder)).digest('hex').slice(0, 32);
  const name = `comadre-db-${digest}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return path.join(os.tmpdir(), `${name}.sock`);
}

async function listen(address: string): Promise<net.Server | 'taken'> {
  const server = net.createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve('taken');
      else reject(error);
    });
    server.listen({ path: address, exclusive: true }, () => {
      server.unref(); // the lock alone must not keep a finished process alive
      resolve(server);
    });
  });
}

async function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

async function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      const gone = 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOENT');
      resolve(!gone);
    });
  });
}
