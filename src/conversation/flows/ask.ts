import { nextMeeting } from '../../domain/calendar.ts';
import { firstName } from '../../domain/group.ts';
import { isOwing, owing } from '../../domain/loan/standing.ts';
import { isAnybodys } from '../access/unlocked.ts';
import { withWaiting } from '../closed.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, dueOf, needs, todayOf } from '../turn.ts';
import { lenderLines } from './capital.ts';
import { cashLines } from './count-text.ts';
import { coverStanding, coverToGiveBack, withoutLoan } from './cover-standing.ts';
import { goalSoFar } from './goal.ts';
import { ANYBODYS, officeOf } from './menu-anybodys.ts';
import { openingOffers, signatureLines } from './opening.ts';
import { passbookOffers, reportOffers } from './papers.ts';
import { dueLines, runningLines } from './passbook-lines.ts';
import { savedSoFar } from './saved-so-far.ts';
import { herTurnLines, myTanda, tandaSummary } from './tanda-mine.ts';

/** How many lines of the passbook fit one message that is easily read. */
const MOVEMENTS_SHOWN = 6;

const answer = (turn: AskTurn, lines: readonly Say[], offers: readonly Offer[] = []): StepResult =>
  decide(turn, { replies: [reply(lines, offers)] });

/** The button of what is hers: her savings, or her place in the tanda. */
export const mine = ({ speaker: { group: g } }: AskTurn): Offer =>
  offer('ask:savings', say(g.tanda ? 'menu.tanda' : 'menu.savings'));

/** What she has saved, and what she owes when she has a loan. */
export const balance = (turn: AskTurn): StepResult => {
  const { me } = turn.speaker;
  if (turn.speaker.group.tanda) return myTanda(turn);
  return answer(
    turn,
    [
      ...savedSoFar(turn),
      ...goalSoFar(me),
      ...(isOwing(me.loans) ? [say('balance.owed', { owed: owing(me.loans, todayOf(turn)).owed })] : []),
      ...coverStanding(turn.speaker),
      say('balance.as-of', { today: todayOf(turn) }),
    ],
    [offer('ask:next', say('menu.next')), offer('ask:history', say('menu.history'))],
  );
};

/** What she owes on her loans, and the next instalment. */
export const loan = (turn: AskTurn): StepResult => {
  const { me } = turn.speaker;
  if (!isOwing(me.loans)) return answer(turn, withoutLoan(turn.speaker), [...askForLoan(turn), mine(turn)]);
  const standing = owing(me.loans, todayOf(turn));
  return answer(
    turn,
    [
      say('loan.owed', { owed: standing.owed }),
      ...(standing.arrears.minor > 0n ? [say('loan.arrears', { arrears: standing.arrears })] : []),
      ...(standing.lateFee.minor > 0n ? [say('loan.late-fee', { fee: standing.lateFee })] : []),
      ...(standing.next ? [say('loan.next', { due: standing.next.due, date: standing.next.date })] : []),
      ...coverStanding(turn.speaker),
    ],
    [
      offer('ask:next', say('menu.next')),
      offer('ask:pay-off', say('menu.pay-off')),
      offer('report', say('menu.report')),
    ],
  );
};

/** Only where the group's rules know loans. */
export const askForLoan = ({ speaker: { group: g, me } }: AskTurn): Offer[] =>
  g.rules.loans && me.state !== 'suspended' ? [offer('loan:start', say('menu.loan-ask'))] : [];

/** When the next payment is and what is expected then, by purpose. */
export const next = (turn: AskTurn): StepResult => {
  const { me, group } = turn.speaker;
  const coming = nextMeeting(group.meeting, turn.snapshot.now);
  const due = dueOf(turn, me, coming.date);
  const when = say('next.when', { date: coming.date, time: group.meeting.time });
  if (due.total.minor === 0n)
    return answer(turn, [say('next.nothing'), ...coverToGiveBack(turn.speaker), when, ...herTurnLines(turn)]);
  return answer(
    turn,
    [
      say('next.due', { total: due.total }),
      ...dueLines(due),
      ...coverToGiveBack(turn.speaker),
      when,
      ...herTurnLines(turn),
    ],
    [offer('report', say('menu.report')), mine(turn)],
  );
};

