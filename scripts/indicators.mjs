// Writes docs/indicators.md from the indicators in src/domain/indicators and their words in locales/.
// `node scripts/indicators.mjs` after a change to either; `--check` only compares, `--print` only prints.
import { readFileSync, writeFileSync } from 'node:fs';
import { tsImport } from 'tsx/esm/api';

const { INDICATORS } = await tsImport('../src/domain/indicators/definitions.ts', import.meta.url);
const { CELL_PEOPLE_MIN } = await tsImport('../src/domain/indicators/figures.ts', import.meta.url);
const { loadIndicatorWords } = await tsImport('../src/app/indicator-words.ts', import.meta.url);
const words = loadIndicatorWords(new URL('../locales/', import.meta.url));

const table = (
  language,
  [number, indicator, unit, counts],
) => `| ${number} | ${indicator} | ${unit} | ${counts} |
|---|---|---|---|
${INDICATORS.map(({ id, unit: of }) => {
  const { name, definition } = words[language][id];
  return `| \`${id}\` | ${name} | ${of} | ${definition} |`;
}).join('\n')}`;

const page = `# Indicators

<!-- Written by scripts/indicators.mjs from src/domain/indicators and locales/; do not edit. -->

\`comadre indicators\` works these out of the book and gives each with its definition, its numerator and its denominator.
Money is in the group's currency, hours in hundredths, percentages are rounded half up to two decimals. The value is empty
when there is nothing to divide by.

- **The day.** \`--on 2026-11-22\` is the book as it stood at the end of that day; without it, today where each group lives.
  What the book keeps no past of is as it is now: who is suspended, and its rules.
- **This cycle** is the one that runs on the day. Before a group's book began its money is only known as balances, so weeks and
  instalments are counted from then on.
- **Several groups** are added up above and below the line, and divided once. Of a median all values are taken together.
- **Reversed payments** never were, from the day of their reversal on.
- **In SQL** are all sums, in two statements for all groups
  ([indicator-sql.ts](../src/store/indicator-sql.ts)). Days late and paying on time need each loan's plan: they are worked out
  in [loan-record.ts](../src/domain/indicators/loan-record.ts) from the loan's terms and what the book says came in, day by
  day, and then added up. Up to 0.50 missing is not late.
- **Privacy.** No figure is by person. In a programme's table a figure about fewer than ${CELL_PEOPLE_MIN} people is withheld, and with it
  as many others as keep it from being reckoned out of the sum; arrears, loans and the use of the fund are about borrowers,
  paying on time is about those who had to pay, the rest is about members. A group's own report (\`--group\`) withholds
  nothing: give it to that group only.

## Definitions

${table('en', ['id', 'indicator', 'unit', 'what it counts'])}

## Definiciones

${table('es', ['id', 'indicador', 'unidad', 'qué cuenta'])}

## What is not here

Loans written off as a share of loans, what reminders and lessons do, and the cost per member are not among them yet.
`;

const target = new URL('../docs/indicators.md', import.meta.url);
if (process.argv.includes('--print')) process.stdout.write(page);
else if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    console.error('docs/indicators.md is not what the definitions say: run node scripts/indicators.mjs');
    process.exit(1);
  }
} else writeFileSync(target, page);
