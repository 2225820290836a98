import type { Temporal } from 'temporal-polyfill';
import type { Audience } from '../domain/broadcast/audience.ts';
import type { Lender } from '../domain/capital.ts';
import type { Draw } from '../domain/draw/draw.ts';
import type { Goal } from '../domain/goal.ts';
import type { Member, SavingsGroup } from '../domain/group.ts';
import type {
  AddressId,
  CoverId,
  CycleId,
  DisputeId,
  DrawId,
  EntryId,
  GroupId,
  InviteId,
  LoanId,
  LoanPlanId,
  MemberId,
  MoneyOutId,
  PaymentId,
  ProgrammeId,
  TalkId,
} from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';
import type { Pot } from '../domain/ledger/account.ts';
import type { Balances } from '../domain/ledger/balance.ts';
import type { EntryKind, Posting } from '../domain/ledger/entry.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import type { LoanRequest } from '../domain/loan/request.ts';
import type { LoanStanding } from '../domain/loan/standing.ts';
import type { OpenMeeting } from '../domain/meeting.ts';
import type { Money } from '../domain/money.ts';
import type { OutKind } from '../domain/money-out.ts';
import type { PaymentParts, PaymentState } from '../domain/payment.ts';
import type { Underway } from '../domain/underway.ts';
import type { Vote } from '../domain/vote.ts';
import type { Contact, Reach } from './contact.ts';
import type { LessonFacts } from './lesson-facts.ts';
import type { Language } from './message.ts';
import type { SecondWord } from './second-word.ts';
import type { Session } from './session.ts';
import type { SentFile, StaffSpeaker } from './staff-facts.ts';
import type { MarkedMessage, OwnTalk } from './talk-facts.ts';
import type { TandaFacts } from './tanda-facts.ts';

export type { Contact, Reach } from './contact.ts';

