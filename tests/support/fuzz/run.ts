// Draws inputs and reads them; keeps what threw, and what took longest.

import { seeded } from '../../../bench/seeded.ts';
import { fuzzTargets, type Target } from './targets.ts';

export type Slow = { readonly target: string; readonly ms: number; readonly input: string };

export type Fuzzed = {
  readonly runs: ReadonlyMap<string, number>;
  /** Each names its target and its input, so that it can be tried again. */
  readonly faults: readonly string[];
  /** The longest, the longest first; each the shortest of several tries, since other work on the machine is not its fault. */
  readonly slowest: readonly Slow[];
};

/** What is sooner done is not looked at again. */
const LOOK_AGAIN_MS = 8;
const TRIES = 4;
/** What seems nearly too long is looked at until a moment comes in which the machine does nothing else. */
const NEARLY_TOO_LONG_MS = 15;
const TRIES_MAX = 40;
const SLOWEST_SHOWN = 8;
const INPUT_CHARS_SHOWN = 400;

/** Reads `runs` inputs drawn with `seed`: the same again for the same seed. */
export const fuzzAll = (runs: number, seed: number): Fuzzed => {
  const targets = fuzzTargets().flatMap((target) => Array<Target>(target.weight).fill(target));
  const draw = seeded(seed);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  let slowest: Slow[] = [];
  for (let run = 0; run < runs; run += 1) {
    const target = targets[Math.floor(draw() * targets.length)];
    if (!target) continue;
    const input = target.make(draw) as never;
    counts.set(target.name, (counts.get(target.name) ?? 0) + 1);
    try {
      const ms = msOf(target, input);
      if (ms > (slowest.at(-1)?.ms ?? 0) || slowest.length < SLOWEST_SHOWN) {
        slowest.push({ target: target.name, ms, input: shown(input) });
        slowest = slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_SHOWN);
      }
    } catch (error) {
      faults.push(`${target.name}: ${error instanceof Error ? error.stack : String(error)}: ${shown(input)}`);
    }
  }
  if (Object.hasOwn(Object.prototype, 'x')) faults.push('what all objects share was changed');
  return { runs: counts, faults, slowest };
};

const msOf = ({ read }: Target, input: never): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < (least > NEARLY_TOO_LONG_MS ? TRIES_MAX : TRIES); tries += 1) {
    const begun = performance.now();
    read(input);
    least = Math.min(least, performance.now() - begun);
    if (least < LOOK_AGAIN_MS) break;
  }
  return least;
};

const shown = (input: unknown): string =>
  (input instanceof Uint8Array
    ? Buffer.from(input).toString('hex')
    : (JSON.stringify(input) ?? 'undefined')
  ).slice(0, INPUT_CHARS_SHOWN);
