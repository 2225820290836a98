import type { Sha256 } from '../ledger/chain.ts';
import { invariant } from '../result.ts';

/** Of each hash the first 8 bytes are used, as a whole number below 2^64. */
const HEX_DIGITS_USED = 16;
const HASH_RANGE = 1n << 64n;

/** What everybody may see before the words: it binds the one who keeps the secret, and tells nothing of it. */
export const commitmentTo = (sha256: Sha256, secret: string): string => sha256(secret);

/**
 * sha256(secret|w1|w2|…) as lower-case hex.
 *
 * @param lines the words in the order of the roster, then the dice if any; none holds a bar
 */
export const seedOf = (sha256: Sha256, secret: string, lines: readonly string[]): string =>
  sha256([secret, ...lines].join('|'));

/**
 * The lots in the order in which they are drawn: Fisher-Yates from the last place down to the second. The lot for place
 * i is j = (first 8 bytes of sha256("seed:i:try")) mod (i + 1); a hash from the tail that would favour low numbers is
 * rejected and the next try is hashed.
 *
 * @see X16 of the worked examples: 10 lots come as 6 8 2 9 5 10 4 3 7 1
 */
export const drawOrder = <Lot>(sha256: Sha256, seed: string, lots: readonly Lot[]): Lot[] => {
  const drawn = [...lots];
  for (let i = drawn.length - 1; i > 0; i -= 1) {
    const j = placeBelow(i, (attempt) => sha256(`${seed}:${i}:${attempt}`));
    const [mine, other] = [drawn[i], drawn[j]];
    invariant(mine !== undefined && other !== undefined, 'places of a draw are within it');
    drawn[i] = other;
    drawn[j] = mine;
  }
  return drawn;
};

/** A place from 0 to `last`, each as likely as any other. */
export const placeBelow = (last: number, hashOf: (attempt: number) => string): number => {
  const places = BigInt(last) + 1n;
  const fair = HASH_RANGE - (HASH_RANGE % places);
  for (let attempt = 0; ; attempt += 1) {
    const value = BigInt(`0x${hashOf(attempt).slice(0, HEX_DIGITS_USED)}`);
    if (value < fair) return Number(value % places);
  }
};
