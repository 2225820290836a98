import type { AddressId, MemberId, ProgrammeId, SecondWordId, StaffId } from '../domain/ids.ts';

/** What was decided about the telephone a member speaks from. */
export type TelephoneEvent =
  /** The new one wrote the code that two had made: it waits its day. `contested`: the old one rests meanwhile. */
  | { readonly type: 'recovery-begun'; readonly id: SecondWordId; readonly contested: boolean }
  /** Done: it is hers, and no other is. Denied: the old one said no. Stopped: staff did, or she is gone by now. */
  | {
      readonly type: 'recovery-ended';
      readonly id: SecondWordId;
      readonly memberId: MemberId;
      readonly state: 'done' | 'denied' | 'stopped';
    }
  /** Who writes from it after a long silence is she. */
  | { readonly type: 'address-trusted'; readonly memberId: MemberId; readonly addressId: AddressId }
  /** It is hers no more: somebody else has it, or nothing was heard from it for half a year. */
  | { readonly type: 'address-taken-back'; readonly memberId: MemberId; readonly addressId: AddressId }
  /** She was asked for one word, before her silence is too long. */
  | { readonly type: 'address-nudged'; readonly addressId: AddressId }
  /** One of the staff saw an officer whom no other officer can see; another one of the staff has to say so too. */
  | {
      readonly type: 'phone-vouched';
      readonly id: SecondWordId;
      readonly programmeId: ProgrammeId;
      readonly memberId: MemberId;
      readonly by: StaffId;
      /** The one she writes from as before; a new one where there is none. */
      readonly addressId: AddressId | undefined;
    }
  /** The second word on a telephone, where it is for staff to say. */
  | {
      readonly type: 'phone-said';
      readonly id: SecondWordId;
      readonly programmeId: ProgrammeId;
      readonly by: StaffId;
      readonly state: 'done' | 'refused';
    };

/** A new telephone that waits for its day. */
export type HeldRecovery = { readonly id: SecondWordId; readonly memberId: MemberId };

/** What an officer's word on a telephone of her group depends on. */
export type GroupTelephones = {
  readonly held: readonly HeldRecovery[];
  /** Whose old one said no to a new one lately. */
  readonly denied: readonly MemberId[];
  /** The officers who can say something now, from a telephone that is known to be theirs. */
  readonly here: readonly MemberId[];
};
