import { asId, type CoverId, type MemberId } from '../../domain/ids.ts';
import type { Posting } from '../../domain/ledger/entry.ts';
import { type Money, money, subtract } from '../../domain/money.ts';
import { heldPostings } from '../../domain/tanda/postings.ts';
import {
  debtPostings,
  heldInAll,
  type Part,
  type StoppedTanda,
  settleStopped,
} from '../../domain/tanda/stopped.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { chunks } from './closing-confirm.ts';
import { waitingFirst } from './closing-settled.ts';
import { called, ended, personOf, type Running, runningIn } from './tanda.ts';

/** How it would be settled; undefined when no tanda runs. */
const settlementOf = (
  turn: OfficerTurn,
): { readonly tanda: Running; readonly plan: StoppedTanda } | undefined => {
  const tanda = runningIn(turn);
  return tanda && { tanda, plan: settleStopped(tanda.running, turn.speaker.group.rules.cashUnitMinor) };
};

/** What must be settled before a tanda is ended: payments nobody confirmed, a round on its way, money underway or missing. */
export const stopFirst = (turn: OfficerTurn): StepResult | undefined => {
  const tanda = runningIn(turn);
  if (!tanda) return decide(turn, { replies: [reply([say('refusal.tanda_no_turns')])] });
  if (tanda.facts.payout)
    return decide(turn, {
      replies: [reply([say('tanda-stop.payout-first')], [offer('round', say('menu.round'))])],
    });
  return waitingFirst(turn) ?? boxFirst(turn, tanda);
};

/** What a count found missing cannot be given back: nothing says whose part it is. */
const boxFirst = (turn: OfficerTurn, { running }: Running): StepResult | undefined => {
  const { ownCash: box } = turn.speaker.group;
  const held = heldInAll(running);
  if (held.minor <= box.minor) return undefined;
  const text = say('tanda-stop.box-short', { held, box, short: subtract(held, box) });
  return decide(turn, { replies: [reply([text])] });
};

/** What goes back from the box now, and who owes whom afterwards: what two officers say yes to. */
export const settlementLines = (turn: OfficerTurn): Say[] => {
  const of = settlementOf(turn);
  if (!of) return [];
  const { tanda, plan } = of;
  const name = (number: number): string => called(tanda.facts, personOf(tanda.facts, number));
  return [
    say('tanda-stop.will'),
    ...plan.back.map(({ number, amount }) => say('tanda-stop.back', { name: name(number), amount })),
    ...plan.debts.map(({ number, owes }) => say('tanda-stop.debt', { name: name(number), owes })),
    ...later(plan).map(({ number, amount }) => say('tanda-stop.later', { name: name(number), amount })),
  ];
};

/** What each is still owed once the box is empty. */
const later = ({ debts }: StoppedTanda): Part[] => {
  const all = new Map<number, Money>();
  for (const { number, amount } of debts.flatMap(({ shares }) => shares))
    all.set(number, money((all.get(number)?.minor ?? 0n) + amount.minor, amount.currency));
  return [...all].map(([number, amount]) => ({ number, amount }));
};

/**
 * The second officer said so too: the tanda has ended. What was in the box is with those who were owed, and each debt is
 * kept as one for a cover is, so that it is paid back in the same way, in parts, to those it is owed to.
 */
export const endTanda = (
  turn: OfficerTurn,
  of: { readonly by: MemberId; readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] },
): StepResult => {
  const first = stopFirst(turn);
  const settled = settlementOf(turn);
  if (first || !settled) return first ?? decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const { tanda, plan } = settled;
  const { seq } = turn.speaker.group.book;
  const boxes = chunks(heldPostings(tanda.running.held, idIn(tanda)));
  return decide(turn, {
    events: [
      ...of.events,
      ...boxes.map((postings, n) => boxEntry(turn, { postings, n, by: of.by, tanda })),
      ...plan.debts.flatMap((debt) => debtEvents(turn, { debt, by: of.by, tanda })),
      ended(turn, tanda),
    ],
    notices: [
      ...of.notices,
      ...toEach(turn, { tanda, plan, receipt: seq + 1n, debtsFrom: seq + 1n + BigInt(boxes.length) }),
    ],
    replies: [
      reply(
        [say('tanda-stop.done'), ...settlementLines(turn).slice(1)],
        [offer('cover', say('meeting-open.gaps'))],
      ),
    ],
  });
};

const idIn =
  ({ facts }: Running) =>
  (number: number): MemberId =>
    personOf(facts, number).id;

const boxEntry = (
  turn: OfficerTurn,
  of: {
    readonly postings: readonly Posting[];
    readonly n: number;
    readonly by: MemberId;
    readonly tanda: Running;
  },
): DomainEvent => ({
  type: 'entry-posted',
  entry: decidedEntry(turn, {
    kind: 'closing',
    key: `closing/${of.tanda.facts.cycleId}/${of.n}`,
    author: of.by,
    postings: of.postings,
  }),
});

const debtEvents = (
  turn: OfficerTurn,
  {
    debt,
    by,
    tanda,
  }: { readonly debt: StoppedTanda['debts'][number]; readonly by: MemberId; readonly tanda: Running },
): DomainEvent[] => {
  const id = asId<CoverId>(turn.newId());
  const idOf = idIn(tanda);
  const entry = decidedEntry(turn, {
    kind: 'cover',
    key: `cover/${id}`,
    author: by,
    postings: debtPostings(debt, idOf),
  });
  const shares = debt.shares.map(({ number, amount }) => ({ by: idOf(number), amount }));
  return [
    { type: 'entry-posted', entry },
    {
      type: 'cover-proposed',
      cover: { id, debtor: idOf(debt.number), gap: debt.owes, by: 'pro-rata', proposedBy: by, shares },
    },
    { type: 'cover-moved', id, state: 'booked', witness: turn.speaker.me.id, entryId: entry.id },
  ];
};

/** Everybody hears that it ended, and what of it is hers. */
const toEach = (
  turn: OfficerTurn,
  of: {
    readonly tanda: Running;
    readonly plan: StoppedTanda;
    readonly receipt: bigint;
    readonly debtsFrom: bigint;
  },
): Notice[] => {
  const { company, me } = turn.speaker;
  return company.desk.roster
    .filter((member) => member.id !== me.id)
    .flatMap((member) => {
      const back = of.plan.back.find(({ number }) => number === member.number);
      const still = later(of.plan).find(({ number }) => number === member.number);
      const at = of.plan.debts.findIndex(({ number }) => number === member.number);
      const debt = of.plan.debts[at];
      return tell(
        [contactOf(member)],
        'closing',
        reply([
          say('tanda-stop.told'),
          ...(back ? [say('tanda-stop.yours', { amount: back.amount, receipt: of.receipt })] : []),
          ...(still ? [say('tanda-stop.yours-later', { amount: still.amount })] : []),
          ...(debt
            ? [say('tanda-stop.you-owe', { owes: debt.owes, receipt: of.debtsFrom + BigInt(at) })]
            : []),
          say('keep.person'),
        ]),
      );
    });
};
