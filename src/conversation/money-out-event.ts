import type { Temporal } from 'temporal-polyfill';
import type { EntryId, MemberId, MoneyOutId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { OutKind } from '../domain/money-out.ts';

/** Money that leaves a box. */
export type MoneyOutEvent =
  | {
      readonly type: 'money-out-proposed';
      readonly out: {
        readonly id: MoneyOutId;
        readonly kind: OutKind;
        readonly memberId: MemberId | undefined;
        readonly amount: Money;
        readonly by: MemberId;
        readonly words: string | undefined;
        /** The past meeting at which it changed hands, when it is written down later. */
        readonly heldOn: Temporal.PlainDate | undefined;
      };
    }
  | {
      readonly type: 'money-out-moved';
      readonly id: MoneyOutId;
      readonly was: 'proposed' | 'seconded';
      readonly state: 'seconded' | 'booked' | 'refused';
      /** Undefined when she who proposed it takes it back. */
      readonly witness: MemberId | undefined;
      readonly entryId: EntryId | undefined;
    };
