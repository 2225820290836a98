import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type OpenInstalment, payPlan } from '../../../src/domain/loan/advance.ts';
import type { ExcessPolicy } from '../../../src/domain/loan/agreed.ts';
import { money } from '../../../src/domain/money.ts';

/** 100.00 each on 16 September, 1 October and 16 October 2023. */
const open = (...parts: readonly bigint[]): OpenInstalment[] =>
  parts.map((minor, k) => ({ date: Temporal.PlainDate.from('2023-09-16').add({ days: 15 * k }), minor }));
const PLAN = open(10_000n, 10_000n, 10_000n);

const paid = (plan: readonly OpenInstalment[], on: string, minor: bigint, policy: ExcessPolicy) => {
  const result = payPlan(plan, { amount: money(minor), on: Temporal.PlainDate.from(on), policy });
  if (!result.ok) throw new Error('more than is owed');
  return result.value;
};

test.each([
  // id, on, amount, policy, parts, late, in advance
  ['A01', '2023-09-16', 15_000n, 'skip-next', [10_000n, 5_000n, 0n], 0n, 5_000n],
  ['A02', '2023-09-16', 15_000n, 'fewer', [10_000n, 0n, 5_000n], 0n, 5_000n],
  ['A03', '2023-09-10', 15_000n, 'fewer', [0n, 5_000n, 10_000n], 0n, 15_000n],
  ['A04', '2023-09-16', 15_000n, 'smaller', [10_000n, 2_500n, 2_500n], 0n, 5_000n],
  ['A05', '2023-09-10', 15_000n, 'smaller', [5_000n, 5_000n, 5_000n], 0n, 15_000n],
  ['A06, first', '2023-09-16', 8_000n, 'smaller', [8_000n, 0n, 0n], 0n, 0n],
  ['A07', '2023-09-20', 15_000n, 'fewer', [10_000n, 0n, 5_000n], 10_000n, 5_000n],
] as const)('%s: on %s %d, to the %s', (...[, on, minor, policy, parts, late, inAdvance]) => {
  expect(paid(PLAN, on, minor, policy)).toEqual({ parts, late, inAdvance });
});

test('A06: what is late is paid first, the rest is spread', () => {
  expect(paid(open(2_000n, 10_000n, 10_000n), '2023-09-20', 18_000n, 'smaller')).toEqual({
    parts: [2_000n, 8_000n, 8_000n],
    late: 2_000n,
    inAdvance: 16_000n,
  });
});

test('W06: 3,100 against ten times 300 is refused, so that 100 is given back', () => {
  const plan = open(...Array.from({ length: 10 }, () => 30_000n));
  const payment = {
    amount: money(310_000n),
    on: Temporal.PlainDate.from('2023-09-16'),
    policy: 'skip-next',
  } as const;
  expect(payPlan(plan, payment)).toEqual({
    ok: false,
    refusal: { type: 'more_than_owed', owed: money(300_000n) },
  });
  expect(paid(plan, '2023-09-16', 300_000n, 'skip-next').parts).toEqual(plan.map(({ minor }) => minor));
});

test('nothing is not a payment', () => {
  const payment = { amount: money(0n), on: Temporal.PlainDate.from('2023-09-16'), policy: 'fewer' } as const;
  expect(() => payPlan(PLAN, payment)).toThrow('a payment is above zero');
});

test('whatever the policy: all of the payment is placed, no instalment gets more than is open', () => {
  const payments = fc.record({
    parts: fc.array(fc.bigInt({ min: 0n, max: 100_000n }), { minLength: 1, maxLength: 30 }),
    share: fc.bigInt({ min: 1n, max: 1000n }),
    day: fc.integer({ min: 0, max: 400 }),
    policy: fc.constantFrom<ExcessPolicy>('skip-next', 'fewer', 'smaller'),
  });
  fc.assert(
    fc.property(payments, ({ parts, share, day, policy }) => {
      const whole = parts.reduce((a, b) => a + b, 0n);
      const minor = (whole * share) / 1000n;
      fc.pre(minor > 0n);
      const on = Temporal.PlainDate.from('2023-09-01').add({ days: day }).toString();
      const result = paid(open(...parts), on, minor, policy);
      expect(result.parts.reduce((a, b) => a + b, 0n)).toBe(minor);
      result.parts.forEach((part, k) => expect(part >= 0n && part <= (parts[k] ?? 0n)).toBe(true));
    }),
    { numRuns: 1_000 },
  );
});
