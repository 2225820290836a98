import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DatabaseUnsafe,
  dumpDatabase,
  durableParams,
  openEmbedded,
  openMemory,
} from '../../src/store/embedded.ts';
import { DatabaseInUse } from '../../src/store/folder-lock.ts';

const OTHER_PROGRAM = path.resolve(import.meta.dirname, '../support/open-database-process.ts');

let root: string;
let folder: string;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-embedded-'));
  folder = path.join(root, 'data');
  const first = await openEmbedded(folder);
  await first.db.exec('create table note (body text not null)');
  await first.close();
});

afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

async function heard(program: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    program.once('message', (message) => resolve(typeof message === 'string' ? message : 'no text'));
  });
}

function startOther(): ChildProcess {
  return fork(OTHER_PROGRAM, [folder], { execArgv: ['--import', 'tsx'] });
}

describe('durability', () => {
  test('every commit is one fsync', async () => {
    const { db, disk, close } = await openEmbedded(folder);
    const before = disk.syncs;
    for (let i = 0; i < 20; i++) await db.query('insert into note values ($1)', [`commit ${i}`]);
    expect(disk.syncs - before).toBe(20);
    await close();
  });

  test('a database whose commits would not reach the disk refuses to start, and frees its folder', async () => {
    const withStub = durableParams.map((param) =>
      param === 'wal_sync_method=fsync' ? 'wal_sync_method=fdatasync' : param,
    );
    await expect(openEmbedded(folder, withStub)).rejects.toThrow(DatabaseUnsafe);
    const { close } = await openEmbedded(folder);
    await close();
  });

  test('a row acknowledged just before kill -9 is there when the folder is opened right after', async () => {
    const other = startOther();
    expect(await heard(other)).toBe('opened');
    other.send(`insert into note values ('acknowledged')`);
    expect(await heard(other)).toBe('committed');
    other.kill('SIGKILL');
    await once(other, 'exit');
    const { db, close } = await openEmbedded(folder);
    const { rows } = await db.query(`select body from note where body = 'acknowledged'`);
    expect(rows).toEqual([{ body: 'acknowledged' }]);
    await close();
  });
});

describe('one opener', () => {
  test('a second program is refused in plain words while the first has the folder', async () => {
    const { close } = await openEmbedded(folder);
    const other = startOther();
    const answer = await heard(other);
    await close();
    expect(answer).toMatch(/^DatabaseInUse: The database in .* is already open in another process/);
    expect(answer).toContain('DATABASE_URL');
  });

  test('a second opening by the same program, and by another name of the folder, is refused too', async () => {
    const { close } = await openEmbedded(folder);
    const alias = path.join(root, 'alias');
    fs.symlinkSync(folder, alias);
    await expect(openEmbedded(folder)).rejects.toThrow(DatabaseInUse);
    await expect(openEmbedded(alias)).rejects.toThrow(DatabaseInUse);
    await close();
  });
});

describe('the folder', () => {
  test.skipIf(process.platform === 'win32')('is closed to other accounts', () => {
    expect(fs.statSync(folder).mode & 0o077).toBe(0);
  });

  test('left over from a first start that was cut off is made anew', async () => {
    const fresh = path.join(root, 'cut-off');
    fs.mkdirSync(path.join(fresh, 'pgdata.new'), { recursive: true });
    fs.writeFileSync(path.join(fresh, 'pgdata.new/PG_VERSION'), '18');
    const { db, close } = await openEmbedded(fresh);
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await close();
    expect(fs.existsSync(path.join(fresh, 'pgdata.new'))).toBe(false);
  });

  test('with files that are no database is refused and left untouched', async () => {
    const strange = path.join(root, 'strange');
    fs.mkdirSync(path.join(strange, 'pgdata'), { recursive: true });
    fs.writeFileSync(path.join(strange, 'pgdata/photo.jpg'), 'x');
    await expect(openEmbedded(strange)).rejects.toThrow(/holds files but no database/);
    expect(fs.readdirSync(path.join(strange, 'pgdata'))).toEqual(['photo.jpg']);
  });
});

test('a database in memory starts from the dump of another, in UTC, and the two are separate', async () => {
  const first = await openMemory();
  await first.exec(`create table note (body text); insert into note values ('one')`);
  const second = await openMemory(await dumpDatabase(first));
  await first.exec(`insert into note values ('two')`);
  expect((await second.query('select body from note')).rows).toEqual([{ body: 'one' }]);
  expect((await second.query('show timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
  await first.close();
  await second.close();
});
