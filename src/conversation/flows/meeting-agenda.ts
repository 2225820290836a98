import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../../domain/group.ts';
import { type MeetingStep, nextStep } from '../../domain/meeting-steps.ts';
import { nextHandover } from '../../domain/tanda/handover.ts';
import { isCurrentDue } from '../../domain/tanda/running.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import { currentMeeting, decide, isPast, type OfficerTurn } from '../turn.ts';
import { forMe } from './book-waiting.ts';
import { hasNoTelephone } from './loan-whom.ts';
import { runningIn } from './tanda.ts';

/**
 * What may be done in an open meeting, what comes next first: it is said and offered before the rest, which follows in the
 * usual order. In a tanda the round is handed over, elsewhere there are loans and savings.
 *
 * @param also what is being written down with this answer, so that it counts as done
 */
export const agenda = (
  turn: OfficerTurn,
  on: Temporal.PlainDate,
  {
    before = [],
    also = [],
  }: { readonly before?: readonly Say[]; readonly also?: readonly DomainEvent[] } = {},
): Reply => {
  const left = leftAt(turn, on, also);
  const next = nextStep({ ...left, unpaid: left.unpaid.length });
  const choices = choicesOf(turn, on);
  const isNext = ({ steps }: Choice): boolean => steps.includes(next);
  return reply(
    [...before, say('meeting-open.agenda', { date: on }), nextLine(next, left.unpaid)],
    [...choices.filter(isNext), ...choices.filter((choice) => !isNext(choice))].map(({ choice }) => choice),
  );
};

type Choice = { readonly steps: readonly MeetingStep[]; readonly choice: Offer };

const choicesOf = (turn: OfficerTurn, on: Temporal.PlainDate): Choice[] => {
  const past = isPast(turn, on) ? on.toString() : undefined;
  const isTanda = turn.speaker.group.tanda !== undefined;
  const one = (steps: readonly MeetingStep[], payload: string, label: Say): Choice => ({
    steps,
    choice: offer(payload, label),
  });
  return [
    one(['roll'], 'meeting:roll', say('meeting-open.roll')),
    one(['payments'], past ? `record:${past}` : 'record', say('menu.record')),
    one(['payments'], past ? `walk:on:${past}` : 'walk', say('menu.walk')),
    one(['pending', 'loans'], 'pending', say('menu.pending')),
    ...(isTanda
      ? [one(['round'], 'round', say('menu.round')), one([], 'turns', say('menu.turns'))]
      : [
          ...(asksForOthers(turn) ? [one([], 'loan:whom', say('loan-for.menu'))] : []),
          one([], 'cover', say('meeting-open.gaps')),
          one([], 'out', say('meeting-open.out')),
        ]),
    one(['count'], 'meeting:count', say('meeting-open.count')),
    one([], 'closing', say(isTanda ? 'tanda-stop.menu' : 'meeting-open.closing')),
    one([], 'meeting:lesson', say('meeting-open.lesson')),
  ];
};

/** Who has no telephone asks for a loan through an officer. */
const asksForOthers = ({ speaker: { group, company, me } }: OfficerTurn): boolean =>
  group.rules.loans !== undefined &&
  company.desk.roster.some((member) => member.id !== me.id && hasNoTelephone(member));

/** What is left to do. Whose money of a past meeting is missing is not known: it goes on with what waits. */
const leftAt = (turn: OfficerTurn, on: Temporal.PlainDate, also: readonly DomainEvent[]) => {
  const { extra, company } = turn.speaker;
  const roll = also.flatMap((event) => (event.type === 'attendance-taken' ? [event.attendance] : []));
  const away = new Set(
    roll.length > 0
      ? roll.filter(({ present }) => !present).map(({ memberId }) => memberId)
      : extra.meetingWork?.absent,
  );
  const unpaid = isPast(turn, on)
    ? []
    : company.desk.roster.filter(
        ({ id, given }) => !away.has(id) && !given.some(({ meetingOn }) => meetingOn.equals(on)),
      );
  return {
    rolled: roll.length > 0 || extra.meetingWork?.rolled === true,
    unpaid,
    waiting: forMe(turn).length,
    loans: extra.meetingWork?.loans ?? 0,
    round: isRoundDue(turn),
  };
};

const isRoundDue = (turn: OfficerTurn): boolean => {
  const tanda = runningIn(turn);
  const handover = tanda && !tanda.facts.payout ? nextHandover(tanda.running) : undefined;
  return (
    tanda !== undefined &&
    handover !== undefined &&
    (handover.isLate || isCurrentDue(tanda.running, currentMeeting(turn)))
  );
};

const nextLine = (next: MeetingStep, [only, ...more]: readonly MemberFacts[]): Say => {
  if (next !== 'payments' || !only)
    return say(next === 'payments' ? 'meeting-next.count' : `meeting-next.${next}`);
  return more.length === 0
    ? say('meeting-next.payments-one', { name: firstName(only.name) })
    : say('meeting-next.payments', { count: more.length + 1 });
};

/** Without an open meeting nothing else of it can be done. */
export const askToOpen = (turn: OfficerTurn): StepResult => {
  const date = currentMeeting(turn);
  const [question, yes] = wasClosed(turn)
    ? [say('reopen.question', { date }), offer('meeting:reopen', say('reopen.ask'))]
    : [say('meeting-open.question', { date }), offer('meeting:open:yes', say('meeting-open.yes'))];
  return decide(turn, { replies: [reply([question], [yes, offer('no', say('choice.not-now'))])] });
};

/** Whether the current meeting was held and closed. */
export const wasClosed = (turn: OfficerTurn): boolean =>
  turn.speaker.extra.lastClosed?.equals(currentMeeting(turn)) ?? false;
