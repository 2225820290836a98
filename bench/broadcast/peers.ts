// Other bot libraries at the same work. They are installed beside the bench, and nothing of the program needs them.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { undoing } from '../undoing.ts';
import { type Crowd, type Stage, startStage, TEXT, TOKEN } from './api.ts';

const FOLDER = path.resolve(import.meta.dirname, '../peers');

export type Peer = {
  /** As it is in the table: what it is, and how it is set up. */
  readonly label: string;
  readonly program: readonly string[];
};

/** None of them keeps a list of whom is still to be written to: what they keep is in memory. */
export const PEERS: readonly Peer[] = [
  { label: 'grammY 1.46.0, a loop', program: ['grammy.mjs'] },
  { label: 'grammY 1.46.0 with auto-retry 2.0.2', program: ['grammy.mjs', 'auto-retry'] },
  { label: 'telegraf 4.16.3, a loop', program: ['telegraf.mjs'] },
  { label: 'BuilderBot 1.3.13, a loop', program: ['builderbot.mjs'] },
];

/** The one of them that sends to everybody: the others are through before anything can happen to them. */
export const STEADY_PEER = PEERS.find(({ program }) => program.includes('auto-retry'));

/** Installs them as the lock says, if they are not; what is wrong when that does not work. */
export const installPeers = (): string | undefined => {
  if (existsSync(path.join(FOLDER, 'node_modules/.package-lock.json'))) return undefined;
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (npm.status === 0) return undefined;
  return npm.error?.message ?? npm.stderr.trim().split('\n').at(-1) ?? 'npm ci failed';
};

export type RunningPeer = {
  readonly stage: Stage;
  /** Has it send; resolves when its loop is at its end. */
  readonly send: () => Promise<void>;
  /** SIGKILL, and a new process that is ready. It is told nothing: who would know where it was? */
  readonly killAndRestart: () => Promise<void>;
};

/** Runs one at a stage of its own. */
export const withPeer = async <Value>(
  { peer, crowd }: { readonly peer: Peer; readonly crowd: Crowd },
  work: (running: RunningPeer) => Promise<Value>,
): Promise<Value> => {
  const stage = await startStage(crowd);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comadre-bench-'));
  const contacts = path.join(folder, 'contacts.json');
  writeFileSync(contacts, JSON.stringify(stage.contacts));
  let child = startPeer(peer, stage, contacts);
  const end = async (): Promise<void> => {
    child.kill();
    await stage.api.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return undoing(end, async () => {
    await child.says('ready');
    return work({
      stage,
      send: () => child.send(),
      killAndRestart: async () => {
        child.kill();
        child = startPeer(peer, stage, contacts);
        await child.says('ready');
      },
    });
  });
};

const startPeer = (peer: Peer, { api }: Stage, contacts: string) => {
  const child = spawn(process.execPath, [...peer.program], {
    cwd: FOLDER,
    env: {
      PATH: process.env['PATH'],
      PEER_API_ROOT: api.url,
      PEER_TOKEN: TOKEN,
      PEER_TEXT: TEXT,
      PEER_CONTACTS: contacts,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const says = async (word: string): Promise<void> => {
    while (!said.includes(`${word}\n`)) {
      if (child.exitCode !== null) throw new Error(`${peer.label} ended: ${said.slice(-200)}`);
      await Promise.race([
        once(child, 'exit'),
        once(child.stdout, 'data', { signal: AbortSignal.timeout(600_000) }),
      ]);
    }
  };
  return {
    says,
    send: async (): Promise<void> => {
      child.stdin.write('send\n');
      await says('done');
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
