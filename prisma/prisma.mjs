// Runs the Prisma CLI of this folder without its engine download: `node prisma/prisma.mjs generate`.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const given = process.argv.slice(2);
const result = spawnSync(process.execPath, [cliPath(), ...(given.length > 0 ? given : ['generate'])], {
  cwd: import.meta.dirname, // where prisma.config.mjs is
  stdio: 'inherit',
  env: {
    ...process.env,
    // generate, validate and format never run this file; they only ask that it exists.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
});
process.exit(result.status ?? 1);

function cliPath() {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js');
  } catch {
    console.error('The Prisma CLI is not installed: run "npm ci" in the folder prisma/ first.');
    process.exit(1);
  }
}
