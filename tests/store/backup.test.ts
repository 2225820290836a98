// The drill: a book with all that happens in it is backed up, everything is deleted, and the backup brought back with
// nothing but the two files and the identity. On a server it also moves to the embedded database.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { idMaker } from '../../src/app/new-id.ts';
import { takeBackup } from '../../src/store/backup.ts';
import { BackupRefused } from '../../src/store/backup-format.ts';
import { readTables } from '../../src/store/backup-tables.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { checkKey } from '../../src/store/key-check.ts';
import { placeRoots, readRoots } from '../../src/store/key-copies.ts';
import { openKeyFile } from '../../src/store/key-file.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { curriculum } from '../support/curriculum.ts';
import { emptyDatabase } from '../support/database.ts';
import { fakeChannel } from '../support/fake-channel.ts';
import { needsPostgres } from '../support/requires.ts';
import { locales, openScene, type Scene } from '../support/scene.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../prisma/migrations');

let folder: string;
let scene: Scene;
let identity: string;
let recipient: string;
/** Of the backup that the tests bring back, made once: the books hold payments, a correction, a session and a receipt that waits. */
let heads: unknown;
let contents: Map<string, string>;
const place = (name: string): string => path.join(folder, name);

/** Every row of every table as text, so that two databases can be held side by side. */
const everything = async ({ pool }: Database): Promise<Map<string, string>> => {
  const session = await pool.connect();
  try {
    const found = new Map<string, string>();
    for (const { name } of await readTables(session)) {
      const { rows } = await session.query<{ all: string }>(
        `select coalesce(string_agg(t::text, e'\n' order by t::text collate "C"), '') as all from ${name} t`,
      );
      found.set(name, rows[0]!.all);
    }
    return found;
  } finally {
    session.release();
  }
};

const headsOf = async ({ pool }: Database): Promise<unknown> =>
  (await pool.query(`select id, seq, encode(head, 'hex') as head, frozen_at from savings_group order by id`))
    .rows;

const order = (name: string, identityGiven = identity) => ({
  file: place(`${name}.age`),
  keysFile: place(`${name}.keys.age`),
  identity: identityGiven,
  migrations: MIGRATIONS,
  placeRoots: () => undefined,
});

