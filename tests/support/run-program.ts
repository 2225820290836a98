// The program as operators run it: its own process, its own folder, an environment with nothing else in it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildProgram } from './kill/program.ts';

/** No command of a test takes as long, even on a busy machine: then it hangs. */
const COMMAND_MS_MAX = 120_000;

type Settings = Readonly<Record<string, string>>;

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export type Running = {
  readonly url: string;
  /** What it has printed so far. */
  readonly screen: string;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Ended & { readonly tookMs: number }>;
  /** As a power cut would. */
  kill(): Promise<void>;
};

/** Ended with the tests whatever becomes of them: a failed test must not leave a program behind. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const program of living) program.kill('SIGKILL');
});

/** Built once for all of a file's commands: compiling at each start takes longer than what it does. */
let isBuilt = false;

const spawned = (module: string, given: readonly string[], at: { folder: string; settings: Settings }) => {
  if (!isBuilt) buildProgram();
  isBuilt = true;
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const program = spawn(
    process.execPath,
    [fileURLToPath(new URL(`../../dist/${module}`, import.meta.url)), ...given],
    { cwd: at.folder, env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...at.settings } },
  );
  const said = { out: '', err: '' };
  program.stdout.on('data', (bytes: Buffer) => (said.out += bytes.toString()));
  program.stderr.on('data', (bytes: Buffer) => (said.err += bytes.toString()));
  return { program, said, end: endOf(program, said) };
};

const endOf = async (program: ChildProcess, said: { out: string; err: string }): Promise<Ended> => {
  living.add(program);
  const [code] = (await once(program, 'close')) as [number | null];
  living.delete(program);
  return { code, ...said };
};

/**
 * `comadre …` in `folder`, where its `.env` would be.
 *
 * @param input lines for its standard input, which then ends
 */
export const comadre = async (
  folder: string,
  given: readonly string[],
  { settings = {}, input = '' }: { readonly settings?: Settings; readonly input?: string } = {},
): Promise<Ended> => {
  const { program, end } = spawned('cli.js', given, { folder, settings });
  program.stdin.end(input);
  const tooLong = setTimeout(() => program.kill('SIGKILL'), COMMAND_MS_MAX);
  try {
    return await end;
  } finally {
    clearTimeout(tooLong);
  }
};

/** `npm start` in `folder`, until it has printed its screen; or how it ended instead. */
export const startProgram = async (folder: string, settings: Settings = {}): Promise<Running | Ended> => {
  const { program, said, end } = spawned('main.js', [], { folder, settings });
  program.stdin.end();
  const ready = new Promise<'ready'>((resolve) => {
    program.stdout.on('data', () => said.out.includes('Ctrl+C') && resolve('ready'));
  });
  const first = await Promise.race([ready, end]);
  if (first !== 'ready') return first;
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0] ?? '',
    screen: said.out,
    stop: async () => {
      const begun = performance.now();
      program.kill('SIGTERM');
      return { ...(await end), tookMs: performance.now() - begun };
    },
    kill: async () => {
      program.kill('SIGKILL');
      await end;
    },
  };
};

/** The program that must have started, else the test says why it did not. */
export const started = async (folder: string, settings: Settings = {}): Promise<Running> => {
  const program = await startProgram(folder, { PORT: '0', ...settings });
  if ('stop' in program) return program;
  throw new Error(`it did not start: exit ${program.code}\n${program.err}`);
};
