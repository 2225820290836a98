import { isId, type MemberId } from '../../domain/ids.ts';
import { reversed } from '../../domain/ledger/entry.ts';
import { isStillThere } from '../../domain/ledger/take-back.ts';
import type { BookedCover, CoverFacts, Covers } from '../cover-facts.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import type { Change } from '../second-word.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf, toCoverer, told } from './cover-book.ts';
import { nameOf } from './cover-plan.ts';
import { isTanda } from './cover-refund.ts';
import { askSecond } from './second-ask.ts';
import { beyondUs } from './take-back.ts';

type Booked = CoverFacts & { readonly booked: BookedCover };

/** Whether something of what others gave for her was given back or forgiven: then it is not known any more of which cover. */
export const isGivenBack = (covers: Covers | undefined, debtorId: MemberId): boolean =>
  covers?.refunds.some(({ debtor }) => debtor === debtorId) ?? false;

/** "Quitar lo cubierto": by the word of two officers, of whom neither is her who was covered. */
export const takeBackCover = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!isId(id)) return undefined;
  if (!extra.covers) return needs({ type: 'covers' });
  const cover = extra.covers.all.find((one) => one.id === id);
  if (!isBooked(cover)) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  // What a stopped tanda left to be given is no cover that anybody voted.
  if (isTanda(turn)) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (cover.debtor === me.id) return decide(turn, { replies: [reply([say('ask.own')])] });
  const cannot = whyNot(turn, cover);
  if (cannot) return decide(turn, { replies: [beyondUs(cannot)] });
  return askSecond(turn, {
    kind: 'cover-off',
    memberId: cover.debtor,
    amount: cover.gap,
    entryId: cover.booked.entryId,
  });
};

const isBooked = (cover: CoverFacts | undefined): cover is Booked => cover?.booked !== undefined;

/** As any receipt: not after its cycle was closed, nor of who has left, nor of a loan that ended, nor what is not there any more. */
const whyNot = (turn: OfficerTurn, cover: Booked): Say | undefined => {
  const { booked, debtor, shares } = cover;
  if (booked.isClosed) return say('take-back.closed');
  const people = [debtor, ...shares.flatMap(({ by }) => (by === 'savings-pot' ? [] : [by]))];
  if (people.some((id) => !memberOf(turn, id))) return say('take-back.left');
  const runs = new Set(memberOf(turn, debtor)?.loans.map(({ id }) => `loan/${id}`));
  const paid = booked.postings.map(({ credit }) => credit).filter((account) => account.startsWith('loan/'));
  if (paid.some((account) => !runs.has(account))) return say('take-back.loan');
  if (isGivenBack(turn.speaker.extra.covers, debtor)) return say('cover-off.given-back');
  return isStillThere([booked]) ? undefined : say('take-back.gone');
};

/** The second officer says so too: each gets back what she gave, and she owes her instalment to her loan again. */
export const coverOffSaid = (
  turn: OfficerTurn,
  { by, change }: { readonly by: MemberId; readonly change: Extract<Change<never>, { kind: 'cover-off' }> },
  moved: (state: 'done' | 'refused') => DomainEvent,
): StepResult => {
  const { extra, me } = turn.speaker;
  if (!extra.covers) return needs({ type: 'covers' });
  const cover = extra.covers.all.find(({ booked }) => booked?.entryId === change.entryId);
  const debtor = memberOf(turn, change.memberId);
  if (!isBooked(cover) || !debtor)
    return decide(turn, { events: [moved('refused')], replies: [reply([say('loan-decide.already')])] });
  const cannot = whyNot(turn, cover);
  if (cannot) return decide(turn, { replies: [beyondUs(cannot)] });
  const { entryId, receipt, postings } = cover.booked;
  const entry = decidedEntry(turn, {
    kind: 'cover',
    key: `reversal/${entryId}`,
    author: by,
    postings: reversed(postings),
  });
  return decide(turn, {
    events: [
      moved('done'),
      { type: 'entry-posted', entry: { ...entry, kind: 'reversal', reverses: entryId, reason: 'mistake' } },
      { type: 'cover-moved', id: cover.id, state: 'reversed', witness: me.id, entryId: undefined },
    ],
    notices: [
      ...told(debtor, [say('cover-off.debtor', { gap: cover.gap, receipt }), say('keep.person')]),
      ...cover.shares.flatMap((share) =>
        toCoverer(
          turn,
          share,
          say('cover-off.coverer', { amount: share.amount, receipt, name: nameOf(turn, debtor.id) }),
        ),
      ),
    ],
    replies: [reply([say('second.thanks')])],
  });
};
