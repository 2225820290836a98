import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endLeftover } from './leftover.ts';
import { type Note, note, type Order } from './protocol.ts';

/** All that Chromium needs of our environment: no database, no key, no token. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'SYSTEMROOT',
  'USERPROFILE',
  'LOCALAPPDATA',
  'APPDATA',
  'PROGRAMFILES',
];
/** As this module: compiled, or TypeScript under tsx. */
const IS_SOURCE = import.meta.url.endsWith('.ts');
const WORKER = fileURLToPath(new URL(IS_SOURCE ? './worker.ts' : './worker.js', import.meta.url));

/** The process beside us, as long as it lives. */
export type RunningWorker = {
  tell(order: Order): void;
  /** Resolves once it has ended, with its browser. */
  readonly ended: Promise<void>;
  /** At once, and all that belongs to it. */
  kill(): void;
};

/** @param folder where the link with the telephone is kept; what is left of a browser on it is ended with the worker */
export function startWorker(folder: string, hear: (note: Note | undefined) => void): RunningWorker {
  const worker = fork(WORKER, [], {
    env: Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    execArgv: IS_SOURCE ? ['--import', import.meta.resolve('tsx')] : [],
    serialization: 'advanced', // bytes as they are
    // What the library and Chromium print may hold numbers of people.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true, // Ctrl+C reaches us alone, and we end it in order
  });
  const kill = (): void => {
    worker.kill('SIGKILL');
    endLeftover(folder);
  };
  process.once('exit', kill);
  worker.on('message', (received: unknown) => hear(note.safeParse(received).data));
  worker.on('error', () => undefined); // then it ends, or it never began
  return {
    kill,
    tell: (order) => {
      if (worker.connected) worker.send(order, () => undefined);
    },
    ended: endOf(worker).then(() => {
      process.removeListener('exit', kill);
      endLeftover(folder);
    }),
  };
}

const endOf = (worker: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => worker.pid === undefined && resolve());
  });
