/** A person asked what the rules forbid. Each `type` has a text in every locale under `refusal.<type>`. */
export type Refused<Refusal extends { readonly type: string }> = {
  readonly ok: false;
  readonly refusal: Refusal;
};

export type Result<Value, Refusal extends { readonly type: string }> =
  | { readonly ok: true; readonly value: Value }
  | Refused<Refusal>;

export const accept = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({
  ok: true,
  value,
});

export const refuse = <const Refusal extends { readonly type: string }>(
  refusal: Refusal,
): Refused<Refusal> => ({ ok: false, refusal });

/** Thrown when we are wrong, never when a person or the network is. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/** Throws `InvariantError` unless `condition` holds. `rule` says the rule, without names or amounts of people. */
export function invariant(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new InvariantError(rule);
}
