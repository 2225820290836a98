import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addGeneration,
  generationsHere,
  KeyFileRefused,
  openKeyFile,
  removeGeneration,
} from '../../src/store/key-file.ts';
import { createSecrets } from '../../src/store/secrets.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-key-'));
  file = path.join(folder, 'keys/data.key');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the first opening makes a key of 32 bytes, readable by its owner only; the next reads the same', () => {
  const first = openKeyFile(file);
  expect(first).toMatchObject({ created: true, warnings: [] });
  expect(first.bytes?.length).toBe(32);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(file))).toEqual(['data.key']);
  const again = openKeyFile(file);
  expect([again.created, again.bytes]).toEqual([false, first.bytes]);
});

test('two key files differ', () => {
  const other = openKeyFile(path.join(folder, 'other.key'));
  expect(openKeyFile(file).bytes).not.toEqual(other.bytes);
});

test.each([0, 31, 33, 64])('a file of %d bytes is refused and left as it is', (length) => {
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, Buffer.alloc(length, 1), { mode: 0o600 });
  expect(() => openKeyFile(file)).toThrow(KeyFileRefused);
  expect(fs.readFileSync(file).length).toBe(length);
});

test.skipIf(process.platform === 'win32')(
  'a key that other accounts may read is used, with a warning',
  () => {
    const { bytes } = openKeyFile(file);
    fs.chmodSync(file, 0o644);
    const again = openKeyFile(file);
    expect(again.bytes).toEqual(bytes);
    expect(again.warnings).toEqual([expect.stringMatching(/may read the key file .* \(mode 0644\)/)]);
  },
);

test('when the first generation is retired, what finds values stays, nothing it sealed opens, and no new key is made', () => {
  const before = createSecrets(openKeyFile(file));
  const sealed = before.outboxSeal('o-1', 'Hola');
  expect(addGeneration(file, 2)).toBe(true);
  expect(addGeneration(file, 2)).toBe(false);
  expect(generationsHere(file)).toEqual([1, 2]);
  removeGeneration(file, 1);
  removeGeneration(file, 1); // killed after the first time, it is asked for again
  expect(fs.readdirSync(path.dirname(file)).toSorted()).toEqual(['data.key.2', 'data.key.index']);
  const root = openKeyFile(file);
  expect([root.created, root.bytes]).toEqual([false, undefined]);
  const after = createSecrets(root);
  after.sealUnder(2);
  expect(after.blindIndex('phone', 'x')).toEqual(before.blindIndex('phone', 'x'));
  expect(after.codeIndex('x')).toEqual(before.codeIndex('x'));
  expect(after.callbackIndex('x')).toEqual(before.callbackIndex('x'));
  expect(after.indexFingerprint()).toBe(before.indexFingerprint());
  expect(() => after.outboxOpen('o-1', sealed)).toThrow('generation 1');
  expect(after.outboxOpen('o-2', after.outboxSeal('o-2', 'Hola'))).toBe('Hola');
});
