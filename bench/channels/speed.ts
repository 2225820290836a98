import { setTimeout } from 'node:timers/promises';
import { drawn, seeded } from '../seeded.ts';
import { atMost, exactly, informed, latencyOf, load, type Row } from '../table.ts';
import { kept, openChats, processorSeconds } from './counts.ts';
import type { PostingEmulator } from './emulator.ts';
import { createPoster, type Poster } from './post.ts';
import type { ProgramStage } from './stage.ts';

const SEED = 7;
const PER_SECOND = 150;
/** So many that nobody drawn at random writes more than the twenty messages a minute that one may. */
export const PRESSING = 600;
const CONNECTIONS = 64;
const WARM_UP_SECONDS = 2;
const OK = 200;
const SECOND_MS = 1_000;

/**
 * Posts of people chosen at random, at an even rate, whether or not the ones before were answered. A post's time runs
 * from the moment it was due, so that one that waits for another is not flattered. 200 says that the message is safe.
 */
export const acknowledge = async (stage: ProgramStage<PostingEmulator>, seconds: number): Promise<Row[]> => {
  // Everybody has opened her chat, and the program has answered a question.
  await openChats(stage, PRESSING);
  const poster = createPoster(CONNECTIONS);
  try {
    await press(stage, poster, { first: 0, count: WARM_UP_SECONDS * PER_SECOND });
    const before = await kept(stage);
    const usedBefore = await processorSeconds(stage);
    const count = seconds * PER_SECOND;
    const { times, statuses } = await press(stage, poster, { first: WARM_UP_SECONDS * PER_SECOND, count });
    const usedMs = ((await processorSeconds(stage)) - usedBefore) * SECOND_MS;
    const { p50Ms, p99Ms } = latencyOf(times);
    return [
      atMost(`${stage.label}: acknowledged, ${PER_SECOND} a second for ${seconds} s: p99`, p99Ms, {
        target: 100,
        unit: ' ms',
        digits: 1,
      }),
      informed('  p50', `${p50Ms.toFixed(1)} ms (seed ${SEED}; ${load()})`),
      informed("  the program's processor time for each", `${(usedMs / count).toFixed(2)} ms`),
      exactly('  acknowledged with 200', statuses.filter((status) => status === OK).length, count),
      exactly('  kept in the inbox', (await kept(stage)) - before, count),
    ];
  } finally {
    poster.close();
  }
};

type Loaded = { readonly times: readonly number[]; readonly statuses: readonly number[] };

const press = async (
  { emulator, url }: ProgramStage<PostingEmulator>,
  poster: Poster,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<Loaded> => {
  const draw = seeded(SEED + first);
  const people = Array.from({ length: PRESSING }, (_, n) => n);
  const times: number[] = [];
  const began = performance.now();
  const all = Array.from({ length: count }, async (_, n) => {
    const due = began + (n * SECOND_MS) / PER_SECOND;
    const post = emulator.posts.genuine(drawn(people, draw), first + n, 'saldo');
    await setTimeout(due - performance.now());
    const status = await poster.post(url, post);
    times.push(performance.now() - due);
    return status;
  });
  return { statuses: await Promise.all(all), times };
};
