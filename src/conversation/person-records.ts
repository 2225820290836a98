import type { Temporal } from 'temporal-polyfill';
import type { Role } from '../domain/group.ts';
import type { LoanPurpose } from '../domain/loan/request.ts';
import type { Money } from '../domain/money.ts';
import type { SecondWord } from './second-word.ts';

type At = { readonly at: Temporal.Instant };
type Days = readonly { readonly day: Temporal.PlainDate; readonly count: number }[];

/** What a second word may be about that concerns one member. */
export type WordKind =
  | Exclude<SecondWord<unknown>['change']['kind'], 'tanda-stop' | 'reopen'>
  | 'known-phone';

/** How what was proposed ended, whatever it was. */
export type Ending = 'open' | 'done' | 'not-done' | 'taken-back';

/** An office of a group. */
type Office = Exclude<Role, 'member'>;

/** What became of a member beside her money: changed, asked and decided about her, or by her. Nobody else is named. */
export type PersonRecords = {
  /** What the roll of a meeting said before it was corrected. */
  readonly rollWas: readonly (At & { readonly on: Temporal.PlainDate; readonly was: boolean })[];
  /** What she was short of and others paid, or were asked to. */
  readonly covered: readonly (At & {
    readonly amount: Money;
    /** How the others shared it. */
    readonly kind: string;
    readonly ending: Ending;
  })[];
  /** What she paid, or was asked to pay, for another one. */
  readonly shares: readonly (At & { readonly amount: Money; readonly ending: Ending })[];
  /** What was given back of it, by her or to her. */
  readonly refunds: readonly {
    readonly on: Temporal.PlainDate;
    readonly amount: Money;
    readonly gave: boolean;
  }[];
  /** Loans that an officer asked for, for her. */
  readonly askedForHer: readonly (At & {
    readonly amount: Money;
    readonly purpose: LoanPurpose;
    readonly n: number;
    readonly state: string;
  })[];
  /** New plans for what is left of a loan of hers. */
  readonly plans: readonly (At & {
    readonly n: number;
    readonly firstDue: Temporal.PlainDate;
    readonly ending: Ending;
  })[];
  /** Changes of turns: `asked` when she did, else she was asked. */
  readonly swaps: readonly (At & { readonly asked: boolean; readonly ending: Ending })[];
  /** Her places in an order of turns, from one. */
  readonly turns: readonly (At & { readonly places: readonly number[]; readonly ending: Ending })[];
  /** What was missing of hers in rounds before the tanda's book. */
  readonly owedBefore: readonly { readonly round: number; readonly amount: Money }[];
  /** Draws that she was in, with the places she came to once they are known. */
  readonly draws: readonly (At & { readonly places: readonly number[] })[];
  readonly words: readonly (At & {
    readonly kind: WordKind;
    readonly amount: Money | undefined;
    readonly ending: Ending;
  })[];
  readonly telephones: readonly (At & { readonly contested: boolean; readonly ending: Ending })[];
  /** `herself`: she was proposed; else she proposed another one. */
  readonly elections: readonly (At & {
    readonly office: Office;
    readonly herself: boolean;
    readonly ending: Ending;
  })[];
  readonly offices: readonly (At & { readonly was: Role; readonly role: Role })[];
  readonly signatures: readonly {
    readonly at: Temporal.Instant | null;
    readonly ending: Ending;
  }[];
  /** Of each telephone of hers: when it was last heard, and since when nothing unasked goes there. */
  readonly heard: readonly {
    readonly at: Temporal.Instant | null;
    readonly stopped: Temporal.Instant | null;
  }[];
  /** Codes that were made for her alone. */
  readonly codes: readonly At[];
  readonly erasures: readonly (At & { readonly back: Temporal.Instant | null })[];
  /** Pictures and voices of her conversations with staff, which are not in the file themselves. */
  readonly files: readonly (At & {
    readonly hers: boolean;
    readonly kind: 'image' | 'voice' | 'video' | 'document';
    readonly bytes: number;
  })[];
  /** How many messages told others of her. */
  readonly told: Days;
  /** How often she did or signed something in the group's books. */
  readonly acts: Days;
};
