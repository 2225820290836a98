import type { Temporal } from 'temporal-polyfill';
import type { BoxMove } from '../domain/box-days.ts';
import type { AddressId, GroupId, MemberId } from '../domain/ids.ts';
import type { LoanRequest } from '../domain/loan/request.ts';
import type { OpenMeeting } from '../domain/meeting.ts';
import type { MeetingWork } from '../domain/meeting-steps.ts';
import type { NewPin, PinFacts, PinTold } from './access/pin-facts.ts';
import type { ClosingFacts } from './closing-facts.ts';
import type { Contact } from './contact.ts';
import type { CoverDispute, Covers, GivenCover } from './cover-facts.ts';
import type { OwnDanger } from './danger-facts.ts';
import type { DrawFacts } from './draw-facts.ts';
import type { ElectionFacts } from './election-facts.ts';
import type { GroupFacts, OpeningFacts } from './group-facts.ts';
import type { InviteFacts } from './invite-facts.ts';
import type { LessonFacts } from './lesson-facts.ts';
import type { MemberFacts } from './member-facts.ts';
import type { Language } from './message.ts';
import type { MoneyOutFacts } from './money-out-facts.ts';
import type { DisputeFacts, Movement, ReceiptFacts, WaitingPayment } from './payment-facts.ts';
import type { OwnRights, WaitingErasure } from './rights-facts.ts';
import type { SecondWord } from './second-word.ts';
import type { Session } from './session.ts';
import type { SentFile, StaffSpeaker } from './staff-facts.ts';
import type { MarkedMessage, OwnTalk } from './talk-facts.ts';
import type { EndedTanda } from './tanda-facts.ts';
import type { GroupTelephones } from './telephone-event.ts';

/** The facts one step may use: all it knows of the world. */
export type Snapshot = {
  readonly now: Temporal.Instant;
  readonly address: AddressFacts;
  readonly speaker: Speaker;
  /** Facts about an invite code, present when `need` asked for one. */
  readonly invite: InviteFacts | 'none' | undefined;
  /** So many codes were guessed in vain today that for an hour no new one is looked up. */
  readonly codesPaused: boolean;
  /** The file she sent, present when `need` asked for it. */
  readonly file: SentFile | undefined;
  /** Of a member: her PIN, as far as a step may know it. */
  readonly pin?: PinFacts | undefined;
  /** What came of digits that `need` asked about. */
  readonly pinTold?: PinTold | undefined;
  /** A number that was drawn for her whose PIN is closed, when `need` asked for one. */
  readonly newPin?: NewPin | undefined;
  /** Of a member: the kinds of notices that wait closed until she asks to see them. */
  readonly waits?: readonly string[] | undefined;
  /** The message of staff that she answers, when she marked one. */
  readonly marked: MarkedMessage | undefined;
};

export type AddressFacts = {
  readonly id: AddressId;
  readonly channel: string;
  readonly language: Language | undefined;
  readonly consented: boolean;
  /** She wrote BAJA: nothing unasked goes out until she writes ALTA. */
  readonly stopped: boolean;
  readonly wrongCodes: number;
  readonly wrongCodeAt: Temporal.Instant | undefined;
  readonly session: Session;
  /** The last word to her was that something waits for her until she writes, and it does. */
  readonly invited: boolean;
  /** A message of staff to many reached her within two days, and she has not written since. */
  readonly afterMany: boolean;
  /** Her number came with another person's id: whoever writes now is not who it was. */
  readonly contradicted: boolean;
  /**
   * Nothing was heard from it for long: `new` when this is the first she writes since, `known` until it is seen who it is.
   * `paused`: it said no to a new one, another one waits for its day now, and this one opens nothing until then.
   */
  readonly doubt: 'new' | 'known' | 'paused' | undefined;
  /** A new telephone that waits for its day. */
  readonly recovering: boolean;
  /** Members who wrote from here and asked to be forgotten, while they may still come back. */
  readonly erasures: readonly WaitingErasure[];
  /** The version of the privacy notice that the member who speaks was last asked about. */
  readonly noticeSeen: number;
};

