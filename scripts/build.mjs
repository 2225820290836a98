// Builds dist/ from src/ when it is missing or out of date: `node scripts/build.mjs`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, runScript, ScriptFailure } from './failure.mjs';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(ROOT);
const source = path.join(root, 'src');
const target = path.join(root, 'dist');
/** Beside the sources, what decides how they are compiled. */
const ALSO_STAMPED = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'];

/** Whether dist/ was built from the sources as they are now. */
export function isBuilt() {
  const stamp = path.join(target, 'stamp');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOfSources();
}

/**
 * Compiles src/ to dist/, with the files beside it that are not TypeScript; does nothing when dist/ is up to date.
 * dist/ is replaced as a whole, so nothing stays of a source that is gone. What it says goes to stderr.
 *
 * @throws ScriptFailure when the compiler refuses
 */
export function build() {
  if (isBuilt()) return;
  const draft = `${target}.new-${process.pid}`;
  try {
    const stamp = stampOfSources();
    compile(draft);
    cpSync(source, draft, { recursive: true, filter: (file) => !file.endsWith('.ts') });
    writeFileSync(path.join(draft, 'stamp'), stamp);
    putInPlace(draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function stampOfSources() {
  const hash = createHash('sha256');
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  for (const file of [...ALSO_STAMPED, ...files.sort()]) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** Types are the business of `npm run check`; here they are only taken away (`noCheck`), in under a second. */
function compile(folder) {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const given = [compiler, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' });
  if (status === 0) return;
  throw new ScriptFailure(`No se pudo compilar / The program cannot be compiled:\n${stdout}${stderr}`);
}

/** Two programs started at once both build; whoever is second leaves what the first put there. */
function putInPlace(draft) {
  if (isBuilt()) return;
  const old = `${target}.old-${process.pid}`;
  try {
    if (existsSync(target)) renameSync(target, old);
    renameSync(draft, target);
  } catch (error) {
    if (!isBuilt()) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runScript(() => {
    ensureInstalled();
    build();
  });
}
