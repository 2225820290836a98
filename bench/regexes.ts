// Looks at every regular expression of the program for inputs that it takes ever longer to read:
// `npx tsx bench/regexes.ts`, after a new one. Writes tests/security/regexes.json, against which a test holds the program.
// It takes minutes; those that were looked at before are not looked at again unless `--all` says so.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { checkSync as CheckSync } from 'recheck';
import { type Found, nameOf, regexesInSource } from '../tests/support/regexes.ts';

// Compiled to JavaScript: it starts no other program, where the package's main file would.
const { checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js') as {
  checkSync: typeof CheckSync;
};

const RECORD = new URL('../tests/security/regexes.json', import.meta.url);
const TIMEOUT_MS = 120_000;

const isAll = process.argv.includes('--all');
const before = JSON.parse(fs.readFileSync(RECORD, 'utf8')) as Found;
const record: Record<string, string> = {};
for (const literal of regexesInSource().literals) {
  const name = nameOf(literal);
  const known = isAll ? undefined : before[name];
  if (known === undefined) {
    const found = checkSync(literal.pattern, literal.flags, { timeout: TIMEOUT_MS });
    record[name] =
      found.status === 'vulnerable' ? found.complexity.summary.replace(' (fuzz)', '') : found.status;
    console.error(`${record[name]}: ${name} (${literal.file})`);
  } else record[name] = known;
}
const sorted = Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
fs.writeFileSync(RECORD, `${JSON.stringify(sorted, undefined, 2)}\n`);
