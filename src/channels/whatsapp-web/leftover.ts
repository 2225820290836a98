import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Chromium's own marks that a profile is in use; the first is a link to "<host>-<pid>". */
const LOCKS = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];
/** The worker's module, as it stands in a command line. */
const WORKER = /whatsapp-web[\\/]worker\.[jt]s/u;

/** Where the library keeps the link with the telephone: a Chromium profile (its LocalAuth, version 1.34.7). */
export const profileIn = (folder: string): string => path.join(folder, 'session');

/**
 * Whether a Chromium with this folder's profile runs under a living worker: another Comadre has the folder. Where there is
 * no /proc nobody can tell, and it is taken for free.
 */
export function isHeldByAnother(folder: string): boolean {
  return browsersOn(folder).some((pid) => WORKER.test(commandOf(parentOf(pid)).join(' ')));
}

/**
 * Ends what Chromium is left on this folder's profile, and takes its marks away: a worker that was killed leaves its
 * browser running, and a container has another host name at each start. Only browsers with this very profile are ended.
 */
export function endLeftover(folder: string): void {
  for (const pid of browsersOn(folder)) kill(pid);
  for (const lock of LOCKS) rmSync(path.join(profileIn(folder), lock), { force: true });
}

/** The browsers with this profile, each the leader of a group with all that belongs to it. */
function browsersOn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const option = `--user-data-dir=${profileIn(folder)}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => isBrowser(commandOf(pid), option));
}

/** Its parts have the option too, and a `--type`; they end with it. */
const isBrowser = (command: readonly string[], option: string): boolean =>
  command.includes(option) && !command.some((word) => word.startsWith('--type='));

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s*(\d+)$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function kill(pid: number): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
      return;
    } catch {
      // No group of its own, or it has ended.
    }
  }
}
