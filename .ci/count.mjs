// Adds up JSON reports of vitest: `node .ci/count.mjs [--skipped] [--failures=N] report.json …` prints
// "N passed, N failed, N skipped" last, with N failures more than the reports tell, and exits 1 when anything failed.
// `--skipped` names what was skipped first. A report that is missing or broken counts as an empty one.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { skipped: { type: 'boolean' }, failures: { type: 'string', default: '0' } },
});

const total = { passed: 0, failed: Number(values.failures), skipped: 0 };
for (const file of positionals) {
  const report = read(file);
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  if (values.skipped) nameSkipped(report);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
}

function nameSkipped({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { fullName } of tests.filter(({ status }) => status === 'pending' || status === 'skipped')) {
    console.log(`skipped: ${fullName}`);
  }
}
