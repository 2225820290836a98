import type { Underway } from '../../domain/underway.ts';
import type { Contact } from '../contact.ts';
import { contactOf, otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { type Say, say } from '../say.ts';
import type { SecondWord } from '../second-word.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf } from './cover-book.ts';
import { nameOf } from './cover-plan.ts';
import { waitsForSecond } from './late-loan-second.ts';
import { pastDayOf, planOut } from './out-plan.ts';
import { outQuestion, witnessesOf } from './out-witness.ts';
import { groupWaiting, groupWaitsFor, whoSays } from './pending-group.ts';
import { changeLines, concerned, secondQuestion } from './second-ask.ts';
import { secondsFor } from './second-who.ts';
import { mySigned } from './sign-total.ts';
import { called, personById } from './tanda.ts';
import { underwayLine } from './underway.ts';
import { decidesByVote, standsAt } from './vote.ts';

/** What another officer said and this one has to say too, one at a time; undefined when nothing of it is hers to say. */
export const secondWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const { extra, group } = turn.speaker;
  if (!extra.seconds) return needs({ type: 'seconds' });
  if (!extra.election) return needs({ type: 'election' });
  if (!extra.outs && group.underway.some(({ kind }) => kind !== 'loan')) return needs({ type: 'outs' });
  if (!extra.covers && group.rules.loans) return needs({ type: 'covers' });
  const word = openWords(turn).find((one) => isHers(turn, secondsFor(turn, one)) && !isVotedOn(turn, one));
  if (word) return decide(turn, { replies: [secondQuestion(turn, word)] });
  return outWaiting(turn) ?? groupWaiting(turn);
};

/** Changes that another officer asked for, of whoever is in the group. */
const openWords = (turn: OfficerTurn): SecondWord<ReceiptFacts>[] =>
  (turn.speaker.extra.seconds ?? []).filter(({ change }) =>
    concerned(change).every((id) => memberOf(turn, id)),
  );

/** What the members still vote on is no officer's to write down. */
const isVotedOn = (turn: OfficerTurn, word: SecondWord<ReceiptFacts>): boolean =>
  word.change.kind === 'forgive' && decidesByVote(turn) && standsAt(turn, word) === 'open';

const isHers = ({ speaker }: OfficerTurn, who: readonly Contact[]): boolean =>
  who.some(({ id }) => id === speaker.me.id);

const outWaiting = (turn: OfficerTurn): StepResult | undefined => {
  for (const out of turn.speaker.extra.outs ?? []) {
    if (!isHers(turn, witnessesOf(turn, out))) continue;
    const on = pastDayOf(turn, out);
    if (on === 'unknown' || (on && !turn.speaker.extra.boxMoves)) return needs({ type: 'counted' });
    const planned = planOut(turn, { id: out.id, kind: out.kind, member: out.member, asked: out.amount, on });
    // Of what she gets who leaves the closing's facts would be needed: it is in the list of what waits.
    if (planned?.ok) return decide(turn, { replies: [outQuestion(turn, out, planned.value)] });
  }
  return undefined;
};

/** What waits for somebody else's word, each with whose it is. */
export const waitsForOthers = (turn: OfficerTurn): Say[] => {
  const { extra, group } = turn.speaker;
  const lines = [
    // Those of others she has been asked about before: what is left is her own.
    ...(extra.disputes ?? []).flatMap(({ memberId, payment }) => [
      say('pending.dispute', { name: nameOf(turn, memberId), receipt: payment.receipt ?? 0n }),
      whoSays(otherOfficers(turn)),
    ]),
    ...mySigned(turn).flatMap(({ line }) => [line, whoSays(otherOfficers(turn))]),
    ...openWords(turn).flatMap((word) => [
      ...changeLines(turn, word.change),
      isVotedOn(turn, word) ? say('pending.voted') : whoseWord(turn, word),
    ]),
    ...group.underway.flatMap((one) => [underwayLine(turn, one), whoSays(witnessesFor(turn, one))]),
    ...loansAsked(turn),
    ...plansAsked(turn),
    ...roundHanded(turn),
    ...groupWaitsFor(turn),
  ];
  return lines.length === 0 ? [] : [say('pending.others'), ...lines];
};

const whoseWord = (turn: OfficerTurn, word: SecondWord<ReceiptFacts>): Say =>
  word.toStaff ? say('pending.staff') : whoSays(secondsFor(turn, word));

const witnessesFor = (turn: OfficerTurn, one: Underway): readonly Contact[] => {
  const { extra, company } = turn.speaker;
  const out = extra.outs?.find(({ id }) => id === one.id);
  if (out) return witnessesOf(turn, out);
  const borrower = company.desk.roster.find(({ id }) => id === one.memberId);
  const request = extra.requests?.find(({ id }) => id === one.id);
  const isHers = !(request && waitsForSecond(turn, request));
  return isHers && borrower && borrower.reach.length > 0
    ? [contactOf(borrower)]
    : company.officers.filter(({ id }) => id !== one.by && id !== one.memberId);
};

/** Loans that she asked for in another's name, and that another officer decides on. */
const loansAsked = (turn: OfficerTurn): Say[] => {
  const { me, extra } = turn.speaker;
  if (decidesByVote(turn)) return [];
  return (extra.requests ?? [])
    .filter(({ state, askedBy }) => state === 'asked' && askedBy === me.id)
    .flatMap((request) => [
      say('loan-for.waits', { name: request.borrower.name, amount: request.amount }),
      whoSays(otherOfficers(turn, request.borrower)),
    ]);
};

/** New plans of loans that she proposed herself. */
const plansAsked = (turn: OfficerTurn): Say[] => {
  const { me, company } = turn.speaker;
  return company.desk.roster
    .filter(({ loans }) => loans.some(({ proposed }) => proposed?.by === me.id))
    .flatMap((member) => [
      say('pending.plan', { name: member.name }),
      whoSays(otherOfficers(turn, { id: member.id })),
    ]);
};

/** Money of a tanda's round that an officer says she handed over. */
const roundHanded = ({ speaker }: OfficerTurn): Say[] => {
  const { tanda } = speaker.group;
  const { payout } = tanda ?? {};
  const receiver = tanda && payout && personById(tanda, payout.member);
  return receiver
    ? [say('round.waits', { name: called(tanda, receiver), amount: payout.amount, round: payout.round })]
    : [];
};
