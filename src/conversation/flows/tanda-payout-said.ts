import { firstName } from '../../domain/group.ts';
import { isId } from '../../domain/ids.ts';
import { type EntryDraft } from '../../domain/ledger/entry.ts';
import { type Money, subtract } from '../../domain/money.ts';
import { afterHandover, type Handover, isOver, nextHandover } from '../../domain/tanda/handover.ts';
import { handoverPostings } from '../../domain/tanda/postings.ts';
import type { Contact } from '../contact.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import type { ProposedPayout } from '../tanda-facts.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { ended, lackLines, organiserOf, personOf, type Running, runningIn } from './tanda.ts';

/** The second word on a round that was handed over: hers who has it, or another officer's. Only now it is in the book. */
export const payoutSaid = (turn: MemberTurn, answer: string, id: string): StepResult | undefined => {
  const tanda = runningIn(turn);
  const payout = tanda?.facts.payout;
  if (!isId(id) || (answer !== 'yes' && answer !== 'no')) return undefined;
  if (!tanda || payout?.id !== id) return said(turn, say('loan-decide.already'));
  const { voters } = turn.speaker.extra;
  if (!voters) return needs({ type: 'voters' });
  if (!mayWitness(turn, payout, voters)) return said(turn, say('count.other-officer'));
  const handover = nextHandover(tanda.running);
  const deny = say('out.denied', { name: firstName(turn.speaker.me.name), amount: payout.amount });
  if (answer === 'no') return refuse(turn, payout, { told: deny, answered: say('loan-hand.noted') });
  if (!handover || !isAsSaid(turn, tanda, { payout, handover }))
    return refuse(turn, payout, { told: say('round.changed'), answered: say('round.changed') });
  return book(turn, tanda, { payout, handover, voters });
};

const said = (turn: MemberTurn, text: Say): StepResult => decide(turn, { replies: [reply([text])] });

const mayWitness = (
  { speaker: { me, company } }: MemberTurn,
  payout: ProposedPayout,
  voters: readonly Contact[],
): boolean => {
  if (me.id === payout.by) return false;
  if (me.id === payout.member) return true;
  const hasTelephone = voters.some(({ id, reach }) => id === payout.member && reach.length > 0);
  return !hasTelephone && company.desk !== undefined;
};

type Found = { readonly payout: ProposedPayout; readonly handover: Handover };

/** What is in the book now is still what was said: nobody gave, and no turn changed, in between. */
const isAsSaid = (turn: MemberTurn, { facts }: Running, { payout, handover }: Found): boolean => {
  const { receiver, round, amount, fee } = handover;
  const id = receiver === 'organiser' ? organiserOf(turn) : personOf(facts, receiver).id;
  return (
    id === payout.member &&
    round === payout.round &&
    amount.minor === payout.amount.minor &&
    fee.minor === payout.fee.minor
  );
};

const proposer = (turn: MemberTurn, payout: ProposedPayout): Contact[] =>
  turn.speaker.company.officers.filter(({ id }) => id === payout.by);

const refuse = (
  turn: MemberTurn,
  payout: ProposedPayout,
  { told, answered }: { readonly told: Say; readonly answered: Say },
): StepResult =>
  decide(turn, {
    events: [
      { type: 'payout-moved', step: { id: payout.id, state: 'refused', witness: turn.speaker.me.id } },
    ],
    notices: tell(proposer(turn, payout), 'answer', reply([told])),
    replies: [reply([answered])],
  });

