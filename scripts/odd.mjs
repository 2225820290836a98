// Writes docs/odd.md from the signs in src/domain/odd and their words in locales/.
// `node scripts/odd.mjs` after a change to either; `--check` only compares, `--print` only prints.
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { ODD_SIGNS } = await tsImport('../src/domain/odd/signs.ts', import.meta.url);
const textsOf = (language) =>
  JSON.parse(readFileSync(new URL(`../locales/${language}/texts.json`, import.meta.url), 'utf8'));

const table = (language, heads) => {
  const texts = textsOf(language);
  const rows = ODD_SIGNS.map(({ id, times, days, percent }) => {
    const share = percent === 0 ? '–' : `${percent} %`;
    return `| \`${id}\` | ${texts[`odd.${id}`]} | ${times} | ${days} | ${share} | ${texts[`odd.${id}-may`]} |`;
  });
  return `| ${heads.join(' | ')} |\n|---|---|---|---|---|---|\n${rows.join('\n')}`;
};

const page = `# What looks odd

<!-- Written by scripts/odd.mjs from src/domain/odd and locales/; do not edit. -->

Staff write «qué se ve raro», or press it in their menu; operators run \`comadre odd\`. They see groups in which something of the
last three weeks is worth a look, and of each the days and the offices of those who had a hand in it: no name, no member, no order
of who is worse. Each opening is a row of the [record of who did what](privacy.md). On Mondays from nine on staff are told when
something is new: a sign that was told is told again only when it was seen on a later day.

None of it is proof. Two officers who agree with each other can write whatever they agree on; what they cannot do is write it as
groups do that have nothing to hide. Each sign has innocent reasons, which stand beside it, and those who may know them are the
group: it is asked in the meeting, calmly, with all.

- **What is counted** is in SQL, once:
  [20261122001200_odd](../prisma/migrations/20261122001200_odd/migration.sql), by the hour on the wall where the group lives.
- **From how many on** it is worth a look is the table below
  ([signs.ts](../src/domain/odd/signs.ts)): so many times, on so many days at least, and of so many percent of what it is among.
- **What is small is not counted**: a box that is short of less than 20.00 or a hundredth, expenses below three hundredths of
  what is saved, loans to officers below a fifth of it, less than half of a member's savings. Far from a meeting is more than twelve
  hours.
- **How well it sees** is measured: [odd.test.ts](../tests/app/odd.test.ts) plants frauds among honest groups, all of it by
  message, and prints how many were flagged within two weeks and how often an honest group was.
  \`npx tsx bench/odd.ts --weeks 20 --seed 1\` is a longer run of the same.

## Signs

${table('en', ['id', 'what is seen', 'times', 'days', 'of', 'it may be innocent'])}

## Señales

${table('es', ['id', 'qué se ve', 'veces', 'días', 'de', 'puede ser inocente'])}

## What is not here

Loans of officers that were given up, fines of officers that were taken off, closed meetings
that were opened again, and less noted for those who have no telephone are not among the signs yet. That nobody ever objects is none by
itself: so it is in most groups; beside a sign it is said. Who notes and counts by herself, in a group with one officer, shows in none of those that
compare officers.
`;

const target = new URL('../docs/odd.md', import.meta.url);
if (process.argv.includes('--print')) process.stdout.write(page);
else if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    console.error('docs/odd.md is not what src/domain/odd and locales/ say: run node scripts/odd.mjs');
    process.exit(1);
  }
} else writeFileSync(target, page);
