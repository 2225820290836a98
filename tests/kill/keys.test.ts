// The key of the whole program is changed, and the change is killed at one place after the other: it is begun again and
// ends, nothing that was sealed is lost, and the bot answers. On a server the program runs all the while.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { checkKey } from '../../src/store/key-check.ts';
import { generationsHere, openKeyFile } from '../../src/store/key-file.ts';
import { countSealed } from '../../src/store/root-sealed.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { usingPostgres } from '../support/database.ts';
import { embeddedPlace, type Place, serverPlace } from '../support/kill/places.ts';
import { readSealedValues } from '../support/read-sealed.ts';
import { comadre, type Running, started } from '../support/run-program.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** After so many lines of its report the change is killed: before the first value, among the keys, among the rest. */
const KILLED_AFTER_LINES = [1, 2, 4];
const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

let place: Place;
let program: Running | undefined;
let before: Awaited<ReturnType<typeof sealedNow>>;

const run = (given: readonly string[], input = '') =>
  comadre(place.folder, given, { settings: { SIMULATOR: 'on', ...place.settings }, input });

const sealedNow = async () => {
  const database = await place.open();
  try {
    const secrets = createSecrets(openKeyFile(place.keyFile));
    await checkKey(database.pool, secrets, place.keyFile);
    return {
      values: await readSealedValues(database.pool, secrets),
      counts: await countSealed(database.pool),
    };
  } finally {
    await database.close();
  }
};

/** What no dialogue and no delivery changes, in one order. */
const atRest = ({ values }: Awaited<ReturnType<typeof sealedNow>>) =>
  values
    .filter(({ what }) => !/^(outbox|address\.(session|asked))/.test(what))
    .map((value) => JSON.stringify(value))
    .toSorted();

/** All that was there before; and the key for PINs that begins with a new generation. */
const sinceRotated = () =>
  [...atRest(before), JSON.stringify({ what: 'data_key.wrapped', text: 'a key' })].toSorted();

beforeAll(async () => {
  place = usingPostgres ? await serverPlace(process.env['COMADRE_TEST_DATABASE_URL'] ?? '') : embeddedPlace();
  program = await started(place.folder, { SIMULATOR: 'on', ...place.settings });
  if (!usingPostgres) {
    await program.stop();
    program = undefined;
  }
  const { out, code } = await run(['chat', '--as', 'Ana'], 'saldo\nmi meta es una estufa de 3000\n');
  expect([code, out]).toEqual([0, expect.stringContaining('$')]);
  before = await sealedNow();
  expect(before.values.length).toBeGreaterThan(30);
  expect(new Set(before.counts.map(({ generation }) => generation))).toEqual(new Set([1]));
});
afterAll(async () => {
  await program?.stop();
  await place?.remove();
});

/** On a server a new generation's file is made and copied first, unless there is one machine only. */
const ROTATE = ['keys', 'rotate', ...(usingPostgres ? ['--one-machine'] : [])];

/** `comadre keys rotate`, killed as soon as it has printed so many lines. @returns whether it was killed in the middle */
const killedAfter = async (lines: number): Promise<boolean> => {
  const child = spawn(process.execPath, [CLI, ...ROTATE, '--page', '3'], {
    cwd: place.folder,
    env: { PATH: process.env['PATH'], SIMULATOR: 'on', ...place.settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === null;
};

test.runIf(usingPostgres)(
  'on a server no generation is begun whose file nobody could have copied yet',
  async () => {
    const { code, err } = await run(['keys', 'rotate']);
    expect([code, err]).toEqual([2, expect.stringContaining('copy the file')]);
    expect(generationsHere(place.keyFile)).toEqual([1]);
  },
);

test('killed at any moment, it is begun again and ends; what was sealed opens, and the bot answers', async () => {
  const kills: boolean[] = [];
  for (const lines of KILLED_AFTER_LINES) {
    const was = await sealedNow();
    kills.push(await killedAfter(lines));
    expect(generationsHere(place.keyFile)).toEqual([1, 2]);
    // On a server the program itself goes on writing meanwhile.
    if (!usingPostgres) expect((await sealedNow()).values).toEqual(was.values);
    const { out, code } = await run(['chat', '--as', 'Ana'], 'saldo\n');
    expect([code, out]).toEqual([0, expect.stringContaining('$')]);
    expect(atRest(await sealedNow())).toEqual(sinceRotated());
  }
  expect(kills).toEqual(KILLED_AFTER_LINES.map(() => true));
  const early = await run(['keys', 'retire', '1']);
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('still sealed under generation 1')]);

  const whole = await run(ROTATE);
  expect([whole.code, whole.err]).toEqual([0, '']);
  expect(whole.out).toContain('Going on with the change to generation 2.');
  const now = await sealedNow();
  expect(atRest(now)).toEqual(sinceRotated());
  expect(new Set(now.counts.map(({ generation }) => generation))).toEqual(new Set([2]));
  const shown = await run(['keys']);
  expect(shown.out).toMatch(/^1 {2}older {2}0 values/m);
  expect(shown.out).toMatch(/^2 {2}in use {2}\d+ values/m);
});

test('an older generation is retired, and the program goes on without its file; the one in use is not', async () => {
  const inUse = await run(['keys', 'retire', '2']);
  expect([inUse.code, inUse.err]).toEqual([2, expect.stringContaining('is not older')]);
  const retired = await run(['keys', 'retire', '1']);
  expect([retired.code, retired.err]).toEqual([0, '']);
  expect(fs.existsSync(place.keyFile)).toBe(false);
  expect(atRest(await sealedNow())).toEqual(sinceRotated());
  // She is found by the index of her address, which was made of the first generation.
  const { out, code } = await run(['chat', '--as', 'Ana'], 'saldo\n');
  expect([code, out]).toEqual([0, expect.stringContaining('$')]);
  expect((await run(['verify-books'])).code).toBe(0);
  // A third one follows it, and another key in place of the second is refused.
  expect((await run(ROTATE)).out).toContain('Generation 3 is in use');
  fs.renameSync(`${place.keyFile}.3`, `${place.keyFile}.kept`);
  fs.writeFileSync(`${place.keyFile}.3`, Buffer.alloc(32, 5));
  const other = await run(['verify-books']);
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('does not belong to this database')]);
  fs.renameSync(`${place.keyFile}.kept`, `${place.keyFile}.3`);
  expect((await run(['verify-books'])).code).toBe(0);
});
