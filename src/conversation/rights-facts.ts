import type { Temporal } from 'temporal-polyfill';
import type { ErasureId, GroupId, MemberId, RightsRequestId } from '../domain/ids.ts';
import type { SafeHours } from '../domain/quiet-hours.ts';
import type { Right, Topic } from '../domain/rights.ts';
import type { Contact } from './contact.ts';
import type { Language } from './message.ts';

/** What a member allows beyond her book, and who is responsible for what is kept of her. */
export type OwnRights = {
  readonly programme: string;
  readonly allowed: Readonly<Record<Topic, boolean>>;
  /** Not, since she was asked about a new notice and has not said yes: then nothing of `allowed` is. */
  readonly hasAgreed: boolean;
  /** Whether notices come as they are, by her own word or her programme's; discreet mode closes them whatever it says. */
  readonly openNotices: boolean;
  /** Hours she named, in which she is written to unasked. */
  readonly safeHours: SafeHours | undefined;
  /** The newest pictures, voices and other files between her and staff, by the hash they are kept under; the oldest first. */
  readonly files: readonly string[];
};

/** She asked to be forgotten, and may still come back until then. */
export type WaitingErasure = {
  readonly id: ErasureId;
  readonly number: number;
  readonly groupName: string;
  readonly language: Language;
  readonly until: Temporal.Instant;
  readonly timeZone: string;
};

/** A request about personal data that staff have to see to. */
export type OpenRequest = {
  readonly id: RightsRequestId;
  /** What staff call it by. */
  readonly number: number;
  readonly right: Right;
  /** `accepted`: it was promised, and the program does it by itself when its days are over. */
  readonly state: 'open' | 'accepted';
  readonly due: Temporal.PlainDate;
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly memberId: MemberId;
  readonly memberNumber: number;
  readonly memberName: string;
  /** How her name is written, as she says. */
  readonly name: string | undefined;
  /** Another one of her group has that name. */
  readonly isTaken: boolean;
  /** She, to be written to. */
  readonly her: Contact;
  /** The others who keep her group's book; of a new name. */
  readonly officers: readonly Contact[];
};

/** What of being forgotten and of the notice is settled by the programme that runs the bot. */
export type RightsTerms = {
  /** Days in which she may still come back. */
  readonly erasureDays: number;
  /** Years for which is kept who did or saw what. */
  readonly auditYears: number;
  /** Whom to ask about personal data, as the programme wrote it; empty: staff in the chat. */
  readonly contact: string;
};
