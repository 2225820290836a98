// The operators' commands as they are run: real processes on a real folder, one story from an empty disk to a second
// copy of the book. The tests of one file run in order; each builds on what the ones before it left.

import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openEmbedded } from '../../src/store/embedded.ts';
import { comadre, started } from '../support/run-program.ts';

const example = path.resolve(import.meta.dirname, '../../../shared/examples/programme.json');
const programme = path.resolve(import.meta.dirname, '../fixtures/programme/orilla.json');

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let code: string;
const place = (name: string): string => path.join(folder, name);
const run = (given: readonly string[], more: Parameters<typeof comadre>[2] = {}) =>
  comadre(folder, given, more);
const inCopy = { settings: { COMADRE_DATA_DIR: './copy' } };

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-cli-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('that are wrong are all named at once, no secret is shown, and nothing is begun', async () => {
    const settings = { PORT: 'eighty', SIMULATOR: 'maybe', DATABASE_URL: 'mysql://x:geheim@h/d' };
    const { code: exit, err } = await run(['verify-books'], { settings });
    expect(exit).toBe(2);
    for (const name of Object.keys(settings)) expect(err).toContain(`• ${name} `);
    expect(err).not.toMatch(/geheim|eighty|at .*\.ts/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('are read from .env, and the doctor names a token that is none', async () => {
    fs.writeFileSync(place('.env'), 'TELEGRAM_BOT_TOKEN=not-a-token\n');
    const { code: exit, err } = await run(['doctor']);
    fs.rmSync(place('.env'));
    expect(exit).toBe(1);
    expect(err).toMatch(/^✗ TELEGRAM_BOT_TOKEN is not a bot token\. Copy it again from @BotFather/);
    expect(err).not.toContain('not-a-token');
  });
});

describe('the doctor', () => {
  test('finds nothing wrong in an empty folder, and leaves it empty', async () => {
    const { code: exit, out } = await run(['doctor']);
    expect([exit, out]).toEqual([0, expect.stringContaining('There is no database in ')]);
    expect(out).not.toContain('✗');
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('says of a database that does not answer where it looked and what to do, without the password', async () => {
    const port = await freePort();
    const settings = { DATABASE_URL: `postgres://marta:geheim@127.0.0.1:${port}/comadre` };
    const { code: exit, out, err } = await run(['doctor'], { settings });
    expect(exit).toBe(1);
    expect(out).toContain(`✗ The database at 127.0.0.1:${port} cannot be used: nothing answers there`);
    expect(out + err).not.toMatch(/geheim|marta/);
  });
});

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

type Fixture = { groups: { members: Record<string, unknown>[]; countedBox: Record<string, unknown> }[] };

const reportSchema = z.object({
  ok: z.boolean(),
  groups: z.int(),
  members: z.int(),
  linked: z.int(),
  invites: z.array(z.object({ group: z.string(), name: z.string().optional(), code: z.string() })),
});

describe('import', () => {
  test('names every fault with its place and keeps nothing', async () => {
    const broken = JSON.parse(fs.readFileSync(programme, 'utf8')) as Fixture;
    broken.groups[0]!.members[0]!['name'] = 'Elsa 500';
    broken.groups[1]!.members[1]!['role'] = 'boss';
    fs.writeFileSync(place('broken.json'), JSON.stringify(broken));
    const { code: exit, err } = await run(['import', 'broken.json']);
    expect(exit).toBe(1);
    expect(err).toMatch(/^groups\[0\]\.members\[0\]\.name: /m);
    expect(err).toMatch(/^groups\[1\]\.members\[1\]\.role: /m);
    expect(err).toContain('Nothing was imported: 2 to mend.');
    expect(fs.existsSync(place('data'))).toBe(false);
  });

  test('a dry run says what it would do, and the book stays empty', async () => {
    const { code: exit, out } = await run(['import', programme, '--dry-run', '--json']);
    expect(exit).toBe(0);
    expect(reportSchema.parse(JSON.parse(out))).toMatchObject({ ok: true, groups: 2, members: 7 });
    // What it left is an empty book: a second folder for later begins with it, too.
    fs.cpSync(place('data'), place('copy'), { recursive: true });
    fs.copyFileSync(place('data.key'), place('copy.key'));
  });

  test('a programme with a table of more members comes in whole, and hands out the codes once', async () => {
    fs.writeFileSync(place('members.csv'), 'group,number,name\nLas Golondrinas,5,Nora Díaz\n');
    const { code: exit, out } = await run(['import', programme, 'members.csv', '--json']);
    expect(exit).toBe(0);
    const report = reportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({ ok: true, groups: 2, members: 8, linked: 5 });
    code = report.invites.find(({ name }) => name === 'Nora Díaz')?.code ?? '';
    expect(code).toMatch(/^[A-Z2-9]{10}$/);
    expect(fs.statSync(place('data.key')).mode & 0o077).toBe(0);
  });

  test.skipIf(!fs.existsSync(example))('the example that others write against is accepted', async () => {
    const { code: exit, out, err } = await run(['import', example, '--dry-run']);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^It would import 2 groups, 8 members/);
  });
});

describe('chat', () => {
  test('a leader records a payment in the terminal, and the transcript is kept', async () => {
    const input = 'hola\nFabiola 40\nsí\n';
    const { code: exit, out, err } = await run(['chat', '--as', 'Elsa', '--record', 'said.txt'], { input });
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('Hola, Elsa. ¿Qué quieres hacer?\n  1. Anotar pagos');
    expect(out).toContain('Total: $40.00 (cuarenta pesos).');
    expect(out).toContain('Listo. Anoté 1 pago: $40.00');
    expect(fs.readFileSync(place('said.txt'), 'utf8')).toMatch(/^Elsa: hola\n {2}bot: Hola, Elsa\./);
  });

  test('goes through the running program: a stranger comes in with a code; other commands say that the folder is taken', async () => {
    const program = await started(folder);
    const [chat, newcomer, two, books, doctor] = await Promise.all([
      run(['chat', '--as', 'fabiola, las golondrinas'], { input: 'mi libreta\n' }),
      run(['chat', '--as', 'Alguien Más'], { input: `saldo\nUNIRME ${code}\n1\nsaldo\n` }),
      run(['chat', '--as', 'Fabiola'], { input: 'saldo\n' }),
      run(['verify-books']),
      run(['doctor']),
    ]);
    expect([chat.code, chat.err]).toEqual([0, '']);
    expect(chat.out).toMatch(/ahorro \+\$40\.00 · llevas \$320\.00/);
    const [stranger = '', notice = '', inside = '', balance = ''] = newcomer.out.split('\n\n');
    expect(stranger).toContain('UNIRME y tu código');
    expect(stranger).not.toContain('$');
    expect(notice).toContain('1. Sí, acepto');
    expect(inside).toContain('Listo, Nora. Ya estás en Las Golondrinas.');
    expect(balance).toContain('$0.00');
    expect([two.code, two.out]).toEqual([2, '']);
    expect(two.err).toContain('--as "Fabiola Soto, Las Golondrinas"\n  --as "Fabiola Soto, Grupo 3"');
    expect(books.code).toBe(2);
    expect(books.err).toMatch(
      /^The database in .*data is already open in another process\. Stop that one first/,
    );
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining('in use by a running Comadre')]);
    await program.kill();
    // The killed program has left its address behind; nobody answers there.
    expect(fs.existsSync(place('data/server.json'))).toBe(true);
    const again = await run(['chat', '--as', 'Jacinta'], { input: 'saldo\n' });
    expect([again.code, again.err]).toEqual([0, '']);
    expect(again.out).toContain('$1,500.00');
  });
});

