import type { DomainEvent } from '../conversation/domain-event.ts';
import type { CoverShare } from '../domain/joint/cover.ts';

/** Covers proposed, decided and paid back, as commit_covers takes them. */
export const coversJson = (events: readonly DomainEvent[]): { covers?: object } => {
  const proposed = events.flatMap((event) => (event.type === 'cover-proposed' ? [event.cover] : []));
  const steps = events.flatMap((event) => (event.type === 'cover-moved' ? [event] : []));
  const refunds = events.flatMap((event) => (event.type === 'cover-refunded' ? [event] : []));
  if (proposed.length + steps.length + refunds.length === 0) return {};
  return {
    covers: {
      proposed: proposed.map(({ id, debtor, gap, by, proposedBy }) => ({
        id,
        debtor,
        gap: gap.minor.toString(),
        kind: by,
        by: proposedBy,
      })),
      shares: proposed.flatMap(({ id, shares }) =>
        shares.map((share, n) => ({ cover: id, n, ...shareJson(share) })),
      ),
      steps: steps.map(({ id, state, witness, entryId }) => ({ id, state, witness, entry: entryId })),
      refunds: refunds.flatMap(({ debtor, entryId, shares }) =>
        shares.map((share, n) => ({ entry: entryId, n, debtor, ...shareJson(share) })),
      ),
    },
  };
};

/** No member: the savings pot. */
const shareJson = ({ by, amount }: CoverShare) => ({
  member: by === 'savings-pot' ? undefined : by,
  amount: amount.minor.toString(),
});
