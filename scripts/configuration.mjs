// Writes docs/configuration.md from the table in src/config.ts.
// `node scripts/configuration.mjs` after a change to the table; `--check` only compares, `--print` only prints.
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { SETTINGS } = await tsImport('../src/config.ts', import.meta.url);
const rows = Object.values(SETTINGS).map(({ env, doc, default: value, secret }) => {
  const shown = value === undefined ? '–' : `\`${value}\``;
  return `| \`${env}\` | ${shown} | ${doc.replaceAll('|', '\\|')}${secret ? ' *Secret.*' : ''} |`;
});
const page = `# Settings

<!-- Written by scripts/configuration.mjs from src/config.ts; do not edit. -->

Settings are environment variables. A file \`.env\` in the folder the program is started in is read too; the real
environment wins over it. A variable that is empty counts as missing. \`comadre doctor\` checks them all, and the
program refuses to start while one is wrong, naming every fault at once.

| variable | default | meaning |
|---|---|---|
${rows.join('\n')}

Secrets are never logged or shown. Keep \`.env\` readable by its owner only.
`;

const target = new URL('../docs/configuration.md', import.meta.url);
if (process.argv.includes('--print')) process.stdout.write(page);
else if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    console.error('docs/configuration.md is not what src/config.ts says: run node scripts/configuration.mjs');
    process.exit(1);
  }
} else writeFileSync(target, page);
