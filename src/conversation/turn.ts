import { Temporal } from 'temporal-polyfill';
import { localDate, nearestMeetingDate } from '../domain/calendar.ts';
import { type Due, dueAt } from '../domain/due.ts';
import { callName } from '../domain/group.ts';
import type { Sha256 } from '../domain/ledger/chain.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import type { SpokenLanguage } from '../domain/lesson/spoken.ts';
import { add, type Money, zero } from '../domain/money.ts';
import { turnDueAt } from '../domain/tanda/running.ts';
import type { PinWay } from './access/pin-facts.ts';
import type { GroupFacts } from './group-facts.ts';
import type { ShownLine } from './lesson-facts.ts';
import type { GivenAt, MemberFacts } from './member-facts.ts';
import type { IncomingBody, Language } from './message.ts';
import type { Need } from './need.ts';
import type { Outcome, StepResult } from './outcome.ts';
import type { RightsTerms } from './rights-facts.ts';
import type { Reply } from './say.ts';
import type { Flow, Session } from './session.ts';
import type { Company, Desk, MemberSpeaker, Snapshot } from './snapshot.ts';
import type { StaffSpeaker } from './staff-facts.ts';
import type { AudienceReading } from './understand/audience.ts';
import type { Places } from './understand/audience-phrases.ts';
import type { LessonWork } from './understand/lesson-work.ts';
import type { Meaning } from './understand/meaning.ts';
import type { Moment } from './understand/moment.ts';
import type { OfficeReading } from './understand/office.ts';
import type { StaffWork } from './understand/staff-work.ts';

/** What she answered, once numbers and words have been matched with what was offered. */
export type Input =
  /** One of our own choices: "pay:yes:<id>" is verb pay, then its arguments. */
  | { readonly type: 'choice'; readonly verb: string; readonly args: readonly string[] }
  | { readonly type: 'words'; readonly text: string; readonly meaning: Meaning }
  | { readonly type: 'start'; readonly code: string | undefined };

/** One turn of a dialogue: the facts, what she said, and a source of new ids. */
export type Turn = {
  readonly snapshot: Snapshot;
  readonly input: Input;
  readonly session: Session;
  readonly language: Language;
  /** Reads a text as the given person's, against the group's roster: for answers that are part of a larger text. */
  readonly read: (text: string) => Meaning;
  /** What came, as it came. */
  readonly body: IncomingBody;
  /** How she can type a PIN where she writes. */
  readonly pinWay: PinWay;
  /** The address of a page on which it is typed. */
  readonly pinLink: (token: string) => string;
  /** The number she writes from, where her address is one; else empty. */
  readonly herNumber: string;
  readonly newId: () => string;
  readonly newSecret: () => string;
  /** A fresh invitation code, as people write it. */
  readonly newCode: () => string;
  /** Whether her platform lets us take back what we wrote. */
  readonly canErase: boolean;
  readonly lessons: Catalogue;
  /** Languages that lessons may be spoken in. */
  readonly spoken: readonly SpokenLanguage[];
  /** Reads what is said about lessons in whole phrases: "grabar lección F4 en tsotsil". */
  readonly lessonWork: (text: string) => LessonWork | undefined;
  /** Reads what staff say of messages to many, in whole phrases: "cancelar envío 12". */
  readonly staffWork: (text: string) => StaffWork | undefined;
  /** Reads whom such a message is for. */
  readonly audience: (text: string, places: Places) => AudienceReading;
  /** Reads an office and which of these names a sentence says: "la nueva tesorera es Ana". */
  readonly office: (text: string, names: readonly string[]) => OfficeReading;
  /** Reads a day and an hour to come: "mañana a las 9". */
  readonly moment: (text: string, today: Temporal.PlainDate) => Moment | undefined;
  /** The lines to call that may be shown where her group is. */
  readonly helpLines: (place: Place) => readonly ShownLine[];
  readonly sha256: Sha256;
  /** Words in a text that are never sent unasked: of violence, of the body. */
  readonly sensitiveWords: (text: string) => readonly string[];
  /** Whether a channel's platform takes free words only for a while after somebody wrote. */
  readonly isWindowed: (channel: string) => boolean;
  /** A message to more people than this is looked at by a second one of the staff. */
  readonly secondAbove: number;
  readonly rights: RightsTerms;
};

/** A turn of somebody of the programme's staff. */
export type StaffTurn = Turn & { readonly staff: StaffSpeaker };

/** A turn of somebody who is in a group and asks about herself. */
export type AskTurn = Turn & { readonly speaker: MemberSpeaker };

/** A turn of somebody who is in a group, with the others of it. */
export type MemberTurn = Turn & { readonly speaker: MemberSpeaker & { readonly company: Company } };

