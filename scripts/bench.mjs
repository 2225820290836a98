// Runs the measurements of bench/ on the program as it is built: `npm run bench`.

import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { ROOT, runScript } from './failure.mjs';
import { ensureInstalled } from './install.mjs';

await runScript(async () => {
  ensureInstalled();
  build();
  process.argv[1] = fileURLToPath(new URL('bench/run.ts', ROOT));
  const { tsImport } = await import('tsx/esm/api');
  await tsImport('../bench/run.ts', import.meta.url);
});