describe('the book goes to a second folder', () => {
  test('reminders of a moment are shown, with whom they reach and what they say', async () => {
    const { code: exit, out } = await run(['reminders', '--at', '2027-01-06T19:00:00-08:00', '--dry-run']);
    expect(exit).toBe(0);
    expect(out).toMatch(/^Las Golondrinas, 2 Fabiola Soto, owes \d+\.\d\d:\n {4}Hola, Fabiola\./m);
    expect(out).toMatch(/^\d+ reminders\.$/m);
  });

  test('export is accepted by import elsewhere, and exports the same from there', async () => {
    const first = await run(['export']);
    fs.writeFileSync(place('export.json'), first.out);
    const taken = await run(['import', 'export.json'], inCopy);
    expect([taken.code, taken.err]).toEqual([0, '']);
    expect(taken.out).toMatch(/^Imported 2 groups, 8 members/);
    const second = await run(['export'], inCopy);
    expect(JSON.parse(second.out)).toEqual(JSON.parse(first.out));
  });

  test('the copy is up to date, its book is right, and the doctor is content', async () => {
    expect((await run(['migrate'], inCopy)).out).toBe('The database is up to date.\n');
    const { code: exit, out } = await run(['doctor'], inCopy);
    expect([exit, out]).toEqual([0, expect.stringContaining('✓ The books are right: 2 groups, 2 entries.')]);
  });

  test('a posting changed behind its back is found, and its entry named', async () => {
    const { db, close } = await openEmbedded(place('copy'));
    await db.exec(`set session_replication_role = replica;
      update posting set amount_minor = amount_minor + 1
       where (group_id, entry_id, n) = (select group_id, entry_id, n from posting limit 1)`);
    await close();
    const { code: exit, err } = await run(['verify-books'], inCopy);
    expect(exit).toBe(1);
    expect(err).toMatch(/^Group [0-9a-f-]{36}, entry 1: it does not hold that /m);
  });
});