/** A turn of an officer: she has the group's desk. */
export type OfficerTurn = Turn & {
  readonly speaker: MemberSpeaker & { readonly company: Company & { readonly desk: Desk } };
};

export const isMemberTurn = (turn: AskTurn): turn is MemberTurn => turn.speaker.company !== undefined;

export const isOfficerTurn = (turn: MemberTurn): turn is OfficerTurn =>
  turn.speaker.company.desk !== undefined;

type Decision = Partial<Omit<Outcome, 'session' | 'replies' | 'language' | 'groupId'>> & {
  readonly flow?: Flow;
  readonly replies: readonly Reply[];
  readonly session?: Partial<Session>;
  readonly language?: Language;
  /** Where the events belong, for a stranger who has no group yet. */
  readonly groupId?: Outcome['groupId'];
};

/** Ends a turn. What is not named stays as it was; without `flow` the dialogue is idle again. */
export const decide = (turn: Turn, decision: Decision): StepResult => {
  const { snapshot, session } = turn;
  const own = snapshot.speaker.type === 'member' ? snapshot.speaker.group.id : undefined;
  return {
    type: 'decided',
    outcome: {
      session: { ...session, offered: [], ...decision.session, flow: decision.flow ?? { type: 'idle' } },
      language: decision.language ?? snapshot.address.language,
      stopped: decision.stopped ?? snapshot.address.stopped,
      wrongCode: decision.wrongCode ?? 'unchanged',
      forget: decision.forget ?? false,
      moved: decision.moved ?? false,
      erase: decision.erase ?? false,
      replies: decision.replies,
      replyDelaySeconds: decision.replyDelaySeconds ?? 0,
      notices: decision.notices ?? [],
      events: decision.events ?? [],
      groupId: decision.groupId ?? own,
    },
  };
};

/** Asks for facts: the app loads them and the same message is stepped again. */
export const needs = (need: Need): StepResult => ({ type: 'needs', need });

/** Today where the group lives. */
export const todayOf = (turn: AskTurn): Temporal.PlainDate =>
  localDate(turn.snapshot.now, turn.speaker.group.meeting.timeZone);

/** Whether a meeting is over and another one is the current one: what is written of it now was given then. */
export const isPast = (turn: AskTurn, meetingOn: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(meetingOn, currentMeeting(turn)) < 0;

/** The meeting that money given today is for. */
export const currentMeeting = (turn: AskTurn): Temporal.PlainDate =>
  nearestMeetingDate(turn.speaker.group.meeting, todayOf(turn));

/** The meeting that is open, where that is known; else the one that money given today is for. */
export const meetingNow = (turn: AskTurn): Temporal.PlainDate => {
  const { meeting } = turn.speaker.extra;
  return meeting && meeting !== 'none' ? meeting.on : currentMeeting(turn);
};

/** What the leader calls a member of her group: her first name, or more of it where two share it. */
export const nameAmong = (turn: OfficerTurn, member: { readonly name: string }): string =>
  callName(
    member.name,
    turn.speaker.company.desk.roster.map((m) => m.name),
  );

/** What a member already gave for one meeting: empty when she has no receipt for it. */
export const givenAt = (member: MemberFacts, meetingOn: Temporal.PlainDate): GivenAt[] =>
  member.given.filter((g) => g.meetingOn.equals(meetingOn));

/** What a member still has to give at one meeting. */
export const dueOf = (turn: AskTurn, member: MemberFacts, meetingOn: Temporal.PlainDate): Due =>
  expectedOf(member, turn.speaker.group, meetingOn);

/** What a member of a group still has to give at one meeting: what is expected less what she already gave for it. */
export const expectedOf = (
  member: MemberFacts,
  group: Pick<GroupFacts, 'rules' | 'currency' | 'tanda'>,
  meetingOn: Temporal.PlainDate,
): Due => {
  const given = givenAt(member, meetingOn);
  const none = zero(group.currency);
  return dueAt(meetingOn, {
    rules: group.rules,
    loans: member.loans,
    given: {
      savings: given.map((g) => g.savings).reduce(add, none),
      social: given.map((g) => g.social).reduce(add, none),
    },
    fined: member.fined,
    turn: turnDueOf(member, group, meetingOn),
  });
};

/** What a tanda asks of a member at one meeting: nothing in other groups, and while nobody has a turn. */
const turnDueOf = (
  member: MemberFacts,
  { currency, tanda }: Pick<GroupFacts, 'currency' | 'tanda'>,
  meetingOn: Temporal.PlainDate,
): Money => (tanda?.running ? turnDueAt(tanda.running, member.number, meetingOn) : zero(currency));