const backUp = (database: Database, name: string, at = '2026-11-25T08:00:00.000Z') =>
  takeBackup(database, { ...order(name), recipients: [recipient], roots: readRoots(place('data.key')), at });

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-backup-'));
  identity = await generateIdentity();
  recipient = await identityToRecipient(identity);
  scene = await openScene();
  fs.writeFileSync(place('data.key'), scene.world.root, { mode: 0o600 });
  await checkKey(scene.world.database.pool, scene.world.store.secrets, place('data.key'));
  await scene.say('Rosa', 'Ana 100, Consuelo 50');
  await scene.say('Rosa', 'sí');
  await scene.say('Rosa', 'deshacer');
  await scene.say('Rosa', 'sí');
  await scene.say('Petra', 'mi meta es una estufa de 3000');
  // Decided while nobody sends: what is said of it waits in the outbox.
  await scene.app.stop();
  await scene.post('Rosa', { type: 'text', text: 'Ana 200' }, { by: { app: scene.mute } });
  await scene.post('Rosa', { type: 'text', text: 'sí' }, { by: { app: scene.mute } });
  heads = await headsOf(scene.world.database);
  contents = await everything(scene.world.database);
  await backUp(scene.world.database, 'first');
});
afterAll(async () => {
  await scene.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What a new machine does: an empty database, the files of the backup, and the key that comes out of them. */
const drill = async (target: Database): Promise<void> => {
  const keyFile = place(`${randomBytes(4).toString('hex')}/new.key`);
  const report = await restoreBackup(target, {
    ...order('first'),
    placeRoots: (roots) => placeRoots(keyFile, roots),
  });
  expect(report.at).toBe('2026-11-25T08:00:00.000Z');
  expect(await everything(target)).toEqual(contents);
  expect(await headsOf(target)).toEqual(heads);
  const { groups, entries, faults } = await verifyBooks(target);
  expect({ groups, faults }).toEqual({ groups: 1, faults: [] });
  expect(entries).toBeGreaterThanOrEqual(5);
  const secrets = createSecrets(openKeyFile(keyFile));
  await checkKey(target.pool, secrets, keyFile);
  const channel = fakeChannel('simulator');
  const { world } = scene;
  const app = createApp({
    store: { ...world.store, pool: target.pool, secrets },
    locales,
    curriculum,
    channels: [channel],
    now: () => world.now,
    newId: idMaker(),
    listen: target.listen,
  });
  const to = (name: string) => channel.to(world.person(name).id).map(({ text }) => text);
  await app.start();
  await app.settle();
  expect(to('Ana')).toEqual([expect.stringContaining('$200.00')]); // the receipt that waited
  await app.receive({
    channel: 'simulator',
    messageId: 'after',
    address: world.person('Ana').id,
    receivedAt: world.now.toString(),
    body: { type: 'text', text: 'saldo' },
  });
  await app.settle();
  expect(to('Ana').at(-1)).toContain('$400.00');
  await app.stop();
};

describe('a backup brought back', () => {
  let target: Database;
  beforeEach(async () => {
    target = await emptyDatabase();
  });
  afterEach(() => target.close());

  test('S3 is the same to the last row, the books verify, the heads are those from before, the bot answers and sends', async () => {
    await drill(target);
  });

  test('has its guards again: nothing is edited, what belongs together stays together', async () => {
    await restoreBackup(target, order('first'));
    await expect(target.pool.query('update journal_entry set occurred_on = occurred_on - 1')).rejects.toThrow(
      'append-only',
    );
    const guards = async ({ pool }: Database) =>
      (
        await pool.query<{ guard: string }>(
          `select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) as guard from pg_constraint where connamespace = 'public'::regnamespace
           union all select tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by 1`,
        )
      ).rows;
    expect(await guards(target)).toEqual(await guards(scene.world.database));
  });

  test.each<[string, (files: ReturnType<typeof order>) => void | Promise<void>, RegExp]>([
    [
      'is cut short',
      ({ file }) => fs.truncateSync(file, fs.statSync(file).size - 20),
      /is not whole, or was altered/,
    ],
    ['lost its last byte', ({ file }) => fs.truncateSync(file, fs.statSync(file).size - 1), /not whole/],
    ['has one bit changed in the middle', ({ file }) => flip(file, 0.5), /not whole, or was altered/],
    ['has one bit changed in the keys', ({ keysFile }) => flip(keysFile, 0.9), /not whole, or was altered/],
    ['has its beginning changed', ({ file }) => flip(file, 0.0005), /is not a backup, or its beginning/],
    ['is no backup at all', ({ file }) => fs.writeFileSync(file, 'hola\n'), /is not a backup/],
    ['is not there', ({ file }) => fs.rmSync(file), /There is no file/],
    ['has lost its keys', ({ keysFile }) => fs.rmSync(keysFile), /There is no file/],
    [
      'has its two files changed for each other',
      ({ file, keysFile }) => {
        fs.copyFileSync(place('first.age'), keysFile);
        fs.copyFileSync(place('first.keys.age'), file);
      },
      /holds the books, not the keys/,
    ],
  ])('that %s is refused, and nothing of it stays', async (_, harm, sentence) => {
    const files = order('harmed');
    fs.copyFileSync(place('first.age'), files.file);
    fs.copyFileSync(place('first.keys.age'), files.keysFile);
    await harm(files);
    await refused(target, files, sentence);
  });

  test('of a newer program, of another one, with a row too few or with other columns is refused', async () => {
    type Line = Record<string, unknown>;
    const cases: [(lines: string[], head: Line) => string[], RegExp][] = [
      [(lines, head) => [JSON.stringify({ ...head, format: 2 }), ...lines], /newer version of the program/],
      [
        (lines, head) => [
          JSON.stringify({
            ...head,
            migrations: [...(head['migrations'] as object[]), { name: '2027_later', checksum: '0' }],
          }),
          ...lines,
        ],
        /made by another version of the program, which has the migration 2027_later/,
      ],
      [
        (lines, head) => [
          JSON.stringify(head),
          ...lines.filter((line, at) => !(line.startsWith('[') && at > 20 && at < 22)),
        ],
        /does not hold the rows that it says/,
      ],
      [(lines, head) => [JSON.stringify(head), ...lines.slice(0, -1)], /does not hold the rows that it says/],
      [
        (lines, head) => [
          JSON.stringify(head).replace('"name":"journal_entry"', '"name":"journal"'),
          ...lines,
        ],
        /The table journal_entry of the backup is not what/,
      ],
    ];
    for (const [change, sentence] of cases) {
      const files = order('made');
      const [head = '', ...lines] = (await opened(place('first.age'))).trimEnd().split('\n');
      await sealed(files.file, change(lines, JSON.parse(head) as Line).join('\n'));
      fs.copyFileSync(place('first.keys.age'), files.keysFile);
      await refused(target, files, sentence);
    }
  });

  test('is refused to another identity, and to what is none', async () => {
    await refused(target, order('first', await generateIdentity()), /This identity does not open/);
    await refused(target, order('first', 'AGE-SECRET-KEY-1NONSENSE'), /The identity is none of age’s/);
  });

  test('is refused by a database that is not empty, and that one stays as it was', async () => {
    await target.pool.query('create table something (id int)');
    await expect(restoreBackup(target, order('first'))).rejects.toThrow(
      /is not empty: it has the table something/,
    );
    expect(await tablesOf(target)).toEqual(['something']);
  });

  test('is refused where the key of something else lies, and that one stays as it was', async () => {
    const other = place('other.key');
    fs.writeFileSync(other, Buffer.alloc(32, 9));
    await expect(
      restoreBackup(target, { ...order('first'), placeRoots: (roots) => placeRoots(other, roots) }),
    ).rejects.toThrow(/is the key of something else/);
    expect(fs.readFileSync(other)).toEqual(Buffer.alloc(32, 9));
    expect(await tablesOf(target)).toEqual([]);
  });

  test('with newer keys leaves whoever was forgotten since unreadable, and with older ones is refused', async () => {
    const { database, store } = scene.world;
    const ana = scene.world.person('Ana').id;
    await backUp(database, 'before', '2026-11-25T09:00:00.000Z');
    const { rows } = await database.pool.query<{ wrapped: Buffer }>(
      'select wrapped from data_key where id = $1',
      [ana],
    );
    await database.pool.query('update data_key set wrapped = null, shredded_at = now() where id = $1', [ana]);
    await backUp(database, 'after', '2026-12-25T09:00:00.000Z');
    await database.pool.query('update data_key set wrapped = $2, shredded_at = null where id = $1', [
      ana,
      rows[0]!.wrapped,
    ]);
    await refused(target, { ...order('after'), keysFile: order('before').keysFile }, /older than the books/);
    await restoreBackup(target, { ...order('before'), keysFile: order('after').keysFile });
    const names = await target.pool.query<{ id: string; name: Buffer; wrapped: Buffer | null }>(
      'select m.id, m.name, k.wrapped from member m left join data_key k on k.id = m.id',
    );
    const readable = names.rows.filter(({ wrapped }) => wrapped !== null);
    expect(names.rows.filter(({ wrapped }) => wrapped === null).map(({ id }) => id)).toEqual([ana]);
    for (const { id, name, wrapped } of readable)
      expect(
        store.secrets.open(
          store.secrets.unwrap(wrapped!),
          { table: 'member', column: 'name', rowId: id },
          name,
        ),
      ).toBe(scene.world.people.find((person) => person.id === id)?.name);
    expect((await verifyBooks(target)).faults).toEqual([]);
  });
});

const flip = (file: string, where: number): void => {
  const bytes = fs.readFileSync(file);
  const at = Math.max(24, Math.floor(bytes.length * where));
  bytes[at] = bytes[at]! ^ 1;
  fs.writeFileSync(file, bytes);
};

const tablesOf = async ({ pool }: Database): Promise<string[]> =>
  (
    await pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
  ).rows.map(({ name }) => name);

const refused = async (target: Database, files: ReturnType<typeof order>, sentence: RegExp) => {
  const attempt = restoreBackup(target, files);
  await expect(attempt).rejects.toBeInstanceOf(BackupRefused);
  await expect(attempt).rejects.toThrow(sentence);
  expect(await tablesOf(target)).toEqual([]);
};

/** What is in a sealed file, by the library alone. */
const opened = async (file: string): Promise<string> => {
  const opener = new Decrypter();
  opener.addIdentity(identity);
  return gunzipSync(await opener.decrypt(fs.readFileSync(file))).toString();
};

const sealed = async (file: string, text: string): Promise<void> => {
  const { sealerTo, writeSealed } = await import('../../src/store/age-file.ts');
  fs.rmSync(file, { force: true });
  async function* lines() {
    yield `${text}\n`;
  }
  await writeSealed(file, sealerTo([recipient]), lines());
};

describe('taking a backup', () => {
  test('overwrites nothing, and leaves no half of it', async () => {
    const { database } = scene.world;
    await expect(backUp(database, 'first')).rejects.toThrow(/is there already/);
    fs.writeFileSync(place('half.keys.age'), 'mine');
    await expect(backUp(database, 'half')).rejects.toThrow(/half.keys.age is there already/);
    expect(fs.existsSync(place('half.age'))).toBe(false);
    expect(fs.readFileSync(place('half.keys.age'), 'utf8')).toBe('mine');
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('refuses to seal to nobody, or to what is no public key', async () => {
    const of = { ...order('none'), roots: readRoots(place('data.key')), at: '2026-11-25T08:00:00.000Z' };
    await expect(takeBackup(scene.world.database, { ...of, recipients: [] })).rejects.toThrow(/To whom/);
    await expect(takeBackup(scene.world.database, { ...of, recipients: [identity] })).rejects.toThrow(
      /is not a public key/,
    );
    expect(fs.existsSync(place('none.age'))).toBe(false);
  });

  test('forgets nothing that only a sequence or a generated column would hold: there are none', async () => {
    const { rows } = await scene.world.database.pool.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i')
       union all select attname from pg_attribute a join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and (attgenerated <> '' or attidentity <> '')`,
    );
    expect(rows).toEqual([]);
  });
});

needsPostgres('a backup of a server', () => {
  test('S3 is brought back on the embedded database', async () => {
    const target = await openDatabase({ folder: place('embedded') });
    try {
      await drill(target);
    } finally {
      await target.close();
    }
  });
});
