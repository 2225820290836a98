import { firstName } from '../../domain/group.ts';
import { asId, type TandaPayoutId } from '../../domain/ids.ts';
import { add } from '../../domain/money.ts';
import { type Handover, nextHandover } from '../../domain/tanda/handover.ts';
import { isCurrentDue } from '../../domain/tanda/running.ts';
import type { Contact } from '../contact.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { currentMeeting, decide, type OfficerTurn } from '../turn.ts';
import { called, dateOfRound, organiserOf, personOf, type Running, runningIn } from './tanda.ts';
import { showTurns } from './tanda-turns.ts';

/** "Entregar la ronda": what is handed over now, to whom, and what is missing of it. Nothing is decided by looking. */
export const startPayout = (turn: OfficerTurn): StepResult | undefined => {
  const tanda = runningIn(turn);
  if (!tanda) return showTurns(turn);
  const { payout } = tanda.facts;
  if (payout) return stillWaits(turn, tanda, payout.id);
  const handover = nextHandover(tanda.running);
  if (!handover) return said(turn, say('round.nothing'));
  if (!handover.isLate && !isCurrentDue(tanda.running, currentMeeting(turn)))
    return said(
      turn,
      say('round.later', {
        round: handover.round,
        date: dateOfRound(turn, tanda.running, handover.round),
      }),
    );
  return readBack(turn, tanda, handover);
};

const said = (turn: OfficerTurn, text: Say): StepResult => decide(turn, { replies: [reply([text])] });

const stillWaits = (turn: OfficerTurn, { facts }: Running, id: string): StepResult => {
  const { payout } = facts;
  const receiver = facts.people.find((one) => one.id === payout?.member);
  if (!payout || !receiver) return said(turn, say('loan-decide.already'));
  return decide(turn, {
    replies: [
      reply(
        [say('round.waits', { name: called(facts, receiver), amount: payout.amount, round: payout.round })],
        [offer(`round:drop:${id}`, say('round.drop')), offer('no', say('choice.not-now'))],
      ),
    ],
  });
};

/** Who is handed it, as a member; undefined when she is on the roster no more. */
const receiverOf = (turn: OfficerTurn, { facts }: Running, handover: Handover): MemberFacts | undefined => {
  const id = handover.receiver === 'organiser' ? organiserOf(turn) : personOf(facts, handover.receiver).id;
  return turn.speaker.company.desk.roster.find((member) => member.id === id);
};

const readBack = (turn: OfficerTurn, tanda: Running, handover: Handover): StepResult => {
  const { group, me } = turn.speaker;
  const receiver = receiverOf(turn, tanda, handover);
  if (!receiver) return said(turn, say('round.nobody'));
  if (receiver.id === me.id) return said(turn, say('round.own'));
  if (add(handover.amount, handover.fee).minor > group.ownCash.minor)
    return said(turn, say('refusal.more_than_box', { box: group.ownCash }));
  const id = asId<TandaPayoutId>(turn.newId());
  const short = handover.missing.length > 0;
  return decide(turn, {
    flow: {
      type: 'round-confirm',
      payoutId: id,
      round: handover.round,
      amount: handover.amount.minor.toString(),
      fee: handover.fee.minor.toString(),
    },
    replies: [
      reply(
        [...handoverLines(turn, tanda, handover), say(short ? 'round.short-question' : 'list.question')],
        [
          offer(`round:yes:${id}`, say(short ? 'round.as-it-is' : 'choice.yes')),
          offer('no', say(short ? 'round.wait' : 'choice.no')),
        ],
      ),
    ],
  });
};

