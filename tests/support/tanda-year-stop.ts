import { forgivePostings, refundPostings } from '../../src/domain/joint/postings.ts';
import { planRefund } from '../../src/domain/joint/refund.ts';
import { type Money, money, sum } from '../../src/domain/money.ts';
import { heldPostings } from '../../src/domain/tanda/postings.ts';
import {
  debtPostings,
  owedIfStopped,
  type StoppedTanda,
  settleStopped,
} from '../../src/domain/tanda/stopped.ts';
import { type Going, idOf, numbersOf } from './tanda-going.ts';
import { mustHold } from './year-book.ts';

/** Two officers end it early: the box goes back at once, and each debt is given back in parts, or forgiven. */
export const stopTanda = (going: Going): void => {
  const { running, rules, ledger, happened } = going;
  happened.add('stop');
  const settled = settleStopped(running, rules.cashUnitMinor);
  for (const number of numbersOf(running)) {
    const minor = (parts: readonly { readonly number: number; readonly amount: Money }[]): bigint =>
      sum(parts.filter((part) => part.number === number).map(({ amount }) => amount)).minor;
    const owes = settled.debts.find((debt) => debt.number === number)?.owes.minor ?? 0n;
    const gets = minor(settled.back) + minor(settled.debts.flatMap(({ shares }) => shares));
    mustHold(gets - owes === owedIfStopped(running, number), 'each gets or owes what she is owed');
  }
  ledger.book(heldPostings(running.held, idOf));
  for (const debt of settled.debts) {
    happened.add('debt');
    ledger.book(debtPostings(debt, idOf));
    giveBack(going, debt);
  }
};

const giveBack = ({ rules, ledger, draw, happened }: Going, debt: StoppedTanda['debts'][number]): void => {
  let owed = debt.shares.map(({ number, amount }) => ({ by: idOf(number), amount }));
  for (let left = debt.owes; left.minor > 0n; ) {
    if (draw(6) === 0) {
      ledger.book(forgivePostings(idOf(debt.number), owed));
      happened.add('forgiven');
      break;
    }
    const part = (left.minor / rules.cashUnitMinor / BigInt(1 + draw(3))) * rules.cashUnitMinor;
    const refund = planRefund(owed, money(part > 0n ? part : left.minor), money(rules.cashUnitMinor));
    mustHold(refund.ok, 'what she owes she may give back');
    ledger.book(refundPostings(idOf(debt.number), refund.value, 'savings-pot'));
    left = refund.value.stillOwed;
    owed = owed.map(({ by, amount }) => {
      const back = refund.value.shares.find((share) => share.by === by)?.amount.minor ?? 0n;
      return { by, amount: money(amount.minor - back) };
    });
  }
};
