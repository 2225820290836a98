// What a member may take out before the closing: what she is told she may is what is not refused.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '../../src/domain/money.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { freeToWithdraw, withdrawalRefusal } from '../../src/domain/withdrawal.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import { day } from './loan/repaid-loan.ts';

const ON = day('2026-09-08');

const rulesWith = (savings: object, withdrawals: string): GroupRules =>
  rulesOf(constitutionSchema.parse({ product: 'savings-group', savings, withdrawals, cashUnit: '1' }), 'MXN');

const SHARES = rulesWith({ kind: 'shares', sharePrice: '20.00', min: 1, max: 5 }, 'any-meeting');
const FREE = rulesWith({ kind: 'free', weekly: '0.00' }, 'any-meeting');

const whole = fc.bigInt({ min: 0n, max: 500n }).map((pesos) => money(pesos * 100n));

test('what she may take out is not refused, and a peso more is', () => {
  fc.assert(
    fc.property(fc.constantFrom(SHARES, FREE), whole, whole, whole, (rules, saved, onItsWay, cash) => {
      const facts = { member: { saved, loans: [] }, onItsWay, cash };
      const rule = { rules, on: ON };
      const free = freeToWithdraw(facts, rule);
      expect(withdrawalRefusal(free, facts, rule)).toBeUndefined();
      expect(withdrawalRefusal(money(free.minor + 100n), facts, rule)).toEqual({
        type: 'more_than_free',
        free,
      });
    }),
  );
});

test.each([
  // saved, on its way, in the box, she may take
  [SHARES, 300n, 0n, 1000n, 300n],
  [SHARES, 300n, 104n, 1000n, 180n],
  [SHARES, 300n, 0n, 110n, 100n],
  // What a loss left of a share goes with all the rest.
  [SHARES, 293n, 0n, 1000n, 293n],
  [FREE, 300n, 104n, 1000n, 196n],
  [FREE, 50n, 104n, 1000n, 0n],
])('%#: in whole shares, where it is not all of it', (rules, saved, onItsWay, cash, free) => {
  const facts = {
    member: { saved: money(saved * 100n), loans: [] },
    onItsWay: money(onItsWay * 100n),
    cash: money(cash * 100n),
  };
  expect(freeToWithdraw(facts, { rules, on: ON })).toEqual(money(free * 100n));
});

test('nothing is taken out where the rules keep it until the closing', () => {
  const rules = rulesWith({ kind: 'free', weekly: '0.00' }, 'at-closing');
  const facts = { member: { saved: money(10_000n), loans: [] }, onItsWay: money(0n), cash: money(10_000n) };
  expect(withdrawalRefusal(money(100n), facts, { rules, on: ON })).toEqual({ type: 'not_before_closing' });
});
