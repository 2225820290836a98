import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../../src/domain/ids.ts';
import { type CoverBy, outstanding, planCover } from '../../src/domain/joint/cover.ts';
import { coverPostings, forgivePostings, refundPostings } from '../../src/domain/joint/postings.ts';
import { planRefund } from '../../src/domain/joint/refund.ts';
import { repay } from '../../src/domain/loan/share-repayment.ts';
import { isOwing, owing } from '../../src/domain/loan/standing.ts';
import { money } from '../../src/domain/money.ts';
import { at, bookRepaid, cash, type Owed, standingsOf, type Village } from './village.ts';
import { mustHold } from './year-book.ts';

/** After the payments: some of what is due and was not given is covered by the others, each way in turn. */
export const coverGaps = (village: Village, on: Temporal.PlainDate): void => {
  for (const debtor of village.members) {
    const loans = standingsOf(village, debtor);
    const gap = loans.length > 0 ? owing(loans, on).dueNow : money(0n);
    if (gap.minor === 0n || village.draw(3) > 0) continue;
    const by = wayOf(village, debtor);
    if (by.kind === 'pot' && cash(village, 'savings-pot') < gap.minor) continue;
    const unit = money(village.rules.cashUnitMinor);
    const cover = planCover({ debtor, gap, by, votePassed: true }, unit);
    if (!cover.ok) {
      mustHold(['not_in_coins', 'cover_by_nobody'].includes(cover.refusal.type), 'a gap may be covered');
      continue;
    }
    const pays = repay(loans, gap, on);
    mustHold(pays.ok, 'what is due may be paid');
    const pot = cash(village, 'savings-pot');
    bookRepaid(village, coverPostings(cover.value, pays.value), on);
    mustHold(
      pot - cash(village, 'savings-pot') === (by.kind === 'pot' ? gap.minor : 0n),
      'the savings pot pays what it was asked for, and nothing else',
    );
    village.owed.set(debtor, outstanding([cover.value, { shares: village.owed.get(debtor) ?? [] }], []));
    village.happened.add(by.kind);
    // Of two loans the older one takes all that is left of it before the newer one gets what is due.
    const isOne = loans.filter((loan) => isOwing([loan])).length === 1;
    const due = owing(standingsOf(village, debtor), on).dueNow.minor;
    mustHold(!isOne || due === 0n, 'a covered gap is paid');
  }
};

const wayOf = (village: Village, debtor: MemberId): CoverBy => {
  const others = village.members.filter((member) => member !== debtor);
  const ways: readonly CoverBy[] = [
    { kind: 'equal', among: others },
    {
      kind: 'pro-rata',
      among: others.map((member) => ({ member, weight: at(village, `savings/${member}`) })),
    },
    { kind: 'pot' },
  ];
  return ways[village.draw(ways.length)] ?? { kind: 'pot' };
};

/** Now and then somebody gives some of it back. */
export const refundSome = (village: Village): void => {
  const { draw, owed, rules } = village;
  for (const [debtor, shares] of owed) {
    if (shares.length === 0 || draw(4) > 0) continue;
    const all = totalOf(shares);
    const part = all / BigInt(1 + draw(4));
    refund(village, debtor, part - (part % rules.cashUnitMinor));
  }
};

const refund = (village: Village, debtor: MemberId, minor: bigint): void => {
  const owed = village.owed.get(debtor) ?? [];
  const back = planRefund(owed, money(minor), money(village.rules.cashUnitMinor));
  if (!back.ok) return;
  const [lenders, before] = [cash(village, 'loan-fund'), totalOf(owed)];
  village.ledger.book(refundPostings(debtor, back.value, 'savings-pot'));
  const left = outstanding([{ shares: owed }], back.value.shares);
  village.owed.set(debtor, left);
  village.happened.add('refund');
  mustHold(before - minor === totalOf(left), 'what is given back is owed no more');
  mustHold(lenders === cash(village, 'loan-fund'), 'what is given back is none of the lender’s');
};

/** At the end of the year all of it is given back, or the group votes that it need not be. */
export const settleCovers = (village: Village): void => {
  for (const [debtor, shares] of village.owed) {
    if (shares.length === 0) continue;
    if (village.draw(4) > 0) {
      refund(village, debtor, totalOf(shares));
      continue;
    }
    village.ledger.book(forgivePostings(debtor, shares));
    village.owed.set(debtor, []);
    village.happened.add('forgiven');
  }
  const open = [...village.owed.values()].flat();
  mustHold(open.length === 0, 'every cover is settled');
};

const totalOf = (shares: Owed): bigint => shares.reduce((all, { amount }) => all + amount.minor, 0n);
