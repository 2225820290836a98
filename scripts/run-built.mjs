// Brings node_modules/ and dist/ up to date, then runs a module of dist/ in this process.

import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { ROOT, runScript } from './failure.mjs';
import { ensureInstalled } from './install.mjs';

/**
 * Runs `dist/<name>` as if Node had been started with it: in this process, so that signals reach it, with the
 * arguments and the streams that were given. Nothing is written to stdout here.
 */
export function runBuilt(name) {
  return runScript(async () => {
    ensureInstalled({ onlyToRun: isBuilt() });
    build();
    const program = new URL(`dist/${name}`, ROOT);
    process.argv[1] = fileURLToPath(program);
    await import(program.href);
  });
}
