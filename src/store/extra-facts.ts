import type { Language } from '../conversation/message.ts';
import type { Movement } from '../conversation/payment-facts.ts';
import type { Extra } from '../conversation/snapshot.ts';
import { asId, type MemberId } from '../domain/ids.ts';
import { POTS, type Pot } from '../domain/ledger/account.ts';
import { type Currency, money } from '../domain/money.ts';
import { contact } from './company-facts.ts';
import { coverDisputes, coverFacts, givenCovers, voteFacts } from './cover-facts.ts';
import { ownDanger } from './danger-facts.ts';
import { drawFacts } from './draw-facts.ts';
import { electionFacts } from './elections-json.ts';
import { openExpenseWords } from './expense-words.ts';
import { lessonFacts } from './lesson-facts.ts';
import { restoreTerms } from './loan-terms.ts';
import { meetingFacts, meetingWork } from './meeting-facts.ts';
import { memberFacts } from './member-facts.ts';
import { receiptFacts } from './payment-facts.ts';
import { ownRights } from './rights-json.ts';
import { secondWordFacts } from './second-word-json.ts';
import type { Secrets } from './secrets.ts';
import type { GroupJson, MovementJson, SnapshotJson } from './snapshot-json.ts';
import { ownTalk } from './talk-facts.ts';
import { endedTanda } from './tanda-facts.ts';
import { groupTelephones } from './telephones-json.ts';

/** The facts that only some dialogues ask for. */
export const extraFacts = (
  json: SnapshotJson,
  of: {
    readonly secrets: Secrets;
    readonly currency: Currency;
    readonly language: Language;
    readonly group: GroupJson;
  },
): Extra => ({
  movements: json.movements?.map((movement) => movementFacts(movement, of.currency)),
  receipts: json.receipts?.map((receipt) => receiptFacts(receipt, of.currency)),
  given: json.given && givenCovers(of.secrets, json.given, of.currency),
  lists: json.lists?.map((receipt) => receiptFacts(receipt, of.currency)),
  payment: json.payment === null ? 'none' : json.payment && receiptFacts(json.payment, of.currency),
  requests: json.requests?.map((request) => requestFacts(request, of)),
  covers: json.covers && coverFacts(of.secrets, json.covers, of.currency),
  outs: json.outs?.map((out) => ({
    id: asId(out.id),
    kind: out.kind,
    amount: money(out.amount, of.currency),
    state: out.state,
    by: asId<MemberId>(out.by),
    words: openExpenseWords(of.secrets, out, of.group),
    heldOn: out.heldOn ?? undefined,
    member: out.member === null ? undefined : memberFacts(of.secrets, out.member, of.group),
  })),
  opening: json.opening && {
    on: json.opening.on,
    saved: money(json.opening.saved, of.currency),
    lent: money(json.opening.lent, of.currency),
    boxes: openingBoxes(json.opening.boxes, of.currency),
  },
  endedTanda: json.endedTanda === null ? 'none' : json.endedTanda && endedTanda(json.endedTanda, of.currency),
  election: json.election && electionFacts(of.secrets, json.election, of.language),
  recoveries: json.recoveries && groupTelephones(json.recoveries),
  seconds: json.seconds?.map((word) => secondWordFacts(word, of.currency)),
  closing: json.closing && closingFacts(json.closing),
  draw: json.draw === null ? 'none' : json.draw && drawFacts(of.secrets, json.draw),
  meeting: json.meeting === null ? 'none' : json.meeting && meetingFacts(json.meeting, of.currency),
  meetingWork: json.meetingWork ? meetingWork(of.secrets, json.meetingWork, of.group) : undefined,
  lastClosed: json.lastClosed ?? undefined,
  counted: json.counted === null ? 'none' : json.counted,
  boxMoves: json.boxMoves,
  voters: json.voters?.map((voter) => contact(of.secrets, voter, of.language)),
  lessons: json.lessons && lessonFacts(json.lessons),
  talk: json.ownTalk && ownTalk(json.ownTalk),
  danger: json.ownDanger && ownDanger(of.secrets, json.ownDanger, json.me?.key),
  rights: json.ownRights && ownRights(json.ownRights, json.me?.reminders ?? true),
  coverDisputes: json.coverDisputes && coverDisputes(json.coverDisputes, of.currency),
  disputes: json.disputes?.map((dispute) => ({
    id: asId(dispute.id),
    memberId: asId<MemberId>(dispute.memberId),
    payment: receiptFacts(dispute.payment, of.currency),
  })),
});

const openingBoxes = (boxes: Readonly<Record<Pot, bigint>>, currency: Currency) =>
  POTS.filter((pot) => boxes[pot] > 0n).map((pot) => ({ pot, cash: money(boxes[pot], currency) }));

const requestFacts = (
  request: NonNullable<SnapshotJson['requests']>[number],
  of: { readonly secrets: Secrets; readonly currency: Currency; readonly language: Language },
): NonNullable<Extra['requests']>[number] => ({
  ...request,
  id: asId(request.id),
  memberId: asId<MemberId>(request.memberId),
  amount: money(request.amount, of.currency),
  askedBy: request.askedBy === null ? undefined : asId<MemberId>(request.askedBy),
  decidedBy: request.decidedBy === null ? undefined : asId<MemberId>(request.decidedBy),
  handedBy: request.handedBy === null ? undefined : asId<MemberId>(request.handedBy),
  terms: request.terms === null ? undefined : restoreTerms(request.terms, of.currency),
  heldOn: request.heldOn ?? undefined,
  votes: voteFacts(request.votes),
  hands: request.hands ?? undefined,
  borrower: contact(of.secrets, request.borrower, of.language),
});

/** What the group owes her is a credit: it grows where the account's balance falls. */
const CREDITS: ReadonlySet<string> = new Set(['savings', 'savings-earned', 'covered', 'turn']);

export const movementFacts = (json: MovementJson, currency: Currency): Movement => ({
  ...json,
  delta: money(CREDITS.has(json.account) ? -json.delta : json.delta, currency),
});

const closingFacts = (closing: NonNullable<SnapshotJson['closing']>): NonNullable<Extra['closing']> => ({
  ...closing,
  cycleId: asId(closing.cycleId),
  proposedBy: closing.proposedBy === null ? undefined : asId<MemberId>(closing.proposedBy),
  members: closing.members.map((member) => ({ ...member, id: asId<MemberId>(member.id) })),
  interest: closing.interest.map(({ loanId, memberId, minor }) => ({
    loanId: asId(loanId),
    memberId: asId<MemberId>(memberId),
    minor,
  })),
  lateFees: closing.lateFees.map(({ loanId, minor }) => ({ loanId: asId(loanId), minor })),
  losses: closing.losses.map(({ loanId, memberId, votes, hands }) => ({
    loanId: asId(loanId),
    memberId: asId<MemberId>(memberId),
    votes: voteFacts(votes),
    hands: hands ?? undefined,
  })),
});
