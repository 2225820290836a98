// What would be installed is what was reviewed: each fault is planted in a copy of the locks, and named.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILES = [
  ...['', 'prisma/'].map((folder) => `${folder}.npmrc`),
  ...['', 'prisma/', 'bench/peers/'].flatMap((folder) =>
    ['package.json', 'package-lock.json'].map((file) => `${folder}${file}`),
  ),
];

type Package = Record<string, unknown>;
type Lock = { lockfileVersion: number; packages: Record<string, Package> };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-locks-'));
  for (const file of [...FILES, 'scripts/packages-reviewed.json']) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), path.join(folder, file));
  }
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const checked = () => {
  const script = path.join(ROOT, 'scripts/lockfile.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  return { status, said: stderr.trim().split('\n').filter(Boolean) };
};

const inLock = (change: (packages: Lock['packages'], lock: Lock) => void, where = '') => {
  const file = path.join(folder, where, 'package-lock.json');
  const lock = JSON.parse(fs.readFileSync(file, 'utf8')) as Lock;
  change(lock.packages, lock);
  fs.writeFileSync(file, JSON.stringify(lock));
};

const inText = (file: string, from: string, to: string) => {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  fs.writeFileSync(path.join(folder, file), text.replace(from, to));
};

const newPackage = { version: '1.0.0', integrity: 'sha512-x' };

test('the locks as they are have no fault', () => {
  expect(checked()).toEqual({ status: 0, said: [] });
});

test.each<[string, () => void, RegExp]>([
  [
    'without integrity',
    () => inLock((p) => delete p['node_modules/pg']!['integrity']),
    /node_modules\/pg has no sha512/,
  ],
  [
    'without integrity, a tool that is built for where the tests run',
    () => inLock((p) => delete p['node_modules/@biomejs/cli-linux-x64']!['integrity']),
    /cli-linux-x64 has no sha512/,
  ],
  [
    'without integrity, a tool for elsewhere that had one',
    () => inLock((p) => delete p['node_modules/@biomejs/cli-linux-arm64']!['integrity']),
    /53 tools for other platforms have no integrity, more than 52/,
  ],
  [
    'with an older hash',
    () => inLock((p) => (p['node_modules/pg']!['integrity'] = 'sha1-x')),
    /pg has no sha512/,
  ],
  [
    'from another registry',
    () => inLock((p) => (p['node_modules/pg']!['resolved'] = 'https://packages.example.org/pg.tgz')),
    /pg comes from elsewhere/,
  ],
  [
    'from a repository',
    () => inLock((p) => (p['node_modules/pg']!['resolved'] = 'git+ssh://git@example.org/pg.git')),
    /pg comes from elsewhere/,
  ],
  [
    'that is a link',
    () => inLock((p) => (p['node_modules/pg'] = { link: true, resolved: '../pg' })),
    /is a link/,
  ],
  [
    'with an install script',
    () => inLock((p) => (p['node_modules/pg']!['hasInstallScript'] = true)),
    /pg has an install script that nobody reviewed/,
  ],
  [
    'with an install script, among those of the bench',
    () => inLock((p) => (p['node_modules/grammy']!['hasInstallScript'] = true), 'bench/peers'),
    /bench\/peers\/: node_modules\/grammy has an install script/,
  ],
  ...['@someone/baileys', 'baileys-pro', 'lotusbail', 'xlsx', 'whatsapp-business-sdk', 'event-stream'].map(
    (name): [string, () => void, RegExp] => [
      `called ${name}, below another one`,
      () => inLock((p) => (p[`node_modules/pg/node_modules/${name}`] = newPackage)),
      new RegExp(`${name} is not to be installed`),
    ],
  ),
  [
    'that is another one than its place says',
    () => inLock((p) => (p['node_modules/pg']!['name'] = 'lotusbail')),
    /pg is not to be installed, by its name/,
  ],
  [
    'that stands in the place of one whose script was reviewed',
    () => inLock((p) => (p['node_modules/esbuild']!['name'] = 'another')),
    /esbuild has an install script that nobody reviewed/,
  ],
  [
    'too many',
    () =>
      inLock((p) => {
        for (let n = 0; n < 40; n += 1) p[`node_modules/more-${n}`] = newPackage;
      }),
    /packages run in production, more than 165/,
  ],
])('a package %s is named', (_, plant, fault) => {
  plant();
  const { status, said } = checked();
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringMatching(fault)]);
});

test.each<[string, () => void, RegExp]>([
  ['a lock of another version', () => inLock((_, lock) => (lock.lockfileVersion = 2)), /not of version 3/],
  ['a version that is none', () => inText('package.json', '"pg": "8', '"pg": "^8'), /no exact version/],
  [
    'a version that the lock was not made for',
    () => inText('package.json', '"pg": "8.23.1"', '"pg": "8.23.0"'),
    /pg 8.23.0 is not what the lock was made for/,
  ],
  [
    'scripts that would run',
    () => inText('.npmrc', 'ignore-scripts=true', 'ignore-scripts=false'),
    /does not say ignore/,
  ],
  [
    'scripts that would run after all, by a later line',
    () => fs.appendFileSync(path.join(folder, '.npmrc'), 'ignore-scripts = false\n'),
    /does not say ignore/,
  ],
  [
    'code from anywhere',
    () => inText('prisma/.npmrc', 'allow-git=none\n', ''),
    /prisma\/: .npmrc does not say allow-git/,
  ],
])('%s is named', (_, plant, fault) => {
  plant();
  const { status, said } = checked();
  expect(status).toBe(1);
  expect(said.some((line) => fault.test(line))).toBe(true);
});
