import type { Api } from 'grammy';

type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;

/**
 * Node's own AbortSignal as grammY's types want it. They name a polyfill's class; at run time grammY only listens to
 * "abort", which every AbortSignal offers.
 */
export function grammySignal(signal: unknown): GrammySignal {
  if (isGrammySignal(signal)) return signal;
  throw new TypeError('not an AbortSignal');
}

/** Gives a call up after `ms`: what then became of it nobody knows. */
export function timeLimit(ms: number): GrammySignal {
  return grammySignal(AbortSignal.timeout(ms));
}

function isGrammySignal(signal: unknown): signal is GrammySignal {
  return signal instanceof AbortSignal;
}
