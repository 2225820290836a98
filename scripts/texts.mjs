// Writes src/conversation/texts.ts: every text key with the values its Spanish text needs, so that tsc knows them.
// `node scripts/texts.mjs` after a change to locales/es/texts.json; `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const texts = JSON.parse(readFileSync(new URL('locales/es/texts.json', root), 'utf8'));
const keys = new Map();
for (const [key, text] of Object.entries(texts)) {
  const base = key.replace(/_(one|many|other)$/, '');
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name.replace(/Words$/, ''));
  if (base !== key) names.push('count');
  keys.set(base, [...new Set([...(keys.get(base) ?? []), ...names])].sort());
}
const lines = [...keys].map(([key, names]) => `  '${key}': [${names.map((n) => `'${n}'`).join(', ')}],`);
const source = `// Written by scripts/texts.mjs from locales/es/texts.json; do not edit.

/** Every text there is, with the names of the values that go into it. */
export const TEXTS = {
${lines.join('\n')}
} as const;

export type Texts = typeof TEXTS;
`;
const target = new URL('src/conversation/texts.ts', root);
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== source) {
    console.error(
      'src/conversation/texts.ts is not what locales/es/texts.json says: run node scripts/texts.mjs',
    );
    process.exit(1);
  }
} else writeFileSync(target, source);
