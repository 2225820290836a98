import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../ids.ts';
import { accept, type Result } from '../result.ts';
import type { GroupRules } from '../rules.ts';
import { type ClosingMember, type ClosingRefusal, closeCycle } from './close-cycle.ts';
import type { ClosingBook } from './pool.ts';
import type { ShareOutMethod } from './share-out.ts';

/** What the group's book holds when somebody leaves: all members in the order of their numbers, and what was earned. */
export type LeavingBook = { readonly members: readonly ClosingMember[]; readonly book: ClosingBook };

/**
 * Her part of what the group has earned so far, in minor units; negative where it has made a loss. It is what the closing
 * would give her today, in the same whole coins, if nobody else owed anything: interest of others counts when it was
 * paid. What no coin can pay stays with the group.
 *
 * @see A1.9 with the share-out of A1.10 to A1.13
 */
export const partOfEarnings = (
  leaver: MemberId,
  { members, book }: LeavingBook,
  how: { readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<bigint, Extract<ClosingRefusal, { type: 'owes_more' }>> => {
  const onlyHers = members.map((member) => (member.id === leaver ? member : { ...member, loans: [] }));
  const closed = closeCycle(onlyHers, book, { ...how, method: methodOf(how.rules) });
  if (closed.ok) {
    return accept(closed.value.payouts.find(({ memberId }) => memberId === leaver)?.gain ?? 0n);
  }
  if (closed.refusal.type === 'owes_more') return { ok: false, refusal: closed.refusal };
  // There is nothing to share out: nobody has saved, or all that was saved is lost.
  return accept(-(members.find(({ id }) => id === leaver)?.saved ?? 0n));
};

/** A pot that goes to one by lots, or stays a pool, is earned together: each by what she saved. */
export const methodOf = ({ closing }: GroupRules): ShareOutMethod =>
  closing === 'lots' || closing === 'annual-pool' ? 'pro-rata' : closing;