const book = (
  turn: MemberTurn,
  tanda: Running,
  of: Found & { readonly voters: readonly Contact[] },
): StepResult => {
  const { payout, handover, voters } = of;
  const { group, me } = turn.speaker;
  const [entry, fee] = entriesOf(turn, tanda, of);
  const receipt = group.book.seq + 1n;
  const over = isOver(afterHandover(tanda.running, handover));
  const events: DomainEvent[] = [
    { type: 'entry-posted', entry },
    ...(fee ? [{ type: 'entry-posted' as const, entry: fee }] : []),
    {
      type: 'payout-moved',
      step: { id: payout.id, state: 'booked', witness: me.id, entryId: entry.id },
    },
    ...(over ? [ended(turn, tanda)] : []),
  ];
  const lines = receivedLines(tanda, handover, { receipt, amount: payout.amount });
  const end = over ? [say('tanda.over'), ...leftLines(turn, payout), say('tanda.over-next')] : [];
  const isHers = me.id === payout.member;
  const name = tanda.facts.people.find(({ id }) => id === payout.member)?.name ?? '';
  const done = [say('round.booked', { name, round: payout.round, amount: payout.amount, receipt })];
  const feeSaid =
    payout.fee.minor > 0n ? [say('round.fee-booked', { fee: payout.fee, receipt: receipt + 1n })] : [];
  const first = proposer(turn, payout);
  return decide(turn, {
    events,
    notices: [
      ...tell(first, 'answer', reply([...done, ...feeSaid, ...end])),
      ...tell(organiserApart(turn, payout, first), 'receipt', reply([...done, ...feeSaid, ...end])),
      ...oweNotices(tanda, handover, { voters, name }),
      ...(over
        ? tell(
            othersThan(turn, voters, [...first, ...organiserApart(turn, payout, first)]),
            'closing',
            reply(end),
          )
        : []),
    ],
    replies: [reply([...(isHers ? lines : done), ...feeSaid, ...end])],
  });
};

/** Fines and what a count found are of no round: what stays in the box when the last one is handed over is said to all. */
const leftLines = ({ speaker: { group } }: MemberTurn, { amount, fee }: ProposedPayout): Say[] => {
  const left = subtract(subtract(group.ownCash, amount), fee);
  return left.minor > 0n ? [say('tanda.left', { left })] : [];
};

/** The money to who receives it, and the organiser's fee by an entry of its own: it is never inside another figure. */
const entriesOf = (
  turn: MemberTurn,
  { facts, running }: Running,
  { payout, handover }: Found,
): readonly [EntryDraft, EntryDraft | undefined] => {
  const postings = handoverPostings(running, handover, (number) => personOf(facts, number).id);
  const entry = decidedEntry(turn, {
    kind: handover.receiver === 'organiser' ? 'organiser-fee' : 'payout',
    key: `payout/${payout.id}`,
    author: payout.by,
    postings: postings.payout,
  });
  if (postings.fee.length === 0) return [entry, undefined];
  const fee = decidedEntry(turn, {
    kind: 'organiser-fee',
    key: `organiser-fee/${payout.id}`,
    author: payout.by,
    postings: postings.fee,
  });
  return [entry, fee];
};

/** What she who received reads: the amount, and who still owes her a part of it. */
const receivedLines = (
  { facts, running }: Running,
  { round, receiver }: Handover,
  { receipt, amount }: { readonly receipt: bigint; readonly amount: Money },
): Say[] => [
  say('round.done', { receipt, amount, round }),
  ...(receiver === 'organiser' ? [] : lackLines({ facts, running }, round)),
];

/** She who is given a fee is told of it, when she neither handed the round over nor speaks. */
const organiserApart = (turn: MemberTurn, payout: ProposedPayout, told: readonly Contact[]): Contact[] => {
  const id = organiserOf(turn);
  if (payout.fee.minor === 0n || id === turn.speaker.me.id || told.some((one) => one.id === id)) return [];
  return turn.speaker.company.officers.filter((one) => one.id === id);
};

/** Who gave nothing or less for the round is told to whom she owes it, the first time it is handed over. */
const oweNotices = (
  { facts }: Running,
  { isLate, missing, receiver, round }: Handover,
  { voters, name }: { readonly voters: readonly Contact[]; readonly name: string },
): Notice[] =>
  isLate
    ? []
    : missing
        .filter(({ number }) => number !== receiver)
        .flatMap(({ number, owes }) =>
          tell(
            voters.filter(({ id }) => id === personOf(facts, number).id),
            'answer',
            reply([say('round.you-owe', { name: firstName(name), owes, round })]),
          ),
        );

const othersThan = (turn: MemberTurn, voters: readonly Contact[], told: readonly Contact[]): Contact[] =>
  voters.filter(({ id }) => id !== turn.speaker.me.id && !told.some((one) => one.id === id));
