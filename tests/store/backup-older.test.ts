// Books of before a generation of the key was retired come back with the newest keys.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { idMaker } from '../../src/app/new-id.ts';
import { takeBackup } from '../../src/store/backup.ts';
import { BackupRefused } from '../../src/store/backup-format.ts';
import type { Database } from '../../src/store/database.ts';
import { beginGeneration, checkKey, endGeneration } from '../../src/store/key-check.ts';
import { placeRoots, readRoots } from '../../src/store/key-copies.ts';
import { addGeneration, generationsHere, openKeyFile, removeGeneration } from '../../src/store/key-file.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { countSealed } from '../../src/store/root-sealed.ts';
import { rotate } from '../../src/store/rotate-keys.ts';
import { createSecrets, type Secrets } from '../../src/store/secrets.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { curriculum } from '../support/curriculum.ts';
import { emptyDatabase } from '../support/database.ts';
import { fakeChannel } from '../support/fake-channel.ts';
import { JACARANDAS, locales, openScene, type Scene } from '../support/scene.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../prisma/migrations');

let folder: string;
let identity: string;
let scene: Scene;
const open: Database[] = [];
const place = (name: string): string => path.join(folder, name);
const files = (books: string, keys = books) => ({
  file: place(`${books}.age`),
  keysFile: place(`${keys}.keys.age`),
});
const backUp = async (database: Database, name: string, of: { keyFile: string; at: string }) =>
  takeBackup(database, {
    ...files(name),
    recipients: [await identityToRecipient(identity)],
    roots: readRoots(of.keyFile),
    at: of.at,
  });
const broughtBack = async (books: string, keys: string, keyFile: string) => {
  const database = await emptyDatabase();
  open.push(database);
  const report = await restoreBackup(database, {
    ...files(books, keys),
    identity,
    migrations: MIGRATIONS,
    placeRoots: (roots) => placeRoots(keyFile, roots),
  });
  return { database, report };
};

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-backup-'));
  identity = await generateIdentity();
  scene = await openScene();
  const { database, store } = scene.world;
  fs.writeFileSync(place('data.key'), scene.world.root, { mode: 0o600 });
  await checkKey(database.pool, store.secrets, place('data.key'));
  await scene.say('Rosa', 'Ana 100, Consuelo 50');
  await scene.say('Rosa', 'sí');
  // Decided while nobody sends: what is said of it waits in the outbox.
  await scene.app.stop();
  await scene.post('Rosa', { type: 'text', text: 'Ana 200' }, { by: { app: scene.mute } });
  await scene.post('Rosa', { type: 'text', text: 'sí' }, { by: { app: scene.mute } });
  await backUp(database, 'early', { keyFile: place('data.key'), at: '2026-11-25T08:00:00.000Z' });
});
afterAll(async () => {
  for (const database of open) await database.close();
  await scene.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A machine on which the first generation was retired, and a backup of it. */
const retired = async (name: string, from: string): Promise<void> => {
  const keyFile = place(`${name}/data.key`);
  const { database } = await broughtBack(from, from, keyFile);
  addGeneration(keyFile, 2);
  const secrets = createSecrets(openKeyFile(keyFile));
  await beginGeneration(database.pool, secrets, 2);
  await rotate({ pool: database.pool, secrets, page: 100, onPage: () => undefined });
  await endGeneration(database.pool, secrets, 1);
  removeGeneration(keyFile, 1);
  await backUp(database, name, { keyFile, at: '2027-02-25T08:00:00.000Z' });
};

const answerTo = async (database: Database, secrets: Secrets, name: string): Promise<string[]> => {
  const { world } = scene;
  const channel = fakeChannel('simulator');
  const app = createApp({
    store: { ...world.store, pool: database.pool, secrets },
    locales,
    curriculum,
    channels: [channel],
    now: () => world.now,
    newId: idMaker(),
    listen: database.listen,
  });
  await app.start();
  await app.receive({
    channel: 'simulator',
    messageId: 'after',
    address: world.person(name).id,
    receivedAt: world.now.toString(),
    body: { type: 'text', text: 'saldo' },
  });
  await app.settle();
  await app.stop();
  return channel.to(world.person(name).id).map(({ text }) => text);
};

test('but for what was on its way: names open, the books are right, she is answered', async () => {
  await retired('later', 'early');
  const keyFile = place('back/data.key');
  const { database, report } = await broughtBack('early', 'later', keyFile);
  expect(report.letGo).toBeGreaterThan(3);
  expect(generationsHere(keyFile)).toEqual([2]);
  const secrets = createSecrets(openKeyFile(keyFile));
  await checkKey(database.pool, secrets, keyFile);
  expect(new Set((await countSealed(database.pool)).map(({ generation }) => generation))).toEqual(
    new Set([2]),
  );
  expect((await verifyBooks(database)).faults).toEqual([]);
  // The receipt that waited is skipped, and says why; her savings are all there.
  expect(await answerTo(database, secrets, 'Ana')).toEqual([expect.stringContaining('$500.00')]);
  const { rows } = await database.pool.query(`select state, reason from outbox where reason = 'erased'`);
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
    new Set(['{"state":"skipped","reason":"erased"}']),
  );
});

test('with keys of another database they do not, also where that one has retired a generation', async () => {
  const other = await openScene({ header: JACARANDAS });
  try {
    fs.mkdirSync(place('other'));
    fs.writeFileSync(place('other/data.key'), other.world.root, { mode: 0o600 });
    await checkKey(other.world.database.pool, other.world.store.secrets, place('other/data.key'));
    const of = { keyFile: place('other/data.key'), at: '2026-12-25T08:00:00.000Z' };
    await backUp(other.world.database, 'other', of);
  } finally {
    await other.close();
  }
  await retired('other-later', 'other');
  for (const keys of ['other', 'other-later']) {
    const attempt = broughtBack('early', keys, place('never/data.key'));
    await expect(attempt).rejects.toBeInstanceOf(BackupRefused);
    await expect(attempt).rejects.toThrow('The keys are of another database');
    expect(fs.existsSync(place('never'))).toBe(false);
  }
});
