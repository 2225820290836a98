import type { MemberId } from '../../domain/ids.ts';
import { type CoverShare, outstanding } from '../../domain/joint/cover.ts';
import type { Covers } from '../cover-facts.ts';

/** What each who covered a member is still owed by her. */
export const owedTo = (covers: Covers, debtorId: MemberId): CoverShare[] =>
  outstanding(
    covers.all.filter((cover) => cover.state === 'booked' && cover.debtor === debtorId),
    covers.refunds.filter((refund) => refund.debtor === debtorId),
  );
