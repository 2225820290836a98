/** Draws that a seed decides, so that a failing run can be drawn again. Never for secrets. */
export type Draws = {
  /** A number from `low` up to, not including, `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  oneOf<Value>(values: readonly Value[]): Value;
};

/** Marsaglia's xorshift with 32 bits of state; equal seeds give equal draws. */
export const drawsFrom = (seed: number): Draws => {
  // A few steps mix small neighbouring seeds, which would begin alike.
  let state = (Math.imul(seed + 1, 0x9e37_79b1) ^ 0x5bd1_e995) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < 8; i += 1) next();
  return {
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    oneOf: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('there is nothing to draw from');
      return value;
    },
  };
};
