// Writes docs/permissions.md from the table in src/domain/access: who may do what, and with what proved.
// `node scripts/permissions.mjs` after a change to it; `--check` only compares, `--print` only prints.
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { ACTIONS } = await tsImport('../src/domain/access/actions.ts', import.meta.url);
const { KINDS } = await tsImport('../src/domain/access/actor.ts', import.meta.url);

const OF = {
  any: 'anything',
  own: 'her own',
  group: "her group's",
  programme: "their programme's",
  second: 'said by another one first',
};

const rows = Object.entries(ACTIONS).map(
  ([action, { level, who, of }]) =>
    `| \`${action}\` | ${level} | ${OF[of]} | ${KINDS.map((kind) => (who.includes(kind) ? '✓' : '')).join(' | ')} |`,
);

const page = `# Who may do what

<!-- Written by scripts/permissions.mjs from src/domain/access/actions.ts; do not edit. -->

Every message, command and route asks one function, [authorize](../src/domain/access/authorize.ts), and it answers from
this table. What is not in the table nobody may. A message asks three times
([gate.ts](../src/conversation/access/gate.ts)): for what it asks for, for the facts that are looked up for it, and for
everything that is decided on it. Behind that stands the database: rows of a group are written by a role that sees no other
group's.

L0: nothing has to be proved. L1: her address. L2: that the telephone is in her hand now (her PIN, where she has one). L3: that
she is an officer, or of the staff. L4: that another person says it too.

Names of the roster that nobody has come for are strangers here. An officer may do what a member may; nobody may do anything
about a group, a programme or a person that is not hers.

Who is *suspended* loses her vote, new loans and her office, and nothing else: what she saved is hers, so she sees it, objects, pays
what she owes, and says herself that she was paid. Were she a stranger, officers could move her money and nobody would tell her.
*former*: who left the group. For thirty days she sees what she was paid, from the telephone she had; then she is a stranger.

| action | level | about | ${KINDS.join(' | ')} |
|---|---|---|${KINDS.map(() => '---').join('|')}|
${rows.join('\n')}
`;

const target = new URL('../docs/permissions.md', import.meta.url);
if (process.argv.includes('--print')) process.stdout.write(page);
else if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    console.error('docs/permissions.md is not what the table says: run node scripts/permissions.mjs');
    process.exit(1);
  }
} else writeFileSync(target, page);
