import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import type { Place } from './places.ts';
import { buildProgram } from './program.ts';
import { killRun, type Run } from './run.ts';

export const KILLS = Number(process.env['COMADRE_KILLS'] ?? '12');
export const RUN_MS_MAX = 120_000 + KILLS * 30_000;
const SEED = Number(process.env['COMADRE_KILL_SEED'] ?? randomInt(1_000_000));

/**
 * Kills the program so many times in this place, and expects that it kept its word: nothing acknowledged is lost,
 * nothing is booked twice, the book verifies. COMADRE_KILL_SEED repeats the draws of a run.
 */
export const expectItsWordKept = async (place: Place): Promise<void> => {
  try {
    buildProgram();
    const run = await killRun(place, { kills: KILLS, seed: SEED });
    process.stderr.write(`${summary(run)}\n`);
    const { counts, ...faults } = run.audit;
    const none = Object.fromEntries(Object.keys(faults).map((fault) => [fault, []]));
    expect(faults, `COMADRE_KILL_SEED=${SEED}`).toEqual(none);
    expect(run.duplicates).toBeLessThanOrEqual(counts.leasesLost);
    // The run was worth something: work was done between the kills, and kills fell into the middle of it.
    expect(counts.acknowledged).toBeGreaterThan(KILLS);
    expect(run.doubts).toBeGreaterThan(KILLS / 4);
  } finally {
    await place.remove();
  }
};

const summary = ({ audit: { counts }, ...run }: Run): string => {
  const starts = run.startsMs.toSorted((a, b) => a - b).map((ms) => Math.round(ms));
  return [
    `seed ${SEED}: ${run.kills} kills, ${counts.booked} payments booked in ${run.lists} lists and by report`,
    `${counts.acknowledged} acknowledged, ${counts.inDoubtBooked + counts.inDoubtNot} in doubt (${counts.inDoubtBooked} booked)`,
    `${run.doubts} messages sent again or given up, ${counts.leasesLost} leases lost, ${run.duplicates} messages twice`,
    `start ${starts[Math.floor(starts.length / 2)]} ms, at most ${starts.at(-1)} ms`,
  ].join('; ');
};
