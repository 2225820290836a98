// Honest groups and planted frauds side by side, week after week, looked at on each Saturday as staff are told of it.

import { isNews, lastDay, type OddEvidence, type OddSignId } from '../../src/domain/odd/signs.ts';
import { readOdd } from '../../src/store/odd.ts';
import { drawing } from './drawing.ts';
import { FRAUDS, type Fraud } from './odd-frauds.ts';
import { goTo, honestWeek, openTown, type Town } from './odd-town.ts';
import type { Scene } from './scene.ts';

/** Weeks before a fraud begins, and for how long it goes on. */
const BEFORE = 2;
const GOES_ON = 2;

type Caught = {
  readonly fraud: Fraud;
  /** What was found in its group once it had begun. */
  readonly findings: readonly OddEvidence[];
};

export type OddRun = {
  readonly caught: readonly Caught[];
  readonly groupWeeks: number;
  /** What was new in an honest group, once for each time that staff would have been told. */
  readonly falseFlags: readonly { readonly group: string; readonly week: number; readonly sign: OddSignId }[];
};

/** @param honest so many groups for so many weeks, besides the first weeks of those in which a fraud begins */
export const runOdd = async ({
  seed,
  honest,
  weeks,
}: {
  readonly seed: number;
  readonly honest: number;
  readonly weeks: number;
}): Promise<OddRun> => {
  const { scene, towns } = await openTown(FRAUDS.length + honest);
  try {
    const planted = towns.slice(0, FRAUDS.length).map((town, n) => ({ town, fraud: FRAUDS[n] }));
    // Each of its own, so that one fraud more changes nothing for the others.
    const draws = new Map(
      towns.map((town, n) => [
        town,
        drawing(seed + (n < FRAUDS.length ? n : 1000 + n - FRAUDS.length) * 104_729),
      ]),
    );
    const told = new Map<string, ReturnType<typeof lastDay>>();
    const caught = new Map<string, OddEvidence[]>();
    const falseFlags: OddRun['falseFlags'][number][] = [];
    let groupWeeks = 0;
    for (let week = 0; week < Math.max(weeks, BEFORE + GOES_ON); week += 1) {
      const isHonest = (town: Town): boolean =>
        planted.every((one) => one.town !== town) ? week < weeks : week < BEFORE;
      for (const town of towns) {
        const fraud = planted.find((one) => one.town === town)?.fraud;
        const draw = draws.get(town);
        if (draw && isHonest(town)) await honestWeek(scene, town, { week, draw });
        else if (fraud && week < BEFORE + GOES_ON) await fraud.week(scene, town, week);
        if (isHonest(town)) groupWeeks += 1;
      }
      for (const { town, seen } of await saturday(scene, towns, week)) {
        const key = `${town.groupId}/${seen.sign}`;
        if (!isHonest(town)) caught.set(town.groupId, [...(caught.get(town.groupId) ?? []), seen]);
        else if (isNews(seen, told.get(key))) falseFlags.push({ group: town.name, week, sign: seen.sign });
        told.set(key, lastDay(seen));
      }
    }
    return {
      caught: planted.flatMap(({ town, fraud }) =>
        fraud ? [{ fraud, findings: caught.get(town.groupId) ?? [] }] : [],
      ),
      groupWeeks,
      falseFlags,
    };
  } finally {
    await scene.close();
  }
};

const saturday = async (scene: Scene, towns: readonly Town[], week: number) => {
  goTo(scene, week, [6, '09:00']);
  const odd = await readOdd(scene.world.store, {
    groupIds: towns.map(({ groupId }) => groupId),
    since: undefined,
    now: scene.world.now,
  });
  return odd.flatMap(({ groupId, findings }) => {
    const town = towns.find((one) => one.groupId === groupId);
    return town ? findings.map((seen) => ({ town, seen })) : [];
  });
};

/** The figures of a run in one line. */
export const oddLine = (seed: number, { caught, groupWeeks, falseFlags }: OddRun): string => {
  const flagged = caught.filter(({ findings }) => findings.length > 0).length;
  const per100 = ((falseFlags.length * 100) / groupWeeks).toFixed(2);
  return `seed ${seed}: ${flagged} of ${caught.length} frauds flagged within ${GOES_ON} weeks; ${falseFlags.length} false flags in ${groupWeeks} group-weeks, ${per100} per 100`;
};
