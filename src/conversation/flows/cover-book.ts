import { firstName } from '../../domain/group.ts';
import { isId } from '../../domain/ids.ts';
import { type CoverBy, type CoverShare, planCover } from '../../domain/joint/cover.ts';
import { coverPostings } from '../../domain/joint/postings.ts';
import { repay } from '../../domain/loan/share-repayment.ts';
import { type Money, money } from '../../domain/money.ts';
import type { CoverFacts } from '../cover-facts.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { gapToday, nameOf, potShort } from './cover-plan.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { coverOutcome, coverRefused } from './cover-vote.ts';
import { refusalText } from './refusal.ts';
import { officersBut } from './vote.ts';

/** The second officer's word on a cover: only now it is in the book, with both names. */
export const decideCover = (turn: OfficerTurn, answer: 'yes' | 'no', id: string): StepResult | undefined => {
  if (!turn.speaker.extra.covers) return needs({ type: 'covers' });
  const cover = waitingCover(turn, id);
  if (!cover) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const me = turn.speaker.me.id;
  if (cover.proposedBy === me || cover.debtor === me)
    return decide(turn, { replies: [reply([say('count.other-officer')])] });
  if (answer === 'no') {
    return decide(turn, {
      events: [coverRefused(turn, cover)],
      replies: [reply([say('list.not-recorded')])],
    });
  }
  const outcome = coverOutcome(turn, cover);
  if (outcome === 'open') return decide(turn, { replies: [reply([say('vote.open')])] });
  const voted = planCover(
    { debtor: cover.debtor, gap: cover.gap, by: asShared(cover), votePassed: outcome === 'accepted' },
    money(1n, cover.gap.currency),
  );
  const why = voted.ok ? potShort(turn, voted.value) : voted;
  if (why && !why.ok) return decide(turn, { replies: [reply([coverRefusalText(why.refusal)])] });
  return voted.ok ? book(turn, { ...cover, ...voted.value }) : undefined;
};

/** Just the shares that were voted, whoever has saved what since. */
const asShared = ({ shares }: CoverFacts): CoverBy => {
  const among = shares.flatMap(({ by, amount }) =>
    by === 'savings-pot' ? [] : [{ member: by, weight: amount.minor }],
  );
  return among.length === 0 ? { kind: 'pot' } : { kind: 'pro-rata', among };
};

export const memberOf = (turn: OfficerTurn, id: string): MemberFacts | undefined =>
  turn.speaker.company.desk.roster.find((member) => member.id === id);

const book = (turn: OfficerTurn, cover: CoverFacts): StepResult => {
  const debtor = memberOf(turn, cover.debtor);
  // What was short has come in since it was proposed, and nobody gives for what is paid; or somebody who was to give has
  // left, and nobody else's part grows by that unseen.
  const isShort = debtor && gapToday(turn, debtor).minor >= cover.gap.minor;
  if (!isShort || cover.shares.some(({ by }) => by !== 'savings-pot' && !memberOf(turn, by)))
    return notShort(turn, cover);
  const pays = repay(debtor.loans, cover.gap, todayOf(turn));
  if (!pays.ok) return decide(turn, { replies: [reply([refusalText(pays.refusal)])] });
  const entry = decidedEntry(turn, {
    kind: 'cover',
    key: `cover/${cover.id}`,
    author: cover.proposedBy,
    postings: coverPostings(cover, pays.value),
  });
  const receipt = turn.speaker.group.book.seq + 1n;
  return decide(turn, {
    events: [
      { type: 'entry-posted', entry },
      { type: 'cover-moved', id: cover.id, state: 'booked', witness: turn.speaker.me.id, entryId: entry.id },
    ],
    notices: [
      ...told(debtor, [say('cover.to-debtor', { gap: cover.gap, receipt }), say('cover.to-debtor-back')]),
      ...cover.shares.flatMap(({ by, amount }) => receiptTo(turn, by, { amount, debtor, receipt })),
    ],
    replies: [reply([say('cover.booked', { name: debtor.name, gap: cover.gap, receipt })])],
  });
};

/** Nothing is booked: every officer hears it, as the members' vote was for another sum. */
const notShort = (turn: OfficerTurn, cover: CoverFacts): StepResult => {
  const what = reply([say('cover.not-short', { name: nameOf(turn, cover.debtor), gap: cover.gap })]);
  return decide(turn, {
    events: [coverRefused(turn, cover)],
    notices: tell(officersBut(turn, [turn.speaker.me.id, cover.debtor]), 'answer', what),
    replies: [what],
  });
};

/** Hers who gave: she may object to it as to a receipt of her own payment. */
const receiptTo = (
  turn: OfficerTurn,
  by: CoverShare['by'],
  of: { readonly amount: Money; readonly debtor: MemberFacts; readonly receipt: bigint },
): Notice[] => {
  const member = memberOf(turn, by);
  const { amount, receipt } = of;
  const name = firstName(of.debtor.name);
  return member
    ? told(member, [say('cover.to-coverer', { amount, name, receipt }), say('receipt.object')])
    : [];
};

export const told = (member: MemberFacts, lines: readonly Say[]): Notice[] =>
  tell([contactOf(member)], 'cover', reply(lines));

export const toCoverer = (turn: OfficerTurn, share: CoverShare, line: Say): Notice[] => {
  const member = memberOf(turn, share.by);
  return member ? told(member, [line, say('keep.person')]) : [];
};

/** A proposed cover by its id, while it waits for the second officer. */
const waitingCover = (turn: OfficerTurn, id: string): CoverFacts | undefined =>
  isId(id)
    ? turn.speaker.extra.covers?.all.find((cover) => cover.id === id && cover.state === 'proposed')
    : undefined;
