import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const COPIED = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

let folder: string;

/** A small program beside the real scripts, with the real packages. */
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-scripts-')));
  fs.cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  for (const file of COPIED) fs.copyFileSync(path.join(ROOT, file), path.join(folder, file));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  write('src/page/page.html', '<p>');
  write('src/cli.ts', 'process.stdin.pipe(process.stdout);');
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}

type Ended = { code: number | null; out: string; err: string };

function run(
  script: string,
  { args = [], input = '' }: { args?: string[]; input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(folder, 'scripts', script), ...args], {
    cwd: os.tmpdir(),
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece) => (out += String(piece)));
  child.stderr.on('data', (piece) => (err += String(piece)));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  });
}

describe('start', () => {
  test('runs the sources as they are now, with the arguments given, and nothing more is said', async () => {
    write('src/main.ts', `const said: string = process.argv.slice(2).join(' '); console.log('first', said);`);
    expect(await run('start.mjs', { args: ['--port', '0'] })).toEqual({
      code: 0,
      out: 'first --port 0\n',
      err: '',
    });
    write('src/main.ts', `import { word } from './word.ts'; console.log(word);`);
    write('src/word.ts', `export const word = 'second';`);
    expect(await run('start.mjs')).toEqual({ code: 0, out: 'second\n', err: '' });
  });

  test('an unchanged program is not built again', async () => {
    write('src/main.ts', '');
    await run('start.mjs');
    const before = fs.statSync(path.join(folder, 'dist/stamp')).mtimeMs;
    expect((await run('start.mjs')).code).toBe(0);
    expect(fs.statSync(path.join(folder, 'dist/stamp')).mtimeMs).toBe(before);
  });

  test('two at once both run', async () => {
    write('src/main.ts', `console.log('runs');`);
    const both = await Promise.all([run('start.mjs'), run('start.mjs')]);
    expect(both.map(({ out }) => out)).toEqual(['runs\n', 'runs\n']);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  });
});

describe('build', () => {
  test('copies what is not TypeScript, and keeps nothing of a source that is gone', async () => {
    write('src/gone.ts', '');
    await run('build.mjs');
    expect(fs.existsSync(path.join(folder, 'dist/gone.js'))).toBe(true);
    fs.rmSync(path.join(folder, 'src/gone.ts'));
    expect(await run('build.mjs')).toEqual({ code: 0, out: '', err: '' });
    expect(fs.existsSync(path.join(folder, 'dist/gone.js'))).toBe(false);
    expect(fs.readFileSync(path.join(folder, 'dist/page/page.html'), 'utf8')).toBe('<p>');
    expect(fs.existsSync(path.join(folder, 'dist/cli.ts'))).toBe(false);
  });

  test('a source that cannot be compiled is told with its place, and the last build stays', async () => {
    await run('build.mjs');
    write('src/cli.ts', 'const = ;');
    const { code, err } = await run('build.mjs');
    expect(code).toBe(1);
    expect(err).toMatch(/src\/cli\.ts.*1/);
    expect(fs.existsSync(path.join(folder, 'dist/cli.js'))).toBe(true);
  });
});

test("the operators' command has standard input and output to itself", async () => {
  expect(await run('comadre.mjs', { input: 'hola\n' })).toEqual({ code: 0, out: 'hola\n', err: '' });
});

describe('install', () => {
  test('what npm cannot install is told in plain words', async () => {
    fs.unlinkSync(path.join(folder, 'node_modules'));
    fs.rmSync(path.join(folder, 'package-lock.json'));
    const { code, out, err } = await run('comadre.mjs');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('What is needed could not be installed; npm says:');
    expect(err).toContain('package-lock.json');
    expect(err).not.toContain('    at ');
  });

  test('a Node that is too old is refused before anything is done', async () => {
    write('package.json', JSON.stringify({ engines: { node: '>=99.1' } }));
    const { code, err } = await run('start.mjs');
    expect(code).toBe(1);
    expect(err).toContain(`Comadre needs Node 99.1 or newer; this is ${process.versions.node}.`);
    expect(fs.existsSync(path.join(folder, 'dist'))).toBe(false);
  });
});
