import type { Temporal } from 'temporal-polyfill';
import type { MeetingHabit } from './calendar.ts';
import type { GroupId, MemberId } from './ids.ts';
import type { Currency } from './money.ts';
import type { GroupRules } from './rules.ts';

/** An officer is any role but `member`: her word confirms payments. */
export type Role = 'member' | 'leader' | 'treasurer' | 'secretary';

/**
 * invited: on the roster, has not come to the chat. pending: came with the group's code, waits for a leader's yes.
 * suspended: her money and her word about it stay hers; she has no vote and is lent nothing. left: her book is kept.
 */
export type MemberState = 'invited' | 'pending' | 'active' | 'suspended' | 'left';

/** Her number is her place in the meeting, and how she is named on paper (Trickle Up seating). */
export type Member = {
  readonly id: MemberId;
  readonly number: number;
  readonly name: string;
  readonly role: Role;
  readonly state: MemberState;
};

export type SavingsGroup = {
  readonly id: GroupId;
  readonly name: string;
  readonly currency: Currency;
  readonly meeting: MeetingHabit;
  readonly meetingPlace: string | undefined;
  /** Whether its members are reminded of their meetings. */
  readonly reminders: boolean;
  /** Local wall time at which members are reminded, the day before the meeting unless another day was chosen. */
  readonly reminderTime: Temporal.PlainTime;
  /** ISO: Monday is 1. Undefined for the day before the meeting. */
  readonly reminderWeekday: number | undefined;
  readonly rules: GroupRules;
  readonly rulesVersion: number;
};

export const isOfficer = (role: Role): boolean => role !== 'member';

/** Whether she has her place in the group and in the chat, suspended or not. */
export const hasPlace = (state: MemberState): boolean => state === 'active' || state === 'suspended';

/**
 * What a member is called among the others: her first name, or as much of her name as tells her from who shares it.
 * "María Sol" and "María Luisa" where both are called María.
 */
export const callName = (name: string, others: readonly string[]): string => {
  const words = name.split(' ');
  for (let count = 1; count < words.length; count += 1) {
    const short = words.slice(0, count).join(' ');
    const shared = others.filter((other) => other !== name && `${other} `.startsWith(`${short} `));
    if (shared.length === 0) return short;
  }
  return name;
};

/** The name she is called by: "Ana Martínez" is Ana. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;
