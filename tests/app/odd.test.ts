// What looks odd in groups: frauds that are planted among honest groups, all of it by message, and what staff are shown.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { ODD_SIGNS } from '../../src/domain/odd/signs.ts';
import { FRAUDS } from '../support/odd-frauds.ts';
import { type OddRun, oddLine, runOdd } from '../support/odd-run.ts';

test('docs/odd.md says what the signs say', () => {
  const script = fileURLToPath(new URL('../../scripts/odd.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});

const seed = Number(process.env['COMADRE_SEED'] ?? 20_261_122);

describe('planted among honest groups', () => {
  let run: OddRun;
  beforeAll(async () => {
    run = await runOdd({ seed, honest: 8, weeks: 7 });
    process.stdout.write(`${oddLine(seed, run)}\n`);
  }, 600_000);

  test('nine of ten frauds are flagged within two weeks', () => {
    const missed = run.caught.filter(({ findings }) => findings.length === 0).map(({ fraud }) => fraud.name);
    expect(FRAUDS.length).toBeGreaterThanOrEqual(20);
    expect([missed, missed.length * 10 <= FRAUDS.length]).toEqual([missed, true]);
  });

  test('honest groups are flagged at most once in a hundred weeks', () => {
    expect(run.groupWeeks).toBeGreaterThanOrEqual(100);
    expect([run.falseFlags, run.falseFlags.length * 100 <= run.groupWeeks]).toEqual([run.falseFlags, true]);
  });

  test('without its sign no fraud is seen, and each sign sees one', () => {
    const otherwise = run.caught.flatMap(({ fraud, findings }) =>
      findings.filter(({ sign }) => sign !== fraud.sign).map(({ sign }) => [fraud.name, sign]),
    );
    expect(otherwise).toEqual([]);
    const seen = run.caught.flatMap(({ findings }) => findings.map(({ sign }) => sign));
    expect(ODD_SIGNS.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
  });
});
