import type { Temporal } from 'temporal-polyfill';
import type { CycleId, MemberId, TandaOrderId, TandaPayoutId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { RunningTanda } from '../domain/tanda/running.ts';

/** The tanda of a group as the book knows it; only of groups whose rules are a tanda's. */
export type TandaFacts = {
  readonly cycleId: CycleId;
  /** Its rounds and their money; undefined while nobody has a turn yet. */
  readonly running: RunningTanda | undefined;
  /** Whether its turns were drawn, so that the record of the draw can be shown. */
  readonly wasDrawn: boolean;
  /** The group's members, with the names that all of them know. */
  readonly people: readonly TandaPerson[];
  /** Turns that somebody proposed and the second person has not answered. */
  readonly orders: readonly ProposedOrder[];
  /** Money of a round that an officer says she handed over, and nobody else yet. */
  readonly payout: ProposedPayout | undefined;
};

export type TandaPerson = { readonly id: MemberId; readonly number: number; readonly name: string };

/** An order that an officer wrote, or a change of turns with another member. */
export type ProposedOrder = { readonly id: TandaOrderId; readonly by: MemberId } & (
  | { readonly kind: 'agreement'; readonly turns: readonly number[] }
  | { readonly kind: 'swap'; readonly other: MemberId }
);

export type ProposedPayout = {
  readonly id: TandaPayoutId;
  readonly by: MemberId;
  readonly round: number;
  readonly member: MemberId;
  readonly amount: Money;
  readonly fee: Money;
};

/** A tanda that has ended, as the book has it of one member: nothing where she was not in it. */
export type EndedTanda = {
  readonly on: Temporal.PlainDate;
  readonly given: Money;
  /** What she was handed, without what was the organiser's. */
  readonly received: Money;
  /** It began in this book: what she gave and received is all of it. */
  readonly isWhole: boolean;
  /** It ended before its last round, by the word of two officers. */
  readonly isStopped: boolean;
};
