import { isId, type MemberId } from '../../domain/ids.ts';
import { refundPostings } from '../../domain/joint/postings.ts';
import { planRefund, type Refund, type RefundRefusal } from '../../domain/joint/refund.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { reversed } from '../../domain/ledger/entry.ts';
import { money, sum } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { CoverRefund } from '../cover-facts.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { reply, say } from '../say.ts';
import type { Change, SecondWord } from '../second-word.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf, toCoverer, told } from './cover-book.ts';
import { owedTo } from './cover-owed.ts';
import { currency } from './cover-plan.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { askSecond } from './second-ask.ts';
import { beyondUs } from './take-back.ts';

/** In a tanda that was stopped she gives what she still had to give, to those who did not receive. */
export const isTanda = ({ speaker }: OfficerTurn): boolean => speaker.group.tanda !== undefined;

/** How what she brings is shared among those who covered her; undefined while the covers are not known. */
export const refundOf = (
  turn: OfficerTurn,
  debtorId: MemberId,
  minor: bigint,
): Result<Refund, RefundRefusal> | undefined => {
  const { extra, group } = turn.speaker;
  if (!extra.covers) return undefined;
  const unit = money(group.rules.cashUnitMinor, group.currency);
  return planRefund(owedTo(extra.covers, debtorId), money(minor, group.currency), unit);
};

type Booked = {
  readonly debtor: MemberFacts;
  readonly refund: Refund;
  /** The officer who stated it first. */
  readonly author: MemberId;
  readonly key: string;
  readonly events: readonly DomainEvent[];
};

/** In the book, with a receipt for her and for each who got some of it back. */
export const bookRefund = (
  turn: OfficerTurn,
  { debtor, refund, author, key, events }: Booked,
): StepResult => {
  const { group } = turn.speaker;
  const entry = decidedEntry(turn, {
    kind: 'refund',
    key: `refund/${key}`,
    author,
    postings: refundPostings(debtor.id, refund, potFor(group.rules, 'savings')),
  });
  const receipt = group.book.seq + 1n;
  const amount = totalOf(turn, refund.shares);
  const inTanda = isTanda(turn);
  return decide(turn, {
    events: [
      ...events,
      { type: 'entry-posted', entry },
      { type: 'cover-refunded', debtor: debtor.id, entryId: entry.id, shares: refund.shares },
    ],
    notices: [
      ...told(debtor, [
        say(inTanda ? 'cover.back-debtor-tanda' : 'cover.back-debtor', { amount, receipt }),
        say('keep.person'),
      ]),
      ...refund.shares.flatMap((share) =>
        toCoverer(
          turn,
          share,
          say(inTanda ? 'cover.back-coverer-tanda' : 'cover.back-coverer', { amount: share.amount, receipt }),
        ),
      ),
    ],
    replies: [reply([say('cover.back-done', { receipt })])],
  });
};

const totalOf = (turn: OfficerTurn, shares: Refund['shares']) =>
  sum(
    shares.map(({ amount }) => amount),
    currency(turn),
  );

type Word<Kind> = SecondWord<ReceiptFacts> & {
  readonly change: Extract<Change<never>, { readonly kind: Kind }>;
};
type Moved = (state: 'done' | 'refused') => DomainEvent;

/** The second officer says that she gave it back: shared out as it is owed now. */
export const refundSaid = (turn: OfficerTurn, word: Word<'refund'>, moved: Moved): StepResult => {
  const planned = refundOf(turn, word.change.memberId, word.change.amount.minor);
  if (planned === undefined) return needs({ type: 'covers' });
  const debtor = memberOf(turn, word.change.memberId);
  if (!planned.ok || !debtor)
    return decide(turn, {
      events: [moved('refused')],
      replies: [reply([planned.ok ? say('out.changed') : coverRefusalText(planned.refusal)])],
    });
  return bookRefund(turn, {
    debtor,
    refund: planned.value,
    author: word.by,
    key: word.id,
    events: [moved('done')],
  });
};

/** The parts of one entry by which she gave something back. */
const partsOf = (turn: OfficerTurn, entryId: string): readonly CoverRefund[] =>
  turn.speaker.extra.covers?.refunds.filter(
    (refund) => refund.entryId === entryId && refund.kind === 'refund',
  ) ?? [];

/** "Quitar el nº 4": what was noted by mistake is taken back by the word of two. */
export const takeBackRefund = (turn: OfficerTurn, entryId: string): StepResult | undefined => {
  if (!isId(entryId)) return undefined;
  if (!turn.speaker.extra.covers) return needs({ type: 'covers' });
  const parts = partsOf(turn, entryId);
  const [first] = parts;
  if (!first) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const cannot = cannotTakeBack(turn, parts);
  if (cannot) return cannot;
  return askSecond(turn, {
    kind: 'refund-off',
    memberId: first.debtor,
    amount: totalOf(turn, parts),
    entryId: first.entryId,
  });
};

/** Who has left cannot be owed again, and what left the pot since is not there to be taken out of it. */
const cannotTakeBack = (turn: OfficerTurn, parts: readonly CoverRefund[]): StepResult | undefined => {
  const { group } = turn.speaker;
  if (parts.some(({ isClosed }) => isClosed))
    return decide(turn, { replies: [beyondUs(say('take-back.closed'))] });
  const people = parts.flatMap(({ by, debtor }) => (by === 'savings-pot' ? [debtor] : [by, debtor]));
  if (people.some((id) => !memberOf(turn, id)))
    return decide(turn, { replies: [beyondUs(say('take-back.left'))] });
  const fromPot = totalOf(
    turn,
    parts.filter(({ by }) => by === 'savings-pot'),
  );
  return fromPot.minor > group.ownCash.minor
    ? decide(turn, { replies: [beyondUs(say('take-back.gone'))] })
    : undefined;
};

/** The second officer says so too: she owes it again, and those who had it back are owed it again. */
export const refundOffSaid = (turn: OfficerTurn, word: Word<'refund-off'>, moved: Moved): StepResult => {
  const { extra, group } = turn.speaker;
  if (!extra.covers) return needs({ type: 'covers' });
  const { memberId, entryId, amount } = word.change;
  const parts = partsOf(turn, entryId);
  const [first] = parts;
  const debtor = memberOf(turn, memberId);
  if (!first || !debtor)
    return decide(turn, { events: [moved('refused')], replies: [reply([say('loan-decide.already')])] });
  const cannot = cannotTakeBack(turn, parts);
  if (cannot) return cannot;
  const refund = { shares: parts, stillOwed: money(0n, group.currency) };
  const booked = decidedEntry(turn, {
    kind: 'refund',
    key: `refund-off/${entryId}`,
    author: word.by,
    postings: reversed(refundPostings(memberId, refund, potFor(group.rules, 'savings'))),
  });
  const entry = { ...booked, kind: 'reversal', reverses: first.entryId, reason: 'mistake' } as const;
  return decide(turn, {
    events: [moved('done'), { type: 'entry-posted', entry }],
    notices: [
      ...told(debtor, [say('refund-off.debtor', { amount, receipt: first.receipt }), say('keep.person')]),
      ...parts.flatMap((share) =>
        toCoverer(turn, share, say('refund-off.coverer', { amount: share.amount, receipt: first.receipt })),
      ),
    ],
    replies: [reply([say('second.thanks')])],
  });
};