/** Her last movements, newest first, with what stood after each. */
export const movements = (turn: AskTurn): StepResult => {
  const { extra, me } = turn.speaker;
  if (!extra.movements) return needs({ type: 'movements' });
  if (extra.movements.length === 0) return answer(turn, [say('history.none')]);
  const lines = runningLines(extra.movements, {
    savings: me.saved,
    loan: owing(me.loans, todayOf(turn)).owed,
    cover: me.coverOwed,
    covered: me.coverDue,
  });
  return answer(
    turn,
    [say('history.title'), ...lines.slice(0, MOVEMENTS_SHOWN)],
    [mine(turn), offer('dispute', say('menu.dispute')), ...passbookOffers()],
  );
};

/** The group's total and its next meeting: what is read aloud in the meeting, never another member's figures. */
export const group = (turn: AskTurn): StepResult => {
  const { group: g } = turn.speaker;
  return answer(
    turn,
    [
      say('group.title', { group: g.name, count: g.memberCount }),
      ...(g.tanda ? tandaSummary(turn) : [say('group.saved', { saved: g.savedByAll })]),
      ...cashLines(g),
      ...lenderLines(turn),
      ...signatureLines(turn),
      meetingLine(turn),
    ],
    [
      mine(turn),
      ...reportOffers(turn),
      offer('ask:rules', say('menu.rules')),
      offer('ask:menu', say('menu.all')),
    ],
  );
};

export const meeting = (turn: AskTurn): StepResult =>
  answer(
    turn,
    [meetingLine(turn)],
    [...(officeOf(turn) ? [offer('meeting', say('menu.meeting'))] : []), offer('ask:next', say('menu.next'))],
  );

/** Where and when the group meets next. */
export const meetingLine = (turn: AskTurn): Say => {
  const { group: g } = turn.speaker;
  const { date } = nextMeeting(g.meeting, turn.snapshot.now);
  const when = { date, time: g.meeting.time };
  return g.meetingPlace ? say('meeting.at', { ...when, place: g.meetingPlace }) : say('meeting.on', when);
};

/** Everything she can do, most used first: a number, a word or a button each. */
export const menu = (turn: AskTurn): StepResult =>
  decide(turn, { replies: [menuReply(turn, say('menu.title', { name: firstName(turn.speaker.me.name) }))] });

/** The menu under a line of its own, such as a welcome. */
export const menuReply = (turn: AskTurn, title: Say): Reply =>
  reply(
    [isAnybodys(turn.snapshot) ? say('menu.title-anybodys') : title],
    withWaiting(turn.snapshot, [...menuOffers(turn), offer('ask:more', say('menu.more'))]),
  );

/** What she can do, most used first. */
export const menuOffers = (turn: AskTurn): readonly Offer[] => {
  if (isAnybodys(turn.snapshot)) return ANYBODYS;
  const isTanda = turn.speaker.group.tanda !== undefined;
  const own = [
    mine(turn),
    ...(isTanda ? [] : [offer('ask:loan', say('menu.loan'))]),
    offer('ask:next', say('menu.next')),
    offer('ask:history', say('menu.history')),
  ];
  const officer = [
    ...openingOffers(turn),
    offer('record', say('menu.record')),
    offer('meeting', say('menu.meeting')),
    offer('pending', say('menu.pending')),
  ];
  const group = offer('ask:group', say('menu.group'));
  const turns = isTanda ? [offer('turns', say('menu.turns'))] : [];
  const round = isTanda ? [offer('round', say('menu.round'))] : [];
  return officeOf(turn)
    ? [...officer, ...round, ...turns, ...own, group]
    : [...turns, ...own, offer('report', say('menu.report')), group];
};
