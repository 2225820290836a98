import type { Role } from '../domain/group.ts';
import type { AddressId, MemberId, StaffId } from '../domain/ids.ts';
import type { Language } from './message.ts';

/** An address that a person can be written to. */
export type Reach = { readonly addressId: AddressId; readonly channel: string };

/** Somebody to write to: an officer, a member, a staff person. */
export type Contact = {
  readonly id: MemberId | StaffId;
  readonly memberId: MemberId | undefined;
  readonly name: string;
  readonly role: Role | 'staff';
  readonly language: Language;
  readonly reach: readonly Reach[];
};
