type Aim = {
  /** The method it hits; without it, the next call that is not getUpdates. */
  readonly method?: string;
  /** How many calls it hits; 1 unless told. */
  readonly times?: number;
  /** How many fitting calls go well first; none unless told. */
  readonly after?: number;
};
export type Fault =
  | (Aim & {
      readonly status: number;
      readonly retryAfter?: number;
      readonly description?: string;
      /** Answers with a page, as a proxy in between would. */
      readonly html?: boolean;
    })
  | (Aim & { readonly drop: Drop });
/** The connection breaks before anything was done, or after all was done: the answer alone is lost. */
type Drop = 'before-delivery' | 'after-delivery';

/** Chances between 0 and 1, drawn from `seed`. */
type Rates = {
  readonly seed: number;
  /** The methods hit; without it, all but those that set the bot up. */
  readonly methods?: readonly string[];
  readonly tooMany?: number;
  readonly serverError?: number;
  readonly dropBefore?: number;
  readonly dropAfter?: number;
};

export type Faults = {
  /** Spoils the next fitting call (or the next `times`). Faults wait in line. */
  next(fault: Fault | 'drop-before-delivery' | 'drop-after-delivery'): void;
  /** Spoils calls at random until `clear`; the same seed and calls give the same faults. */
  atRandom(rates: Rates): void;
  clear(): void;
};

const SETTING_UP = new Set(['getMe', 'setWebhook', 'deleteWebhook', 'getWebhookInfo']);

export function faultsInLine(): Faults & { take(method: string): Fault | undefined } {
  const line: { fault: Fault; left: number; pass: number }[] = [];
  let rates: Rates | undefined;
  let draw = drawsOf(0);
  return {
    next(fault) {
      const full: Fault =
        typeof fault === 'string'
          ? { drop: fault === 'drop-before-delivery' ? 'before-delivery' : 'after-delivery' }
          : fault;
      line.push({ fault: full, left: full.times ?? 1, pass: full.after ?? 0 });
    },
    atRandom(wanted) {
      rates = wanted;
      draw = drawsOf(wanted.seed);
    },
    clear() {
      line.length = 0;
      rates = undefined;
    },
    take(method) {
      const first = line.find(({ fault }) => hits(fault, method));
      if (first !== undefined && first.pass > 0) {
        first.pass -= 1;
        return undefined;
      }
      if (first !== undefined) {
        first.left -= 1;
        if (first.left <= 0) line.splice(line.indexOf(first), 1);
        return first.fault;
      }
      return rates === undefined ? undefined : atRandom(rates, method, draw);
    },
  };
}

function hits(fault: Fault, method: string): boolean {
  return fault.method === undefined ? method !== 'getUpdates' : fault.method === method;
}

function atRandom(rates: Rates, method: string, draw: () => number): Fault | undefined {
  const hit = rates.methods?.includes(method) ?? !SETTING_UP.has(method);
  if (!hit) return undefined;
  let chance = draw();
  const choices: readonly [number | undefined, Fault][] = [
    [rates.tooMany, { status: 429, retryAfter: 1 }],
    [rates.serverError, { status: 502 }],
    [rates.dropBefore, { drop: 'before-delivery' }],
    [rates.dropAfter, { drop: 'after-delivery' }],
  ];
  for (const [rate = 0, fault] of choices) {
    if (chance < rate) return fault;
    chance -= rate;
  }
  return undefined;
}

/** Numbers in [0, 1): a multiply-and-shift generator, good enough to choose faults. */
function drawsOf(seed: number): () => number {
  let state = BigInt(seed) * 2n + 1n;
  return () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number(state >> 40n) / 2 ** 24;
  };
}
