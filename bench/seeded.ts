/** Numbers from 0 up to 1 that are the same in every run: mulberry32, good enough to spread load. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** One of `all`, drawn. @throws RangeError when there is none */
export const drawn = <Value>(all: readonly Value[], draw: () => number): Value => {
  const value = all[Math.floor(draw() * all.length)];
  if (value === undefined) throw new RangeError('nothing to draw from');
  return value;
};
