import { Temporal } from 'temporal-polyfill';
import type { Pot } from './ledger/account.ts';
import { type Money, money } from './money.ts';

/** By how much a box grew on one day, in minor units; below zero where more left it than came in. At most one of a box and day. */
export type BoxMove = { readonly pot: Pot; readonly on: Temporal.PlainDate; readonly delta: bigint };

/**
 * What a box held when a day of the past was over, and the least it held at the end of that day or any later one. So much may leave
 * it on that day, written down later, without the book ever being short of it.
 *
 * @param now what it holds today
 * @param moves of the box, at least all after that day; those of it and before are left out
 */
export const boxFrom = (
  now: Money,
  moves: readonly BoxMove[],
  day: Temporal.PlainDate,
): { readonly held: Money; readonly least: Money } => {
  const after = moves
    .filter(({ on }) => Temporal.PlainDate.compare(on, day) > 0)
    .toSorted((a, b) => Temporal.PlainDate.compare(b.on, a.on));
  let held = now.minor;
  let least = held;
  for (const { delta } of after) {
    held -= delta;
    if (held < least) least = held;
  }
  return { held: money(held, now.currency), least: money(least, now.currency) };
};