/** The round, who is missing and what the rule says of it, the amount, and the fee apart from it. */
const handoverLines = (turn: OfficerTurn, tanda: Running, handover: Handover): Say[] => {
  const { facts } = tanda;
  const { round, amount, fee, missing } = handover;
  const name = receiverOf(turn, tanda, handover)?.name ?? '';
  const waiting = turn.speaker.company.desk.waiting.some(({ parts }) => parts.turn.minor > 0n);
  return [
    titleOf(handover, name),
    ...(waiting ? [say('round.unconfirmed')] : []),
    ...missing.map(({ number, owes }) =>
      say('round.missing', { name: called(facts, personOf(facts, number)), owes }),
    ),
    ...(missing.length > 0 ? [say('round.rule', { name: firstName(name) })] : []),
    say('round.amount', { round, amount }),
    ...(fee.minor > 0n ? [say('round.fee', { fee, name: organiserName(turn) })] : []),
  ];
};

const titleOf = ({ receiver, isLate, round }: Handover, name: string): Say => {
  if (receiver === 'organiser') return say('round.organiser', { round, name });
  return isLate ? say('round.late', { round, name }) : say('round.title', { round, name });
};

const organiserName = (turn: OfficerTurn): string =>
  turn.speaker.company.officers.find(({ memberId }) => memberId === organiserOf(turn))?.name ?? '';

/** Her yes, or that what she said was handed over was not. */
export const payoutVerb = (turn: OfficerTurn, what: string, id: string): StepResult | undefined => {
  switch (what) {
    case '':
      return startPayout(turn);
    case 'yes':
      return propose(turn, id);
    case 'drop':
      return drop(turn, id);
    default:
      return undefined;
  }
};

/** She who receives says that she has it; another officer, when she has no telephone. Only then it is booked. */
const propose = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  const tanda = runningIn(turn);
  if (flow.type !== 'round-confirm' || flow.payoutId !== id || !tanda) return undefined;
  if (tanda.facts.payout) return stillWaits(turn, tanda, tanda.facts.payout.id);
  const handover = nextHandover(tanda.running);
  const receiver = handover && receiverOf(turn, tanda, handover);
  if (!handover || !receiver) return said(turn, say('round.nothing'));
  // Somebody gave in between: what was read back is not what would be handed over.
  if (!isAsShown(flow, handover)) return readBack(turn, tanda, handover);
  const witnesses: Contact[] =
    receiver.reach.length > 0 ? [contactOf(receiver)] : otherOfficers(turn, receiver);
  if (witnesses.length === 0) return said(turn, say('list.no-officer'));
  const { round, amount, fee } = handover;
  const { group, me } = turn.speaker;
  return decide(turn, {
    events: [
      {
        type: 'payout-proposed',
        payout: {
          id: flow.payoutId,
          cycleId: tanda.facts.cycleId,
          round,
          member: receiver.id,
          amount,
          fee,
          by: me.id,
          meetingOn: currentMeeting(turn),
        },
      },
    ],
    notices: tell(
      witnesses,
      'ask',
      reply(
        [
          ...(fee.minor > 0n ? [say('round.fee-apart', { fee, name: organiserName(turn) })] : []),
          receiver.reach.length > 0
            ? say('round.yours', { leader: firstName(me.name), amount, round })
            : say('round.second', { leader: firstName(me.name), amount, round, name: receiver.name }),
        ],
        [
          offer(`roundsaid:yes:${flow.payoutId}`, say('loan-hand.got')),
          offer(`roundsaid:no:${flow.payoutId}`, say('loan-hand.not-got')),
        ],
      ),
    ),
    replies: [reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? group.name) })])],
  });
};

const isAsShown = (
  shown: { readonly round: number; readonly amount: string; readonly fee: string },
  { round, amount, fee }: Handover,
): boolean =>
  shown.round === round && shown.amount === amount.minor.toString() && shown.fee === fee.minor.toString();

/** It was not handed over after all, or nobody can answer: nothing is booked, and it can be said anew. */
const drop = (turn: OfficerTurn, id: string): StepResult => {
  const { payout } = runningIn(turn)?.facts ?? {};
  if (payout?.id !== id) return said(turn, say('loan-decide.already'));
  return decide(turn, {
    events: [
      { type: 'payout-moved', step: { id: payout.id, state: 'refused', witness: turn.speaker.me.id } },
    ],
    replies: [reply([say('round.dropped')], [offer('round', say('menu.round'))])],
  });
};