/** The facts one step may use: all it knows of the world. */
export type Snapshot = {
  readonly now: Temporal.Instant;
  readonly address: AddressFacts;
  readonly speaker: Speaker;
  /** Facts about an invite code, present when `need` asked for one. */
  readonly invite: InviteFacts | 'none' | undefined;
  /** The file she sent, present when `need` asked for it. */
  readonly file: SentFile | undefined;
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
  /** Her number came with another person's id: whoever writes now is not who it was. */
  readonly contradicted: boolean;
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

export type Seat = { readonly memberId: MemberId; readonly name: string; readonly groupName: string };

/** A loan with the new plan that waits for a second officer's word. */
export type LoanOfMember = LoanStanding & {
  readonly proposed?:
    | {
        readonly id: LoanPlanId;
        readonly n: number;
        readonly firstDue: Temporal.PlainDate;
        readonly by: MemberId;
      }
    | undefined;
};

export type GivenAt = {
  readonly meetingOn: Temporal.PlainDate;
  readonly savings: Money;
  readonly social: Money;
  readonly receipt: bigint;
  readonly nth: number;
};

export type MemberFacts = Member & {
  readonly language: Language;
  readonly reminders: boolean;
  /** Her own hour for them; without it the group's. */
  readonly reminderTime: Temporal.PlainTime | undefined;
  /** Her own day for them, ISO: Monday is 1. Undefined for the group's. */
  readonly reminderWeekday: number | undefined;
  readonly reach: readonly Reach[];
  readonly saved: Money;
  /** What she wants to have saved, when she has said so. */
  readonly goal: Goal | undefined;
  readonly loans: readonly LoanOfMember[];
  /** Fines that were set and are not paid yet. */
  readonly fined: Money;
  /** Confirmed payments for the meetings of the last days. */
  readonly given: readonly GivenAt[];
};

export type GroupFacts = SavingsGroup & {
  readonly id: GroupId;
  readonly programmeId: ProgrammeId;
  readonly language: Language;
  /** The state and the municipality it is in, as its programme wrote them. */
  readonly place: Place;
  /** `frozen`: a check found it wrong, and nothing is booked until it is mended. */
  readonly book: { readonly seq: bigint; readonly head: string; readonly frozen: boolean };
  readonly cash: Money;
  /** What lies in the box that loans come from. */
  readonly loanCash: Money;
  /** What lies in the box that the members' own money is in. */
  readonly ownCash: Money;
  /** What lies in the emergency pot; part of `cash`. */
  readonly socialCash: Money;
  readonly savedByAll: Money;
  readonly memberCount: number;
  /** Where an organisation's money for loans has a box of its own. */
  readonly lender: Lender | undefined;
  /** The two officers who stand for what the group brought into its book; none where it brought nothing. */
  readonly signatures: readonly OpeningSignature[];
  /** What has left a box and is not in the book yet. */
  readonly underway: readonly Underway[];
  /** Of the product tanda, and of no other. */
  readonly tanda: TandaFacts | undefined;
};

/**
 * asked: in the chat, and she has not answered. signed, refused: she said there that it is so, or not. paper: whoever
 * imported the book says that she signed on paper.
 */
export const SIGNATURES = ['asked', 'signed', 'refused', 'paper'] as const;
export type OpeningSignature = {
  readonly id: MemberId;
  readonly name: string;
  readonly state: (typeof SIGNATURES)[number];
};

/** What a running group brought into its book, from its opening entry. */
export type OpeningFacts = {
  readonly on: Temporal.PlainDate;
  readonly saved: Money;
  /** Lent and not repaid, from whichever box. */
  readonly lent: Money;
  readonly boxes: readonly { readonly pot: Pot; readonly cash: Money }[];
};

export type Desk = {
  readonly roster: readonly MemberFacts[];
  /** Came with the group's code and wait for a leader's yes. */
  readonly newcomers: readonly Newcomer[];
  readonly waiting: readonly WaitingPayment[];
};

/** Came with the group's code. `known`: she says she is somebody who was on the roster before. */
export type Newcomer = Contact & { readonly id: MemberId; readonly number: number; readonly known: boolean };

export type WaitingPayment = {
  readonly id: PaymentId;
  readonly memberId: MemberId;
  readonly parts: PaymentParts;
  readonly state: 'reported' | 'signed';
  readonly meetingOn: Temporal.PlainDate;
  readonly batch: string;
  readonly reportedBy: string;
  readonly firstSigner: string | undefined;
};

/** Facts only some dialogues use; `undefined` until asked for with `need`. */
export type Extra = {
  readonly movements: readonly Movement[] | undefined;
  readonly receipts: readonly ReceiptFacts[] | undefined;
  readonly lists: readonly ReceiptFacts[] | undefined;
  readonly payment: ReceiptFacts | 'none' | undefined;
  readonly disputes: readonly DisputeFacts[] | undefined;
  /** Loans of the group that were asked for and are not in the book yet. */
  readonly requests: readonly RequestFacts[] | undefined;
  readonly closing: ClosingFacts | undefined;
  readonly covers: Covers | undefined;
  /** Money that an officer says left the box, and nobody else yet. */
  readonly outs: readonly MoneyOutFacts[] | undefined;
  readonly opening: OpeningFacts | undefined;
  /** Changes of what was booked that wait for a second officer. */
  readonly seconds: readonly SecondWord<ReceiptFacts>[] | undefined;
  /** The last draw of the group. */
  readonly draw: DrawFacts | 'none' | undefined;
  /** The meeting that is open now. */
  readonly meeting: OpenMeeting | 'none' | undefined;
  /** The last day by which the box was counted: what was given before is in the book, or is not written any more. */
  readonly counted: Temporal.PlainDate | 'none' | undefined;
  /** The members who may vote, or are told what all are told. */
  readonly voters: readonly Contact[] | undefined;
  /** Her lessons. */
  readonly lessons: LessonFacts | undefined;
  /** Her conversation with the programme's staff. */
  readonly talk: OwnTalk | undefined;
};

/** `member`: whose savings, or who is helped. */
export type MoneyOutFacts = {
  readonly id: MoneyOutId;
  readonly kind: OutKind;
  readonly amount: Money;
  /** proposed: one officer says it. seconded: another one says the same; now she who leaves says that she has it. */
  readonly state: 'proposed' | 'seconded';
  readonly by: MemberId;
  readonly member: MemberFacts | undefined;
};

/** Gaps that others paid for: proposed, booked, and what was given back. */
export type Covers = {
  readonly all: readonly CoverFacts[];
  readonly refunds: readonly (CoverShare & { readonly debtor: MemberId })[];
  /** Who covered somebody and has left the group. */
  readonly former: readonly { readonly id: MemberId; readonly name: string }[];
};

export type CoverFacts = Cover & {
  readonly id: CoverId;
  readonly state: 'proposed' | 'booked';
  readonly proposedBy: MemberId;
  readonly votes: readonly Vote[];
};

/** What the closing of the cycle needs besides the roster. Amounts in minor units. */
export type ClosingFacts = {
  readonly cycleId: CycleId;
  /** The officer who proposes to close it now. */
  readonly proposedBy: MemberId | undefined;
  readonly fines: bigint;
  /** Negative after a loss. */
  readonly earnings: bigint;
  /** What members still owe those who covered them. */
  readonly covered: bigint;
  /** Everybody in the group, in the order of their numbers. `isWaited`: a payment of hers waits for an officer's word. */
  readonly members: readonly {
    readonly id: MemberId;
    readonly saved: bigint;
    readonly coverOwed: bigint;
    readonly coveredOwed: bigint;
    readonly isWaited: boolean;
  }[];
  readonly interest: readonly {
    readonly loanId: LoanId;
    readonly memberId: MemberId;
    readonly minor: bigint;
  }[];
  /** Late fees that were received. */
  readonly lateFees: readonly { readonly loanId: LoanId; readonly minor: bigint }[];
  /** What the organisation's capital is in the book. */
  readonly outsideCapital: bigint;
  /** What was said of a member's loans being lost, under the oldest of them: the first vote is hers who proposed it. */
  readonly losses: readonly {
    readonly loanId: LoanId;
    readonly memberId: MemberId;
    readonly votes: readonly Vote[];
  }[];
};

/** A draw as it stands, with the names of those who take part. */
export type DrawFacts = {
  readonly id: DrawId;
  readonly draw: Draw;
  /** The officer who began it: another one opens the secret. */
  readonly begunBy: MemberId;
  /** Whether the cycle it was made for is still open. */
  readonly isOfThisCycle: boolean;
  /** Known only when the words are closed. */
  readonly secret: string | undefined;
  readonly people: readonly { readonly id: MemberId; readonly number: number; readonly name: string }[];
};

export type RequestFacts = LoanRequest & { readonly borrower: Contact };

/**
 * One line of her passbook: what an entry did to her savings, to what she owes with its interest, to what she gave for a
 * tanda, or a payout of it that she was handed.
 */
export type Movement = {
  readonly seq: bigint;
  readonly on: Temporal.PlainDate;
  readonly kind: EntryKind;
  readonly account: 'savings' | 'loan' | 'turn' | 'payout';
  /** Signed: savings grow, a loan shrinks. */
  readonly delta: Money;
};

export type ReceiptFacts = {
  readonly paymentId: PaymentId;
  readonly memberId: MemberId;
  readonly parts: PaymentParts;
  readonly state: PaymentState;
  readonly meetingOn: Temporal.PlainDate;
  readonly nth: number;
  readonly batch: string;
  readonly decidedBy: string | undefined;
  readonly entryId: EntryId | undefined;
  readonly receipt: bigint | undefined;
  readonly occurredOn: Temporal.PlainDate | undefined;
  /** When an officer's word made it a receipt. */
  readonly decidedAt: Temporal.Instant | undefined;
  readonly postings: readonly Posting[];
  /** Where the accounts of its postings stand now. */
  readonly balances: Balances;
  /** The cycle it belongs to was shared out since. */
  readonly isClosed: boolean;
  /** A meeting ended since: all were told balances that it is part of. */
  readonly isTold: boolean;
  readonly disputed: boolean;
};

export type DisputeFacts = {
  readonly id: DisputeId;
  readonly memberId: MemberId;
  readonly payment: ReceiptFacts;
};

export type InviteFacts = {
  readonly id: InviteId;
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly language: Language;
  readonly usable: boolean;
  /** A personal code names its member; a group's code does not, and brings the roster to find her on. */
  readonly member:
    | {
        readonly id: MemberId;
        readonly name: string;
        /** Somebody is in the chat as her, or she is no member any more: the code opens nothing. */
        readonly claimed: boolean;
        readonly state: 'invited' | 'active';
        /** What the group brought into its book waits for her signature. */
        readonly signs: boolean;
      }
    | undefined;
  readonly roster: readonly {
    readonly id: MemberId;
    readonly number: number;
    readonly name: string;
    readonly free: boolean;
  }[];
  readonly officers: readonly Contact[];
};

/** What a step may ask for when the facts it was given are not enough: the app loads them and steps again. */
export type Need =
  | StoredNeed
  /** The file she sent, by the channel's own name of it: it is fetched, looked at and kept. */
  | { readonly type: 'file'; readonly ref: string };

/** Facts of the database. */
export type StoredNeed =
  | {
      readonly type:
        | 'company'
        | 'movements'
        | 'receipts'
        | 'lists'
        | 'disputes'
        | 'requests'
        | 'voters'
        | 'closing'
        | 'covers'
        | 'outs'
        | 'opening'
        | 'seconds'
        | 'draw'
        | 'meeting'
        | 'counted'
        | 'lessons'
        | 'lesson-report'
        | 'summary'
        | 'places'
        | 'broadcasts'
        | 'saved'
        | 'own-talk'
        | 'talks'
        | 'staff';
    }
  /** By its number, or its id. */
  | { readonly type: 'broadcast'; readonly of: string }
  | { readonly type: 'talk'; readonly id: TalkId }
  | { readonly type: 'audience'; readonly programmeId: ProgrammeId; readonly audience: Audience }
  | { readonly type: 'payment'; readonly id: PaymentId }
  | { readonly type: 'invite'; readonly code: string };
