import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../ids.ts';
import type { Posting } from '../ledger/entry.ts';
import { AMOUNT_MINOR_MAX } from '../money.ts';
import { accept, invariant, type Result } from '../result.ts';
import type { GroupRules } from '../rules.ts';
import { type Closed, type ClosingMember, type ClosingRefusal, closeCycle } from './close-cycle.ts';
import type { ClosingBook } from './pool.ts';

/**
 * Closes a cycle whose savings pot goes to one member by lots. The others' savings become hers, one posting each, as
 * the gift the group agreed on; then the cycle is closed as any other, and all of it is hers. Afterwards every account
 * of members, of interest and of earnings is zero. Refused as `closeCycle` refuses; a debt to the group's own fund is
 * paid before, for the debtor's savings are given away. Throws when `winner` is not one of the members.
 *
 * @see A5 of savings-domain.md: a savings pot returned by lots
 */
export const closeByLots = (
  members: readonly ClosingMember[],
  book: ClosingBook,
  how: { readonly rules: GroupRules; readonly winner: MemberId; readonly on: Temporal.PlainDate },
): Result<Closed, ClosingRefusal> => {
  const { rules, winner, on } = how;
  invariant(
    members.some(({ id }) => id === winner),
    'who won the draw is a member of the group',
  );
  const given = new Map(members.map(({ id, saved }) => [id, id === winner ? 0n : saved]));
  const left = [...given.values()].reduce((all, minor) => all + minor, 0n);
  const giftOf = (id: MemberId): bigint => (id === winner ? left : -(given.get(id) ?? 0n));
  const after = members.map((member) => ({ ...member, saved: member.saved + giftOf(member.id) }));
  const closed = closeCycle(after, book, { rules, method: 'pro-rata', on });
  if (!closed.ok) return closed;
  return accept({
    ...closed.value,
    payouts: closed.value.payouts.map((payout) => {
      const gift = giftOf(payout.memberId);
      return { ...payout, savings: payout.savings - gift, gift };
    }),
    gifts: [...given].flatMap(([id, minor]) =>
      minor > 0n
        ? [{ debit: `savings/${id}`, credit: `savings/${winner}`, amountMinor: minor } as const]
        : [],
    ),
    postings: closed.value.postings.flatMap(withinCap),
  });
};

/** One posting has a cap; a whole pot that goes to one member may be more. */
const withinCap = (posting: Posting): Posting[] => {
  const parts: Posting[] = [];
  for (let rest = posting.amountMinor; rest > 0n; rest -= AMOUNT_MINOR_MAX) {
    parts.push({ ...posting, amountMinor: rest < AMOUNT_MINOR_MAX ? rest : AMOUNT_MINOR_MAX });
  }
  return parts;
};
