import { seeded } from '../seeded.ts';
import { exactly, informed, type Row } from '../table.ts';
import { countOf, kept, settled } from './counts.ts';
import type { PostingEmulator } from './emulator.ts';
import { createPoster } from './post.ts';
import type { ProgramStage } from './stage.ts';

const SEED = 11;
const PEOPLE = 60;
const IN_FLIGHT = 32;
const OK = 200;
const FORBIDDEN = 403;
const SECOND_MS = 1_000;
const TABLES = ['inbox', 'address', 'outbox', 'payment', 'journal_entry'];

/**
 * Posts of people who are in the book, right in everything but the secret. None may be accepted or leave a row. At the
 * end the same post with the secret is taken, so it was the secret alone that was missing.
 */
export const forge = async (stage: ProgramStage<PostingEmulator>, count: number): Promise<Row[]> => {
  const { emulator, url, database } = stage;
  const rows = (): Promise<number[]> => Promise.all(TABLES.map((table) => countOf(database, table)));
  const draw = seeded(SEED);
  const poster = createPoster(IN_FLIGHT);
  const statuses = new Map<number, number>();
  try {
    const before = await rows();
    const began = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        const id = next;
        next += 1;
        const status = await poster.post(url, emulator.posts.forged(id % PEOPLE, id, draw));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    const seconds = (performance.now() - began) / SECOND_MS;
    const after = await rows();
    const written = after.reduce((sum, n, table) => sum + Math.abs(n - (before[table] ?? 0)), 0);
    const right = await poster.post(url, emulator.posts.genuine(0, count, 'saldo'));
    await settled(stage, async () => (await kept(stage)) >= 1);
    return [
      exactly(`${stage.label}: forged posts accepted`, statuses.get(OK) ?? 0, 0),
      exactly('  refused with 403', statuses.get(FORBIDDEN) ?? 0, count),
      exactly(`  rows of ${TABLES.join(', ')} that came or went`, written, 0),
      informed('  refused a second', `${(count / seconds).toFixed(0)}/s (seed ${SEED})`),
      exactly('  afterwards one with the right secret: kept', right === OK ? await kept(stage) : 0, 1),
    ];
  } finally {
    poster.close();
  }
};
