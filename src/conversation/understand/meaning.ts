/** Every intent a message can have. */
export const INTENTS = [
  'savings.balance',
  'loan.balance',
  'payment.next',
  'history',
  'payment.report',
  'payment.dispute',
  'loan.request',
  'loan.payoff',
  'loan.reschedule',
  'goal.set',
  'group.summary',
  'meeting.next',
  'lesson.next',
  'lesson.topic',
  'lesson.continue',
  'lesson.done',
  'lesson.hour',
  'lessons.off',
  'lessons.on',
  'reminders.off',
  'reminders.on',
  'language.set',
  'help',
  'human',
  'urgent',
  'stop',
  'start',
  'privacy',
  'hide',
  'join',
  'greeting',
  'thanks',
  'yes',
  'no',
  'cancel',
  'unknown',
  'payments.record',
  'payments.pending',
  'payment.undo',
  'loan.disburse',
  'loan.lost',
  'attendance',
  'fine',
  'invite',
  'report',
  'turns.show',
  'turns.swap',
  'round.hand',
  'closing.see',
  'capital.in',
  'capital.out',
  'box.count',
  'money.out',
  'fine.off',
  'reminders.group-off',
  'reminders.group-on',
  'erase',
  'check.words',
  'data.mine',
  'data.erase',
  'pin.set',
  'discreet.on',
  'discreet.off',
  'recover',
  'role.change',
  'hours.safe',
  'member.suspend',
  'minor',
  'meeting.open',
  'rules.see',
  'savings.take',
  'group.leave',
] as const;

/** What a person asked for or told us. The ones of `LEADER_INTENTS` are only ever given to a leader. */
export type Intent = (typeof INTENTS)[number];

export const isIntent = (text: string): text is Intent => INTENTS.some((intent) => intent === text);

export const LEADER_INTENTS: ReadonlySet<string> = new Set<Intent>([
  'payments.record',
  'payments.pending',
  'payment.undo',
  'loan.disburse',
  'loan.lost',
  'attendance',
  'fine',
  'invite',
  'report',
  'round.hand',
  'capital.in',
  'capital.out',
  'box.count',
  'money.out',
  'fine.off',
  'member.suspend',
  'meeting.open',
]);

/** What money was for. `pay`: not said. `due`: she paid what she owed, no amount said. `unpaid`: she gave nothing. */
export type Purpose = 'savings' | 'loan' | 'fine' | 'social' | 'pay' | 'due' | 'unpaid';

/** What money leaves the box for, as it is said. */
export type OutWord = 'withdrawal' | 'grant' | 'expense';

/** One member's line of a list. `member` is her roster number; no amount for `due`, `unpaid` and "paid her loan". */
export type ListItem = { readonly member: number; readonly purpose: Purpose; readonly amountMinor?: bigint };

/** A name that fits several members, as it was written. */
export type AmbiguousName = { readonly text: string; readonly candidates: readonly number[] };

/** A day as people say it. Which one it is depends on the day it is said. ISO weekdays: Monday is 1. */
export type SaidDay =
  | { readonly type: 'weekday'; readonly weekday: number; readonly isLast: boolean }
  | {
      readonly type: 'date';
      readonly day: number;
      readonly month: number | undefined;
      readonly year: number | undefined;
    }
  | { readonly type: 'days-ago'; readonly days: number }
  | { readonly type: 'last-meeting' }
  /** The meeting of the week before (1), of the one before that (2). */
  | { readonly type: 'weeks-ago'; readonly weeks: number };

/** A list or a meeting of a day that was named. */
export type OfDay = {
  readonly said: SaidDay;
  /** She wants something written: she names a list, or says so. Of a meeting alone she may ask when it is. */
  readonly writes: boolean;
  /** What the message says besides: the list itself, or nothing. */
  readonly rest: string;
};

/** What one message means, and why we think so. */
export type Meaning = {
  readonly intent: Intent;
  readonly items: ListItem[];
  /** The one amount of the message: of a report, a request, a goal, or of a bare number when one was expected. */
  readonly amountMinor?: bigint;
  readonly purpose?: Purpose;
  /** Of `join`: capitals and digits only, 6 to 12. */
  readonly code?: string;
  readonly language?: 'es' | 'en';
  /** Of reminders: the one weekday named. ISO: Monday is 1. */
  readonly weekday?: number;
  /** Of `money.out`: what it is for, when that and nothing else was named. */
  readonly out?: OutWord;
  /** Of `lesson.topic`: a track named in `words.json`, or her own words when no track fits. */
  readonly topic?: string;
  readonly ambiguous: AmbiguousName[];
  /** Names and fragments, as written, that could not be placed. */
  readonly unknown: string[];
  /** Money was seen and could not be read with certainty: ask, never record the rest as if it were all. */
  readonly clarify: boolean;
  /** Of a leader's list of another day than today's meeting. */
  readonly ofDay?: OfDay;
  /** The words and rules that decided, for tests and for support. Never logged: it quotes the message. */
  readonly why: string[];
};

/** A member as a leader may name her. `number` is her place in the group's list, 1 and up. */
export type RosterEntry = { readonly number: number; readonly name: string };

export type UnderstandRole = 'member' | 'leader';

/** Intents that come with an amount when one is said. */
export const AMOUNT_INTENTS: ReadonlySet<string> = new Set<Intent>([
  'payment.report',
  'loan.request',
  'goal.set',
  'fine',
  'fine.off',
  'loan.disburse',
  'capital.in',
  'capital.out',
  'money.out',
  'savings.take',
]);

/** For whose words a number says nothing against them: an amount, or an hour. */
export const NUMBER_INTENTS: ReadonlySet<string> = new Set<string>([...AMOUNT_INTENTS, 'hours.safe']);
