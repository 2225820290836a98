// Backups as an operator takes them: on an invented programme, with words in it that must be readable nowhere.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readTables } from '../../src/store/backup-tables.ts';
import { openDatabase } from '../../src/store/database.ts';
import { comadre } from '../support/run-program.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const FIXTURE = path.resolve(import.meta.dirname, '../fixtures/programme/orilla.json');

let folder: string;
let codes: string[];
let recipient: string;
let heads: unknown;
const place = (name: string): string => path.join(folder, name);
const run = (given: readonly string[], input = '', settings = {}) =>
  comadre(folder, given, { settings: { SIMULATOR: 'on', ...settings }, input });

/** Written by people, or given to them, and nobody else's to read. */
const CANARIES = [
  'Zenobia Canario',
  'Hortensia Cerrojo',
  '7005550142',
  '526645550143',
  'Cafetería Canaria',
  'xilófono azul 4821',
];

/** The programme of the fixture, with names and places that stand nowhere else. */
const withCanaries = (): string => {
  const text = fs
    .readFileSync(FIXTURE, 'utf8')
    .replace('Elsa Prado', CANARIES[0]!)
    .replace('Fabiola Soto', CANARIES[1]!)
    .replaceAll('"700001"', `"${CANARIES[2]}"`)
    .replace('+52 664 000 0001', `+${CANARIES[3]}`)
    .replace('Salón #2', CANARIES[4]!);
  for (const canary of CANARIES.slice(0, 5)) expect(text).toContain(canary);
  return text;
};

const checksumOf = (migration: string): string =>
  createHash('sha256')
    .update(
      fs.readFileSync(
        path.resolve(import.meta.dirname, '../../prisma/migrations', migration, 'migration.sql'),
      ),
    )
    .digest('hex');

const headsIn = async (data: string): Promise<unknown> => {
  const database = await openDatabase({ folder: place(data) });
  try {
    return (await database.pool.query(`select id, seq, encode(head, 'hex') from savings_group order by id`))
      .rows;
  } finally {
    await database.close();
  }
};

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-backup-'));
  fs.writeFileSync(place('programme.json'), withCanaries());
  // A file that is there already is not lost, and then nothing is imported.
  fs.writeFileSync(place('codes.txt'), 'mine');
  const taken = await run(['import', 'programme.json', '--codes-to', 'codes.txt']);
  expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('is there already')]);
  const imported = await run(['import', 'programme.json', '--codes-to', 'new-codes.txt']);
  expect(imported.code).toBe(0);
  expect(fs.statSync(place('new-codes.txt')).mode & 0o777).toBe(0o600);
  codes = [...fs.readFileSync(place('new-codes.txt'), 'utf8').matchAll(/: (\w{10})$/gmu)].map(
    ([, code]) => code ?? '',
  );
  for (const code of codes) expect(imported.out).not.toContain(code);
  expect(codes.length).toBeGreaterThan(2);
  const said = await run(
    ['chat', '--as', 'Zenobia'],
    `mi meta es ${CANARIES[5]} de 900\nsí\n${CANARIES[5]}\nsaldo\n`,
  );
  expect([said.code, said.out]).toEqual([0, expect.stringContaining('$320.00')]);
  heads = await headsIn('data');
  const pair = await run(['keys', 'new-backup-pair', '--to', 'identity.txt']);
  recipient = pair.out.trim().split('\n').at(-1) ?? '';
  expect([pair.code, recipient]).toEqual([0, expect.stringMatching(/^age1[0-9a-z]{58}$/)]);
  expect(fs.statSync(place('identity.txt')).mode & 0o777).toBe(0o600);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('a backup', () => {
  test('says how many rows each table has, and no name', async () => {
    fs.writeFileSync(place('recipients.txt'), `# the organisation's safe\n${recipient}\n`);
    const { code, out, err } = await run([
      'backup',
      '--to',
      'one.age',
      '--recipients-file',
      'recipients.txt',
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ +7 {2}member$/m);
    expect(out).toContain('Written: one.age and one.keys.age');
    for (const canary of CANARIES) expect(out).not.toContain(canary);
    // Everybody's names are in it: who did what has a row of it, which the copy has too.
    expect((await run(['audit'])).out).toMatch(/operator {2}backup-begun$/m);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('one.'))).toEqual([
      'one.age',
      'one.age.counts.json',
      'one.keys.age',
    ]);
    expect((await run(['backup', '--to', 'one.age', '--recipient', recipient])).err).toContain('already');
  });

  test('changes nothing of a database that an older program left', async () => {
    const applied = async (sql: string) => {
      const database = await openDatabase({ folder: place('data') });
      const { rows } = await database.pool.query<{ name: string }>(sql);
      await database.close();
      return rows.map(({ name }) => name);
    };
    // As a program that did not have the newest migration yet.
    const [newest] = await applied(
      `delete from _prisma_migrations where migration_name = (select max(migration_name) from _prisma_migrations) returning migration_name as name`,
    );
    const { code, err } = await run(['backup', '--to', 'older.age', '--recipient', recipient]);
    expect([code, err]).toEqual([0, '']);
    fs.rmSync(place('older.age.counts.json'));
    const left = await applied('select migration_name as name from _prisma_migrations');
    expect(left).not.toContain(newest);
    await applied(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name)
       values ('again', '${checksumOf(newest ?? '')}', now(), '${newest}') returning migration_name as name`,
    );
  });

  test('of a database with nothing in it is refused, and no key is made', async () => {
    const settings = { COMADRE_DATA_DIR: place('none'), COMADRE_KEY_FILE: place('none.key') };
    const { code, err } = await run(['backup', '--to', 'none.age', '--recipient', recipient], '', settings);
    expect([code, err]).toEqual([2, expect.stringContaining('There is nothing in this database')]);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('none.'))).toEqual([]);
  });

  test('of a database that lost half of its rows raises an alarm, again and again until it is looked at', async () => {
    const counts = JSON.parse(fs.readFileSync(place('one.age.counts.json'), 'utf8')) as {
      rows: Record<string, number>;
    };
    const before = fs.readFileSync(place('one.age.counts.json'));
    const more = {
      ...counts,
      rows: {
        ...counts.rows,
        member: counts.rows['member']! * 2 + 1,
        gone: 50,
        few: 9,
        pin_link: 40,
        outbox: 9_000,
      },
    };
    fs.writeFileSync(place('one.age.counts.json'), JSON.stringify(more));
    for (const name of ['two', 'three']) {
      const { code, err } = await run(['backup', '--to', `${name}.age`, '--recipient', recipient]);
      expect(code).toBe(1);
      expect(err).toContain('ALARM: member has 7 rows; the backup before this one had 15.');
      expect(err).toContain('ALARM: gone has 0 rows');
      // Too few to tell; and what the program itself takes away.
      expect(err).not.toMatch(/few has|pin_link|outbox/);
      expect(fs.existsSync(place(`${name}.age`))).toBe(true);
    }
    const known = await run(['backup', '--to', 'known.age', '--recipient', recipient, '--accept']);
    expect([known.code, known.err]).toEqual([0, '']);
    fs.writeFileSync(place('one.age.counts.json'), before);
    expect((await run(['backup', '--to', 'four.age', '--recipient', recipient])).code).toBe(0);
  });
});

describe('words that are nobody else’s', () => {
  const found = (bytes: Buffer | string): string[] =>
    [...CANARIES, ...codes].filter((canary) =>
      typeof bytes === 'string' ? bytes.includes(canary) : bytes.includes(Buffer.from(canary)),
    );
  const filesOf = (data: string): string[] =>
    fs
      .readdirSync(place(data), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));

  test('are in no file of a backup', () => {
    for (const name of ['one.age', 'one.keys.age', 'one.age.counts.json'])
      expect({ name, found: found(fs.readFileSync(place(name))) }).toEqual({ name, found: [] });
  });

  test('are in no row of any table, and in no file of the database, but for one that was put there to be found', async () => {
    const database = await openDatabase({ folder: place('data') });
    const text: string[] = [];
    try {
      for (const { name } of await readTables(await database.pool.connect().then((s) => (s.release(), s)))) {
        const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from ${name} t`);
        text.push(...rows.map(({ row }) => row));
      }
      expect(text.length).toBeGreaterThan(100);
      expect(found(text.join('\n'))).toEqual([]);
      await database.pool.query(`insert into setting (name, value) values ('planted', $1)`, [CANARIES[0]]);
      const { rows } = await database.pool.query<{ row: string }>('select t::text as row from setting t');
      expect(found(rows.map(({ row }) => row).join('\n'))).toEqual([CANARIES[0]]);
    } finally {
      await database.close();
    }
    // The write-ahead log among them.
    const all = filesOf('data').flatMap((file) => found(fs.readFileSync(file)));
    expect([...new Set(all)]).toEqual([CANARIES[0]]);
    console.log(
      `canaries: ${CANARIES.length + codes.length} in backup, dump and folder: 0 hits, the planted one found`,
    );
  });
});

