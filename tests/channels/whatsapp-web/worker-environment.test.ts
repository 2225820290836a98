// The process that runs a stranger's library and a browser gets nothing by which it could reach the database, read a name, or speak
// as the bot: neither in its environment nor among its arguments. Looked at in the running process itself.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type RunningWorker, startWorker } from '../../../src/channels/whatsapp-web/running-worker.ts';
import { SETTINGS } from '../../../src/config.ts';
import { until } from '../contract/rig.ts';

const SECRET = 'an-invented-secret-7f3a';
/** By these Node itself speaks with a child. */
const OF_NODE = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];
const NEEDED_BY_CHROMIUM = new Set(
  'PATH HOME LANG LC_ALL TZ TMPDIR TMP TEMP XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME'.split(' '),
);

const before = { ...process.env };
let worker: RunningWorker | undefined;
const folder = mkdtempSync(path.join(tmpdir(), 'comadre-worker-'));

afterEach(async () => {
  worker?.kill();
  await worker?.ended;
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

/** Processes that this one started, by what Linux tells of each: its parent is the second word behind its name. */
const children = (): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/u.test(pid)) return false;
    const stat = readIfThere(`/proc/${pid}/stat`);
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === process.pid;
  });

/** A process may end while it is looked at. */
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const argumentsOf = (pid: string): string => readIfThere(`/proc/${pid}/cmdline`);

test.runIf(process.platform === 'linux')(
  'it has no address of the database, no key and no token',
  async () => {
    const ours = [
      ...Object.values(SETTINGS).map(({ env }) => env),
      'PGPASSWORD',
      'PGHOST',
      'AWS_SECRET_ACCESS_KEY',
      'NODE_OPTIONS',
    ];
    for (const name of ours) process.env[name] = name === 'NODE_OPTIONS' ? '--no-warnings' : SECRET;
    expect(ours).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'TELEGRAM_BOT_TOKEN', 'WHATSAPP_CLOUD_TOKEN']),
    );

    worker = startWorker(folder, () => undefined);
    const workers = (): string[] =>
      children().filter((pid) => /whatsapp-web.worker\.[tj]s/u.test(argumentsOf(pid)));
    await until('the worker runs', () => workers().length === 1);
    const [pid = ''] = workers();
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    const names = environment
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice(0, line.indexOf('=')));

    expect(names).toContain('PATH');
    expect(names.filter((name) => !NEEDED_BY_CHROMIUM.has(name) && !OF_NODE.includes(name))).toEqual([]);
    expect(`${environment} ${argumentsOf(pid)}`).not.toContain(SECRET);
  },
);
