import { callName, firstName } from '../../domain/group.ts';
import { asId, type EntryId, type MemberId } from '../../domain/ids.ts';
import { type CoverShare, outstanding, owedForCovers } from '../../domain/joint/cover.ts';
import { coverPostings, refundPostings } from '../../domain/joint/postings.ts';
import { planRefund, type Refund } from '../../domain/joint/refund.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { type EntryDraft, type EntryKind, type Posting, sound } from '../../domain/ledger/entry.ts';
import { repay } from '../../domain/loan/standing.ts';
import { money } from '../../domain/money.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { CoverFacts, Covers, MemberFacts } from '../snapshot.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { waitingCover } from './cover.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { refusalText } from './refusal.ts';

/** What each who covered a member is still owed by her. */
export const owedTo = (covers: Covers, debtorId: MemberId): CoverShare[] =>
  outstanding(
    covers.all.filter((cover) => cover.state === 'booked' && cover.debtor === debtorId),
    covers.refunds.filter((refund) => refund.debtor === debtorId),
  );

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
      events: [{ type: 'cover-moved', id: cover.id, state: 'refused', witness: me, entryId: undefined }],
      replies: [reply([say('list.not-recorded')])],
    });
  }
  return book(turn, cover);
};

const memberOf = (turn: OfficerTurn, id: string): MemberFacts | undefined =>
  turn.speaker.company.desk.roster.find((member) => member.id === id);

const book = (turn: OfficerTurn, cover: CoverFacts): StepResult => {
  const debtor = memberOf(turn, cover.debtor);
  const pays = debtor && repay(debtor.loans, cover.gap, todayOf(turn));
  if (!debtor || !pays) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (!pays.ok) return decide(turn, { replies: [reply([refusalText(pays.refusal)])] });
  const entry = entryOf(turn, {
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
      ...cover.shares.flatMap((share) =>
        toCoverer(
          turn,
          share,
          say('cover.to-coverer', {
            amount: share.amount,
            name: firstName(debtor.name),
            receipt,
          }),
        ),
      ),
    ],
    replies: [reply([say('cover.booked', { name: debtor.name, gap: cover.gap, receipt })])],
  });
};

const told = (member: MemberFacts, lines: readonly Say[]): Notice[] =>
  tell([contactOf(member)], 'cover', reply(lines));

const toCoverer = (turn: OfficerTurn, share: CoverShare, line: Say): Notice[] => {
  const member = memberOf(turn, share.by);
  return member ? told(member, [line]) : [];
};

const entryOf = (
  turn: OfficerTurn,
  of: {
    readonly kind: EntryKind;
    readonly key: string;
    readonly author: MemberId;
    readonly postings: readonly Posting[];
  },
): EntryDraft =>
  sound({
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    kind: of.kind,
    key: of.key,
    batch: undefined,
    author: of.author,
    witness: turn.speaker.me.id,
    occurredOn: todayOf(turn),
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: undefined,
    reason: undefined,
    postings: of.postings,
  });

/** "Petra devuelve": how much of what others paid for her she brings today. */
export const coverBack = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const debtor = memberOf(turn, memberId);
  if (!debtor || debtor.id === turn.speaker.me.id) return undefined;
  const owed = owedForCovers(owedTo(covers, debtor.id), turn.speaker.group.currency);
  if (owed.minor === 0n) return undefined;
  return decide(turn, {
    flow: { type: 'cover-back', debtorId: debtor.id },
    replies: [
      reply([say('cover.back-question', { name: debtor.name, owed })], [offer('no', say('choice.cancel'))]),
    ],
  });
};

/** The amount she brings: shown with who gets how much of it before it is booked. */
export const backAmount = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (flow.type !== 'cover-back' || meaning?.amountMinor === undefined) return undefined;
  const planned = refundOf(turn, flow.debtorId, meaning.amountMinor);
  if (planned === undefined) return needs({ type: 'covers' });
  if (!planned.ok) return decide(turn, { flow, replies: [reply([coverRefusalText(planned.refusal)])] });
  const key = turn.newId();
  return decide(turn, {
    flow: {
      type: 'cover-back-confirm',
      debtorId: flow.debtorId,
      amount: meaning.amountMinor.toString(),
      key,
    },
    replies: [
      reply(
        [...backLines(turn, planned.value), say('list.question')],
        [offer(`cover:back-yes:${key}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const refundOf = (turn: OfficerTurn, debtorId: MemberId, minor: bigint) => {
  const { extra, group } = turn.speaker;
  if (!extra.covers) return undefined;
  const unit = money(group.rules.cashUnitMinor, group.currency);
  return planRefund(owedTo(extra.covers, debtorId), money(minor, group.currency), unit);
};

const backLines = (turn: OfficerTurn, refund: Refund): Say[] => {
  const names = turn.speaker.company.desk.roster.map((one) => one.name);
  return [
    ...refund.shares.map(({ by, amount }) =>
      by === 'savings-pot'
        ? say('cover.to-pot', { amount })
        : say('cover.to', { name: callName(memberOf(turn, by)?.name ?? '', names), amount }),
    ),
    say('cover.still', { owed: refund.stillOwed }),
  ];
};

export const confirmBack = (turn: OfficerTurn, key: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'cover-back-confirm' || flow.key !== key) return undefined;
  const planned = refundOf(turn, flow.debtorId, BigInt(flow.amount));
  if (planned === undefined) return needs({ type: 'covers' });
  const debtor = memberOf(turn, flow.debtorId);
  if (!planned.ok || !debtor) return undefined;
  const { group, me } = turn.speaker;
  const entry = entryOf(turn, {
    kind: 'refund',
    key: `refund/${key}`,
    author: me.id,
    postings: refundPostings(debtor.id, planned.value, potFor(group.rules, 'savings')),
  });
  const receipt = group.book.seq + 1n;
  return decide(turn, {
    events: [
      { type: 'entry-posted', entry },
      { type: 'cover-refunded', debtor: debtor.id, entryId: entry.id, shares: planned.value.shares },
    ],
    notices: [
      ...told(debtor, [
        say('cover.back-debtor', { amount: money(BigInt(flow.amount), group.currency), receipt }),
      ]),
      ...planned.value.shares.flatMap((share) =>
        toCoverer(turn, share, say('cover.back-coverer', { amount: share.amount, receipt })),
      ),
    ],
    replies: [reply([say('cover.back-done', { receipt })])],
  });
};
