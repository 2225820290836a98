import type { CoverDispute, Covers, GivenCover } from '../conversation/cover-facts.ts';
import { asId, type CoverId, type DisputeId, type EntryId, type MemberId } from '../domain/ids.ts';
import type { CoverShare } from '../domain/joint/cover.ts';
import { type Currency, money } from '../domain/money.ts';
import type { Vote } from '../domain/vote.ts';
import type { CoverDisputesJson, CoversJson, GivenJson } from './extra-json.ts';
import { openName } from './open-name.ts';
import { bookedFacts } from './payment-facts.ts';
import type { Secrets } from './secrets.ts';

export const coverFacts = (secrets: Secrets, json: CoversJson, currency: Currency): Covers => ({
  all: json.all.map((cover) => ({
    id: asId<CoverId>(cover.id),
    debtor: asId<MemberId>(cover.debtor),
    gap: money(cover.gap, currency),
    state: cover.state,
    proposedBy: asId<MemberId>(cover.proposedBy),
    votes: voteFacts(cover.votes),
    hands: cover.hands ?? undefined,
    shares: cover.shares.map((share) => shareFacts(share, currency)),
    booked: cover.booked
      ? {
          entryId: asId<EntryId>(cover.booked.entry),
          receipt: cover.booked.receipt,
          isClosed: cover.booked.closed,
          ...bookedFacts(cover.booked),
        }
      : undefined,
  })),
  refunds: json.refunds.map((refund) => ({
    debtor: asId<MemberId>(refund.debtor),
    entryId: asId<EntryId>(refund.entry),
    receipt: refund.receipt,
    kind: refund.kind,
    isClosed: refund.closed,
    ...shareFacts(refund, currency),
  })),
  former: json.former.map((one) => ({ id: asId<MemberId>(one.id), name: openName(secrets, 'member', one) })),
});

export const givenCovers = (secrets: Secrets, json: GivenJson, currency: Currency): GivenCover[] =>
  json.map((given) => ({
    coverId: asId<CoverId>(given.cover),
    receipt: given.receipt,
    amount: money(given.amount, currency),
    debtor: asId<MemberId>(given.debtor.id),
    debtorName: openName(secrets, 'member', given.debtor),
    objection: given.objection === null ? undefined : asId<DisputeId>(given.objection),
    isClosed: given.closed,
  }));

export const coverDisputes = (json: CoverDisputesJson, currency: Currency): CoverDispute[] =>
  json.map((dispute) => ({
    id: asId<DisputeId>(dispute.id),
    memberId: asId<MemberId>(dispute.member),
    coverId: asId<CoverId>(dispute.cover),
    debtor: asId<MemberId>(dispute.debtor),
    receipt: dispute.receipt,
    amount: money(dispute.amount, currency),
  }));

const shareFacts = (
  share: { readonly member: string | null; readonly amount: bigint },
  currency: Currency,
): CoverShare => ({
  by: share.member === null ? 'savings-pot' : asId<MemberId>(share.member),
  amount: money(share.amount, currency),
});

export const voteFacts = (json: readonly { readonly memberId: string; readonly yes: boolean }[]): Vote[] =>
  json.map(({ memberId, yes }) => ({ memberId: asId<MemberId>(memberId), yes }));
