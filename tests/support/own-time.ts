// Time that stands still until everybody waits, and then moves to where the first of them wants to be.

import type { Clock } from '../../src/app/departures.ts';

export type OwnTime = Clock & { run(): Promise<void> };

export const ownTime = (): OwnTime => {
  let now = 1_000_000;
  const waits: { readonly at: number; readonly resolve: () => void }[] = [];
  const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    until: (at) => new Promise((resolve) => waits.push({ at, resolve })),
    run: async () => {
      await quiet();
      while (waits.length > 0) {
        waits.sort((a, b) => a.at - b.at);
        const next = waits.shift();
        now = Math.max(now, next?.at ?? now);
        next?.resolve();
        await quiet();
      }
    },
  };
};
