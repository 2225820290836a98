// Runs the tests: `npm test`, or some of them: `npm test -- tests/domain`. Takes the arguments of `vitest run`.

import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { ROOT, runScript } from './failure.mjs';
import { ensureInstalled } from './install.mjs';

await runScript(async () => {
  ensureInstalled();
  // Before the tests: several files of them run the built program at once.
  build();
  process.chdir(fileURLToPath(ROOT));
  const runner = new URL('node_modules/vitest/vitest.mjs', ROOT);
  process.argv.splice(1, 1, fileURLToPath(runner), 'run');
  await import(runner.href);
});
