import type { AddressId, MemberId, SecondWordId } from '../domain/ids.ts';

/** What was decided about the telephone a member speaks from. */
export type TelephoneEvent =
  /** The new one wrote the code that two officers had made: it waits its day. */
  | { readonly type: 'recovery-begun'; readonly id: SecondWordId }
  /** Done: it is hers, and no other is. Stopped: it never was, or she is gone by now. */
  | {
      readonly type: 'recovery-ended';
      readonly id: SecondWordId;
      readonly memberId: MemberId;
      readonly state: 'done' | 'stopped';
    }
  /** Who writes from it after a long silence is she. */
  | { readonly type: 'address-trusted'; readonly memberId: MemberId; readonly addressId: AddressId }
  /** It is hers no more: somebody else has it, or nothing was heard from it for half a year. */
  | { readonly type: 'address-taken-back'; readonly memberId: MemberId; readonly addressId: AddressId }
  /** She was asked for one word, before her silence is too long. */
  | { readonly type: 'address-nudged'; readonly addressId: AddressId };

/** A new telephone that waits for its day. */
export type HeldRecovery = { readonly id: SecondWordId; readonly memberId: MemberId };
