import type { Temporal } from 'temporal-polyfill';
import type { Lender } from '../domain/capital.ts';
import type { SavingsGroup } from '../domain/group.ts';
import type { GroupId, MemberId, ProgrammeId } from '../domain/ids.ts';
import type { Pot } from '../domain/ledger/account.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import type { Money } from '../domain/money.ts';
import type { Underway } from '../domain/underway.ts';
import type { Language } from './message.ts';
import type { TandaFacts } from './tanda-facts.ts';

export type GroupFacts = SavingsGroup & {
  readonly id: GroupId;
  readonly programmeId: ProgrammeId;
  readonly language: Language;
  /** The state and the municipality it is in, as its programme wrote them. */
  readonly place: Place;
  /** The word of its programme that opens the safety card. */
  readonly safeWord: string | undefined;
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
