import * as fc from 'fast-check';
import type { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { asId, type LoanId } from '../../../src/domain/ids.ts';
import { afterRepaying, paidInAdvance, payOff } from '../../../src/domain/loan/repaying.ts';
import { type LoanShare, repay } from '../../../src/domain/loan/share-repayment.ts';
import { isOwing, type LoanStanding, owing } from '../../../src/domain/loan/standing.ts';
import { money } from '../../../src/domain/money.ts';
import { anyLoan, payments } from './any-loan.ts';
import { open } from './repaid-loan.ts';

describe('two loans', () => {
  const other = (loan: LoanStanding): LoanStanding => ({
    ...loan,
    id: asId<LoanId>('00000000-0000-7000-8000-00000000000b'),
  });
  const ahead = (
    loans: readonly LoanStanding[],
    shares: readonly LoanShare[],
    on: Temporal.PlainDate,
  ): bigint => paidInAdvance(loans, shares, on).minor;

  test('who pays exactly what is due of all of them is late with none, and ahead of none', () => {
    fc.assert(
      fc.property(anyLoan, anyLoan, payments, (one, two, pieces) => {
        let loans: readonly LoanStanding[] = [one, other(two)];
        let on = one.terms.disbursed;
        for (const { days, share } of pieces) {
          on = on.add({ days });
          const due = owing(loans, on).dueNow;
          if (due.minor === 0n) continue;
          const shared = repay(loans, due, on);
          if (!shared.ok) throw new Error('refused');
          const paid = afterRepaying(loans, shared.value, on);
          expect(ahead(loans, shared.value, on)).toBe(0n);
          for (const loan of paid) expect(owing([loan], on).dueNow.minor).toBe(0n);
          for (const loan of paid) expect(owing([loan], on.add({ days: 1 })).arrears.minor).toBe(0n);
          // Sometimes she brings less: the next time more of it is late.
          const part = money((due.minor * BigInt(share)) / 100n, due.currency);
          const less = part.minor > 0n ? repay(loans, part, on) : shared;
          if (!less.ok) throw new Error('refused');
          loans = afterRepaying(loans, less.value, on);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('what is above what is due goes ahead on the oldest; two payments of one day leave the same in either order', () => {
    fc.assert(
      fc.property(
        anyLoan,
        anyLoan,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 99 }),
        (one, two, days, cut) => {
          const loans = [one, other(two)];
          const on = one.terms.disbursed.add({ days });
          const due = owing(loans, on).dueNow.minor;
          const whole = payOff(loans, on).total.minor;
          const amount = due + ((whole - due) * BigInt(cut)) / 100n;
          const cutOff = (amount * BigInt(100 - cut)) / 100n;
          if (cutOff === 0n || cutOff === amount) return;
          const after = (standing: readonly LoanStanding[], minor: bigint): LoanStanding[] => {
            const shared = repay(standing, money(minor), on);
            if (!shared.ok) throw new Error('refused');
            return afterRepaying(standing, shared.value, on);
          };
          const [first, second] = after(loans, amount);
          for (const loan of [first, second]) expect(loan && owing([loan], on).dueNow.minor).toBe(0n);
          const near = ([loan]: LoanStanding[]) => loan && owing([loan], on.add({ days: 3 })).dueNow.minor;
          // Of the newer one nothing is ahead while the older one is not paid off.
          const isEnded = first && !isOwing([first]);
          const paid = second && payOff([other(two)], on).total.minor - payOff([second], on).total.minor;
          if (!isEnded) expect(paid! <= near([other(two)])!).toBe(true);
          const halves = after(after(loans, cutOff), amount - cutOff);
          const turned = after(after(loans, amount - cutOff), cutOff);
          expect(halves.map(open)).toEqual(turned.map(open));
        },
      ),
      { numRuns: 100 },
    );
  });
});