export type Speaker = { readonly type: 'stranger' } | MemberSpeaker | StaffSpeaker;

export type MemberSpeaker = {
  readonly type: 'member';
  readonly me: MemberFacts;
  readonly group: GroupFacts;
  /** Her other groups on the same address, herself included; one in most cases. */
  readonly seats: readonly Seat[];
  /** The others of her group; undefined until asked for with `need`, for a question about herself needs none of them. */
  readonly company: Company | undefined;
  readonly extra: Extra;
};

export type Company = {
  readonly officers: readonly Contact[];
  readonly staff: readonly Contact[];
  /** Only for officers: the whole group, what waits for a word, and who asks to come in. */
  readonly desk: Desk | undefined;
};

export type Seat = {
  readonly memberId: MemberId;
  readonly groupId: GroupId;
  readonly name: string;
  readonly groupName: string;
};

export type Desk = {
  readonly roster: readonly MemberFacts[];
  /** Came with the group's code and wait for a leader's yes. */
  readonly newcomers: readonly Newcomer[];
  readonly waiting: readonly WaitingPayment[];
  /** Whose PIN was tried too often: it is closed until two officers open it. */
  readonly closedPins: readonly MemberId[];
};

/** Came with the group's code. `known`: she says she is somebody who was on the roster before. */
export type Newcomer = Contact & { readonly id: MemberId; readonly number: number; readonly known: boolean };

/** Facts only some dialogues use; `undefined` until asked for with `need`. */
export type Extra = {
  readonly movements: readonly Movement[] | undefined;
  readonly receipts: readonly ReceiptFacts[] | undefined;
  /** What she gave for others; known with `receipts`. */
  readonly given: readonly GivenCover[] | undefined;
  readonly lists: readonly ReceiptFacts[] | undefined;
  readonly payment: ReceiptFacts | 'none' | undefined;
  readonly disputes: readonly DisputeFacts[] | undefined;
  /** The same of what was given for another; known with `disputes`. */
  readonly coverDisputes: readonly CoverDispute[] | undefined;
  /** Loans of the group that were asked for and are not in the book yet. */
  readonly requests: readonly RequestFacts[] | undefined;
  readonly closing: ClosingFacts | undefined;
  readonly covers: Covers | undefined;
  /** Money that an officer says left the box, and nobody else yet. */
  readonly outs: readonly MoneyOutFacts[] | undefined;
  readonly opening: OpeningFacts | undefined;
  /** The group's last tanda that has ended; none where one never did. */
  readonly endedTanda: EndedTanda | 'none' | undefined;
  /** Changes of what was booked that wait for a second officer. */
  readonly seconds: readonly SecondWord<ReceiptFacts>[] | undefined;
  /** The last draw of the group. */
  readonly draw: DrawFacts | 'none' | undefined;
  /** The meeting that is open now. */
  readonly meeting: OpenMeeting | 'none' | undefined;
  /** What was done at it so far; known with `meeting` while one is open. */
  readonly meetingWork: MeetingWork | undefined;
  /** The day of the latest meeting that was closed; known with `meeting`. */
  readonly lastClosed: Temporal.PlainDate | undefined;
  /** The last day by which the box was counted: what was given before is in the book, or is not written any more. */
  readonly counted: Temporal.PlainDate | 'none' | undefined;
  /** By how much each box moved on the days of the last weeks; known with `counted`. */
  readonly boxMoves: readonly BoxMove[] | undefined;
  /** The members who may vote, or are told what all are told. */
  readonly voters: readonly Contact[] | undefined;
  /** Her lessons. */
  readonly lessons: LessonFacts | undefined;
  /** Her conversation with the programme's staff. */
  readonly talk: OwnTalk | undefined;
  /** Who there is when she is in danger, and what she asked of them. */
  readonly danger: OwnDanger | undefined;
  /** What she allows beyond her book. */
  readonly rights: OwnRights | undefined;
  readonly recoveries: GroupTelephones | undefined;
  /** Who is proposed for an office, and who has one. */
  readonly election: ElectionFacts | undefined;
};

export type RequestFacts = LoanRequest & { readonly borrower: Contact };
