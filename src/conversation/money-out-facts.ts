import type { Temporal } from 'temporal-polyfill';
import type { MemberId, MoneyOutId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { OutKind } from '../domain/money-out.ts';
import type { MemberFacts } from './member-facts.ts';

/** `member`: whose savings, or who is helped. */
export type MoneyOutFacts = {
  readonly id: MoneyOutId;
  readonly kind: OutKind;
  readonly amount: Money;
  /** proposed: one officer says it. seconded: another one says the same; now she who leaves says that she has it. */
  readonly state: 'proposed' | 'seconded';
  readonly by: MemberId;
  /** What an expense was for, in the words of who proposed it. */
  readonly words: string | undefined;
  readonly member: MemberFacts | undefined;
  /** The past meeting at which it changed hands, when it is written down later. */
  readonly heldOn: Temporal.PlainDate | undefined;
};
