/** What goes wrong with a call. `drop`: the connection breaks before anything was done, or after all was. */
export type Fault = {
  /** The end of the path it hits: `messages`, `media`, … Without it, any call. */
  readonly on?: string;
  /** How many fitting calls go well first. */
  readonly after?: number;
} & (
  | {
      readonly status: number;
      readonly code?: number;
      readonly retryAfter?: string;
      readonly message?: string;
      readonly html?: boolean;
    }
  | { readonly drop: 'before' | 'after' }
);

export type Faults = {
  /** Spoils the next fitting call. Faults wait in line. */
  next(fault: Fault): void;
  /** Spoils one call in so many, by turns, until it is called with nothing. */
  every(calls?: number, fault?: Fault): void;
};

export function faultsInLine(): Faults & { take(path: string): Fault | undefined } {
  const line: { readonly fault: Fault; pass: number }[] = [];
  let regular: { readonly calls: number; readonly fault: Fault; seen: number } | undefined;
  const hits = ({ on }: Fault, path: string): boolean => on === undefined || path.endsWith(`/${on}`);
  return {
    next: (fault) => void line.push({ fault, pass: fault.after ?? 0 }),
    every(calls, fault) {
      regular = calls === undefined || fault === undefined ? undefined : { calls, fault, seen: 0 };
    },
    take(path) {
      const first = line.find(({ fault }) => hits(fault, path));
      if (first !== undefined && first.pass > 0) first.pass -= 1;
      else if (first !== undefined) {
        line.splice(line.indexOf(first), 1);
        return first.fault;
      }
      if (regular === undefined || !hits(regular.fault, path)) return undefined;
      regular.seen += 1;
      return regular.seen % regular.calls === 0 ? regular.fault : undefined;
    },
  };
}
