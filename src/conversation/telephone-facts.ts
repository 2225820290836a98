import type { AddressId, GroupId, MemberId, SecondWordId, StaffId } from '../domain/ids.ts';
import type { Contact } from './contact.ts';

/** A member whose telephone staff say something of, with the officers of her group. */
export type PhonePerson = {
  readonly contact: Contact;
  readonly memberId: MemberId;
  readonly number: number;
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly officers: readonly Contact[];
};

/** What one said of a telephone, and one of the staff has to say too. */
export type PhoneWord = {
  readonly id: SecondWordId;
  readonly member: PhonePerson;
  /** `officer`: she who said it is a member, and her name is shown as hers is. */
  readonly by: {
    readonly id: MemberId | StaffId;
    readonly name: string;
    readonly officer: MemberId | undefined;
  };
  /** The one she writes from as before; a new one where there is none. */
  readonly addressId: AddressId | undefined;
  /** Her old one said no to another one lately: it will be asked nothing, and rest. */
  readonly contested: boolean;
};

export type StaffTelephones = {
  readonly waiting: readonly PhoneWord[];
  /** New ones that wait for their day while the old one rests. */
  readonly resting: readonly { readonly id: SecondWordId; readonly member: PhonePerson }[];
  /** Officers whom no other officer can see; `doubted` is what they wrote from after a long silence. */
  readonly alone: readonly { readonly member: PhonePerson; readonly doubted: AddressId | undefined }[];
};