describe('after everything is gone', () => {
  test('the backup is brought back: the books verify, the heads are the same, she is answered', async () => {
    fs.rmSync(place('data'), { recursive: true });
    fs.rmSync(place('data.key'));
    const wrong = await run(['keys', 'new-backup-pair', '--to', 'other.txt']);
    expect(wrong.code).toBe(0);
    const refused = await run(['restore', '--from', 'one.age', '--identity', 'other.txt']);
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringMatching(/This identity does not open .* Nothing was brought back\./),
    ]);
    expect(fs.existsSync(place('data.key'))).toBe(false);
    const into = 'postgres://somebody:secret@localhost/comadre';
    const told = await run(['restore', '--from', 'one.age', '--identity', 'identity.txt', '--into', into]);
    expect([told.code, told.err]).toEqual([2, expect.stringContaining('set DATABASE_URL')]);
    const { code, out, err } = await run(['restore', '--from', 'one.age', '--identity', 'identity.txt']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('The books are right: 2 groups, ');
    expect(fs.statSync(place('data.key')).mode & 0o777).toBe(0o600);
    expect(await headsIn('data')).toEqual(heads);
    expect((await run(['audit'])).out).toMatch(/operator {2}restored$/m);
    expect((await run(['verify-books'])).code).toBe(0);
    const said = await run(['chat', '--as', 'Zenobia'], 'saldo\n');
    expect([said.code, said.out]).toEqual([0, expect.stringContaining('$320.00')]);
    const again = await run(['restore', '--from', 'one.age', '--identity', 'identity.txt']);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('This database is not empty')]);
  });

  test('it is brought into a folder of its own beside the one in use, to be compared', async () => {
    const { code, err } = await run([
      'restore',
      '--from',
      'one.age',
      '--identity',
      'identity.txt',
      '--into',
      'compare',
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(fs.existsSync(place('compare.key'))).toBe(true);
    expect(await headsIn('compare')).toEqual(heads);
  });

  test('it has the form that age’s own tool opens', () => {
    expect(fs.readFileSync(place('one.age'), 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
  });
});
