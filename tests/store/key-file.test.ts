import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KeyFileRefused, openKeyFile } from '../../src/store/key-file.ts';

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
  expect(first.bytes.length).toBe(32);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(file))).toEqual(['data.key']);
  expect(openKeyFile(file)).toEqual({ ...first, created: false });
});

test('two key files differ', () => {
  const other = openKeyFile(path.join(folder, 'other.key'));
  expect(openKeyFile(file).bytes.equals(other.bytes)).toBe(false);
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
    expect(again.bytes.equals(bytes)).toBe(true);
    expect(again.warnings).toEqual([expect.stringMatching(/may read the key file .* \(mode 0644\)/)]);
  },
);
