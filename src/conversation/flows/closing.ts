import type { Closed, ClosingRefusal, Payout } from '../../domain/closing/close-cycle.ts';
import type { ShareOutMethod } from '../../domain/closing/share-out.ts';
import { firstName } from '../../domain/group.ts';
import { asId, type CycleId, type EntryId } from '../../domain/ids.ts';
import { type EntryDraft, type Posting, sound } from '../../domain/ledger/entry.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { ClosingFacts } from '../snapshot.ts';
import { decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { notShared } from './capital.ts';
import { coversFirst, unsettled } from './closing-settled.ts';
import { type ClosingWay, closeBy, needsDraw, wayOf, wayText } from './closing-way.ts';
import { drawStatus } from './draw-status.ts';
import { memberById } from './list-draft.ts';
import { interestPaidBy } from './out-plan.ts';
import { payoutParts } from './payout-parts.ts';

const METHODS: readonly ShareOutMethod[] = ['pro-rata', 'equal-profit', 'rebate', 'mixed'];

/** An entry is cut after so many postings: the book takes no longer ones. */
const POSTINGS_MAX = 150;

/** What each would get today, by the group's own way of closing or another: nothing is decided by looking. */
const simulateClosing = (turn: OfficerTurn, wanted = ''): StepResult => {
  const facts = turn.speaker.extra.closing;
  if (!facts) return needs({ type: 'closing' });
  if (needsDraw(turn)) return needs({ type: 'draw' });
  if (facts.covered > 0n) return coversFirst(turn, facts);
  const own = wayOf(turn);
  if (!own) return drawStatus(turn);
  const way = METHODS.find((one) => one === wanted && typeof own === 'string') ?? own;
  const closed = closedBy(turn, facts, way);
  if (!closed.ok) return refused(turn, closed.refusal);
  return decide(turn, {
    replies: [
      reply(
        [
          say('closing.title', { method: [wayText(turn, way)], date: todayOf(turn) }),
          ...closed.value.payouts.map((payout) => payoutLine(turn, payout)),
          ...totals(turn, closed.value),
        ],
        [
          ...(way === own ? [offer('closing:propose', say('closing.propose'))] : []),
          ...othersThan(turn, way).map((one) => offer(`closing:see:${one}`, say(`closing-choice.${one}`))),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

/** Ways to compare: a savings pot with outside loans has no interest to give back. */
const othersThan = (turn: OfficerTurn, way: ClosingWay): readonly ShareOutMethod[] =>
  turn.speaker.group.rules.product === 'savings-group' && typeof way === 'string'
    ? METHODS.filter((one) => one !== way)
    : [];

const closedBy = (
  turn: OfficerTurn,
  facts: ClosingFacts,
  way: ClosingWay,
): Result<Closed, ClosingRefusal> => {
  const { company } = turn.speaker;
  return closeBy(turn, way, {
    members: company.desk.roster.map((member) => ({
      id: member.id,
      saved: member.saved.minor,
      loans: member.loans,
      interestPaid: interestPaidBy(facts, member.id),
      fined: member.fined.minor,
    })),
    book: facts,
  });
};

const amount = (turn: OfficerTurn, minor: bigint): Money =>
  money(minor < 0n ? -minor : minor, turn.speaker.group.currency);

const payoutLine = (turn: OfficerTurn, payout: Payout): Say => {
  const member = memberById(turn, payout.memberId);
  return say('closing.line', {
    name: member.name,
    cash: amount(turn, payout.cash),
    parts: payoutParts(payout, turn.speaker.group.currency),
  });
};

const totals = (turn: OfficerTurn, { payouts, residue }: Closed): Say[] => {
  const total = payouts.reduce((all, payout) => all + payout.cash, 0n);
  return [
    say('closing.total', { total: amount(turn, total) }),
    ...(residue > 0n ? [say('closing.residue', { residue: amount(turn, residue) })] : []),
    ...notShared(turn),
  ];
};

/** Who owes more than she gets pays first, or the group votes that it is lost: then two officers say so. */
const refused = (turn: OfficerTurn, refusal: ClosingRefusal): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [refusalText(turn, refusal)],
        refusal.type === 'owes_more'
          ? [offer(`lost:${refusal.memberId}`, say('lost.voted')), offer('no', say('choice.not-now'))]
          : [],
      ),
    ],
  });

const refusalText = (turn: OfficerTurn, refusal: ClosingRefusal): Say => {
  switch (refusal.type) {
    case 'owes_more':
      return say('refusal.owes_more', {
        name: memberById(turn, refusal.memberId).name,
        short: amount(turn, refusal.short),
      });
    case 'nothing_saved':
      return say('refusal.nothing_saved');
  }
};

/** One officer proposes; another one says yes, and only then the book is closed. */
export const closingVerb = (turn: OfficerTurn, what: string, arg: string): StepResult | undefined => {
  const facts = turn.speaker.extra.closing;
  if (!facts) return needs({ type: 'closing' });
  if (needsDraw(turn)) return needs({ type: 'draw' });
  switch (what) {
    case '':
      return simulateClosing(turn);
    case 'see':
      return simulateClosing(turn, arg);
    case 'propose':
      return propose(turn, facts);
    case 'yes':
      return confirmClosing(turn, facts, arg);
    case 'no':
      return decide(turn, {
        events: [{ type: 'closing-proposed', cycleId: facts.cycleId, by: undefined }],
        replies: [reply([say('closing.left')])],
      });
    default:
      return undefined;
  }
};

const propose = (turn: OfficerTurn, facts: ClosingFacts): StepResult => {
  const first = unsettled(turn, facts);
  if (first) return first;
  const way = wayOf(turn);
  const closed = way && closedBy(turn, facts, way);
  if (!closed) return simulateClosing(turn);
  if (!closed.ok) return decide(turn, { replies: [reply([refusalText(turn, closed.refusal)])] });
  const officers = otherOfficers(turn);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [{ type: 'closing-proposed', cycleId: facts.cycleId, by: turn.speaker.me.id }],
    notices: tell(
      officers,
      'ask',
      closeQuestion(turn, { ...facts, proposedBy: turn.speaker.me.id }, closed.value),
    ),
    replies: [reply([say('closing.asked', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

const closeQuestion = (turn: OfficerTurn, facts: ClosingFacts, closed: Closed): Reply =>
  reply(
    [
      say('closing.ask', { name: firstName(proposer(turn, facts)) }),
      ...closed.payouts.map((payout) => payoutLine(turn, payout)),
      ...totals(turn, closed),
      say('closing.ask-question'),
    ],
    [
      offer(`closing:yes:${asShown(turn, facts)}`, say('closing.yes')),
      offer('closing:no', say('choice.not-now')),
    ],
  );

/** Who proposed it: the speaker herself, while she proposes. */
const proposer = ({ speaker }: OfficerTurn, { proposedBy }: ClosingFacts): string =>
  speaker.company.officers.find((officer) => officer.id === proposedBy)?.name ?? speaker.me.name;

/** The book and the day that a share-out was worked out from: on any other, other amounts may be due. */
const asShown = (turn: OfficerTurn, { cycleId }: ClosingFacts): string =>
  `${cycleId}.${turn.speaker.group.book.seq}.${todayOf(turn).dayOfYear}`;

const confirmClosing = (turn: OfficerTurn, facts: ClosingFacts, shown: string): StepResult => {
  const { me, group } = turn.speaker;
  const way = wayOf(turn);
  if (!shown.startsWith(`${facts.cycleId}.`) || !facts.proposedBy || !way)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (facts.proposedBy === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  const first = unsettled(turn, facts);
  if (first) return first;
  const closed = closedBy(turn, facts, way);
  if (!closed.ok) return decide(turn, { replies: [reply([refusalText(turn, closed.refusal)])] });
  // Nothing is booked that was not shown: what has changed since is shown before she says yes to it.
  if (shown !== asShown(turn, facts))
    return decide(turn, { replies: [closeQuestion(turn, facts, closed.value)] });
  const { payouts, gifts, postings } = closed.value;
  const entries = [...chunks(gifts), ...chunks(postings)].map((part, n) =>
    closingEntry(turn, facts, { postings: part, n }),
  );
  // Who gave hers away finds that in the first entries; what is paid out is in the last.
  const receiptOf = ({ gift }: Payout): bigint =>
    group.book.seq + BigInt(gift < 0n ? chunks(gifts).length : entries.length);
  const events: DomainEvent[] = [
    ...entries.map((entry): DomainEvent => ({ type: 'entry-posted', entry })),
    {
      type: 'cycle-closed',
      cycleId: facts.cycleId,
      next: { id: asId<CycleId>(turn.newId()), starts: todayOf(turn), ends: todayOf(turn).add({ years: 1 }) },
    },
  ];
  const own = payouts.find((payout) => payout.memberId === me.id);
  return decide(turn, {
    events,
    notices: payouts.flatMap((payout) => payoutNotice(turn, payout, receiptOf(payout))),
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

const payoutNotice = (turn: OfficerTurn, payout: Payout, receipt: bigint): Notice[] => {
  const member = memberById(turn, payout.memberId);
  if (member.id === turn.speaker.me.id) return [];
  return tell(
    [contactOf(member)],
    'closing',
    reply([say('closing.member'), payoutText(turn, payout, receipt), say('keep.person')]),
  );
};
