import type { FineReason, OpenMeeting } from '../../domain/meeting.ts';
import type { Money } from '../../domain/money.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, meetingNow, nameAmong, needs, type OfficerTurn } from '../turn.ts';

import { finedNotice, fineSet, finesFor } from './fine-set.ts';
import { agenda } from './meeting-agenda.ts';

/** Who is named as missing or late: shown back before a fine is set. */
type Named = { readonly members: readonly MemberFacts[]; readonly unclear: readonly string[] };

/** What the roll wrote down, and who is told. */
type Decided = { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] };

export const rollQuestion = (before: readonly Say[]): Reply =>
  reply(
    [...before, say('roll.absent')],
    [offer('meeting:nobody', say('roll.nobody')), offer('meeting', say('choice.not-now'))],
  );

export const askAbsent = (turn: OfficerTurn, before: readonly Say[]): StepResult =>
  decide(turn, { flow: { type: 'meeting-roll', reason: 'absent' }, replies: [rollQuestion(before)] });

/** The names she wrote: who is missing, or who came late. */
export const rollAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const { meeting } = turn.speaker.extra;
  if (flow.type !== 'meeting-roll' || turn.input.type !== 'words') return undefined;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return undefined;
  const { members, unclear } = namedIn(turn, turn.input.text);
  if (unclear.length > 0) return again(turn, flow.reason, say('roll.unclear', { names: unclear.join(', ') }));
  if (members.length === 0) return undefined;
  return flow.reason === 'absent'
    ? absentAre(turn, meeting, members)
    : proposeFines(turn, 'late', { members, events: [] });
};

const again = (turn: OfficerTurn, reason: 'absent' | 'late', why: Say): StepResult =>
  reason === 'absent' ? askAbsent(turn, [why]) : askLate(turn, [why], { events: [], notices: [] });

/** Understood whatever language she writes in. */
const MISSING = 'faltaron';

/** Names are read as the leader's lists are: "faltaron Petra y Ana", "Petra, Ana", "la 4". */
export const namedIn = (turn: OfficerTurn, text: string): Named => {
  const said = turn.read(text);
  const isSaid = said.items.some((item) => item.purpose === 'unpaid');
  // Names alone are read as what they answer.
  const meaning = isSaid ? said : turn.read(`${MISSING} ${text}`);
  const members = meaning.items.flatMap((item) =>
    item.purpose === 'unpaid' ? turn.speaker.company.desk.roster.filter((m) => m.number === item.member) : [],
  );
  return { members, unclear: [...meaning.unknown, ...meaning.ambiguous.map(({ text: t }) => t)] };
};

export const nobody = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  const { flow } = turn.session;
  if (flow.type !== 'meeting-roll') return decide(turn, { replies: [agenda(turn, meeting.on)] });
  return flow.reason === 'absent'
    ? absentAre(turn, meeting, [])
    : decide(turn, { replies: [agenda(turn, meeting.on)] });
};

/** Writes who came and who did not, and asks about the fine that the rules set for staying away. */
const absentAre = (turn: OfficerTurn, meeting: OpenMeeting, absent: readonly MemberFacts[]): StepResult => {
  const away = new Set(absent.map((member) => member.id));
  const events: DomainEvent[] = turn.speaker.company.desk.roster.map((member) => ({
    type: 'attendance-taken',
    attendance: {
      memberId: member.id,
      meetingOn: meeting.on,
      present: !away.has(member.id),
      by: turn.speaker.me.id,
    },
  }));
  return proposeFines(turn, 'absent', { members: absent, events });
};

const amountOf = (turn: OfficerTurn, reason: FineReason): Money =>
  reason === 'late' ? turn.speaker.group.rules.fines.late : turn.speaker.group.rules.fines.absent;

const proposeFines = (
  turn: OfficerTurn,
  reason: 'absent' | 'late',
  of: { readonly members: readonly MemberFacts[]; readonly events: readonly DomainEvent[] },
): StepResult => {
  const amount = amountOf(turn, reason);
  if (amount.minor === 0n || of.members.length === 0)
    return rollDone(turn, reason, { events: of.events, notices: [] });
  const names = of.members.map((member) => nameAmong(turn, member)).join(', ');
  return decide(turn, {
    flow: { type: 'meeting-fines', reason, members: of.members.map((member) => member.id) },
    events: of.events,
    replies: [
      reply(
        [say(`roll.fine-${reason}`, { amount, names })],
        [offer('meeting:fine:yes', say('roll.fine-yes')), offer('meeting:fine:no', say('roll.fine-no'))],
      ),
    ],
  });
};

/** Her yes or no to the fines she was shown. Set once: a second press finds nothing to set. */
export const setFines = (turn: OfficerTurn, [answer = '']: readonly string[]): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'meeting-fines') return undefined;
  const fines =
    answer === 'yes'
      ? finesFor(turn, flow.members, { amount: amountOf(turn, flow.reason), reason: flow.reason })
      : [];
  return rollDone(turn, flow.reason, {
    events: fines.map((fine) => fineSet(turn, fine)),
    notices: fines.flatMap(finedNotice),
  });
};

/** After the missing the late ones, where the rules fine them; then the rest of the meeting. */
const rollDone = (turn: OfficerTurn, reason: 'absent' | 'late', decided: Decided): StepResult => {
  const lateIsFined = turn.speaker.group.rules.fines.late.minor > 0n;
  if (reason === 'absent' && lateIsFined) return askLate(turn, [say('roll.done')], decided);
  return decide(turn, {
    ...decided,
    replies: [agenda(turn, meetingNow(turn), { before: [say('roll.done')], also: decided.events })],
  });
};

const askLate = (turn: OfficerTurn, before: readonly Say[], decided: Decided): StepResult =>
  decide(turn, {
    flow: { type: 'meeting-roll', reason: 'late' },
    ...decided,
    replies: [reply([...before, say('roll.late')], [offer('meeting:nobody', say('roll.nobody'))])],
  });
