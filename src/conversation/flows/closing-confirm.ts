import type { Payout } from '../../domain/closing/close-cycle.ts';
import { asId, type CycleId, type EntryId } from '../../domain/ids.ts';
import { type EntryDraft, type Posting, sound } from '../../domain/ledger/entry.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { asShown, closeQuestion } from './closing-propose.ts';
import { unsettled } from './closing-settled.ts';
import { wayOf } from './closing-way.ts';
import { amount, closedBy, refusalLines, totals } from './closing-words.ts';
import { coverRefused, proposedCovers } from './cover-vote.ts';
import { memberById } from './list-draft.ts';
import { payoutParts } from './payout-parts.ts';

/** An entry is cut after so many postings: the book takes no longer ones. */
const POSTINGS_MAX = 150;

/** The second officer's yes: the book is closed, and each is told what she was paid. */
export const confirmClosing = (turn: OfficerTurn, facts: ClosingFacts, shown: string): StepResult => {
  const { me, group } = turn.speaker;
  const way = wayOf(turn);
  if (!shown.startsWith(`${facts.cycleId}.`) || !facts.proposedBy || !way)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (facts.proposedBy === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  const first = unsettled(turn, facts);
  if (first) return first;
  const closed = closedBy(turn, facts, way);
  if (!closed.ok) return decide(turn, { replies: [reply(refusalLines(turn, closed.refusal))] });
  // Nothing is booked that was not shown: what has changed since is shown before she says yes to it.
  if (shown !== asShown(turn, facts))
    return decide(turn, { replies: [closeQuestion(turn, facts, closed.value)] });
  // A gap of this cycle is no gap of the next: an old button covers nothing of a loan that is lent then.
  if (!turn.speaker.extra.covers) return needs({ type: 'covers' });
  const { payouts, gifts, postings } = closed.value;
  const entries = [...chunks(gifts), ...chunks(postings)].map((part, n) =>
    closingEntry(turn, facts, { postings: part, n }),
  );
  // Who gave hers away finds that in the first entries; what is paid out is in the last.
  const receiptOf = ({ gift }: Payout): bigint =>
    group.book.seq + BigInt(gift < 0n ? chunks(gifts).length : entries.length);
  const events: DomainEvent[] = [
    ...entries.map((entry): DomainEvent => ({ type: 'entry-posted', entry })),
    ...proposedCovers(turn).map((cover) => coverRefused(turn, cover)),
    {
      type: 'cycle-closed',
      cycleId: facts.cycleId,
      next: { id: asId<CycleId>(turn.newId()), starts: todayOf(turn), ends: todayOf(turn).add({ years: 1 }) },
    },
  ];
  const own = payouts.find((payout) => payout.memberId === me.id);
  return decide(turn, {
    events,
    notices: payouts.flatMap((payout) =>
      payoutNotice(turn, payout, { receipt: receiptOf(payout), all: totals(turn, closed.value) }),
    ),
    replies: [
      reply([
        say('closing.done'),
        ...totals(turn, closed.value),
        ...(own ? [payoutText(turn, own, receiptOf(own))] : []),
      ]),
    ],
  });
};

/** Postings by entry. */
export const chunks = (postings: readonly Posting[]): Posting[][] =>
  Array.from({ length: Math.ceil(postings.length / POSTINGS_MAX) }, (_, n) =>
    postings.slice(n * POSTINGS_MAX, (n + 1) * POSTINGS_MAX),
  );

const closingEntry = (
  turn: OfficerTurn,
  facts: ClosingFacts,
  { postings, n }: { readonly postings: readonly Posting[]; readonly n: number },
): EntryDraft =>
  sound({
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    kind: 'closing',
    key: `closing/${facts.cycleId}/${n}`,
    batch: undefined,
    author: facts.proposedBy ?? turn.speaker.me.id,
    witness: turn.speaker.me.id,
    occurredOn: todayOf(turn),
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: undefined,
    reason: undefined,
    postings,
  });

const payoutText = (turn: OfficerTurn, payout: Payout, receipt: bigint): Say => {
  const way = wayOf(turn);
  if (payout.gift < 0n && payout.cash === 0n && typeof way === 'object')
    return say('closing.gave', {
      savings: amount(turn, payout.savings),
      name: memberById(turn, way.winner).name,
      receipt,
    });
  return say('closing.yours', {
    cash: amount(turn, payout.cash),
    parts: payoutParts(payout, turn.speaker.group.currency),
    receipt,
  });
};

const payoutNotice = (
  turn: OfficerTurn,
  payout: Payout,
  { receipt, all }: { readonly receipt: bigint; readonly all: readonly Say[] },
): Notice[] => {
  const member = memberById(turn, payout.memberId);
  if (member.id === turn.speaker.me.id) return [];
  return tell(
    [contactOf(member)],
    'closing',
    reply([say('closing.member'), payoutText(turn, payout, receipt), ...all, say('keep.person')]),
  );
};
