import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** What OWASP gives for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. 2 is argon2id. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each takes 19 MiB and a core for a moment: more at once would let somebody who guesses slow down everybody. */
const AT_ONCE_MAX = 2;

let running = 0;
const queue: (() => void)[] = [];

const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (running >= AT_ONCE_MAX) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // Whoever waits takes the place over.
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
};

/** argon2id of the keyed digest of a PIN, with a salt of its own. The digest is text: verify reads bytes as UTF-8. */
export const hashPin = async (digest: string): Promise<string> => await inTurn(() => hash(digest, COST));

/** The hash of nothing that anybody can type: it costs as much to look at as any other. */
export const hashNothing = async (): Promise<string> => await hashPin(randomBytes(32).toString('hex'));

export const isPin = async (hashed: string, digest: string): Promise<boolean> =>
  await inTurn(() => verify(hashed, digest));
