import type { MemberState, Role } from '../group.ts';
import type { GroupId, MemberId, ProgrammeId, StaffId } from '../ids.ts';

/** Who acts, as far as it has been proved. */
export type Actor =
  /** A stranger in the chat, or a web request that nobody signed. */
  | { readonly type: 'nobody' }
  | {
      readonly type: 'member';
      readonly memberId: MemberId;
      readonly groupId: GroupId;
      readonly programmeId: ProgrammeId;
      readonly role: Role;
      readonly state: MemberState;
      /** She has no PIN, or gave it a moment ago: what is hers may be shown on this telephone. */
      readonly unlocked: boolean;
    }
  | {
      readonly type: 'staff';
      readonly staffId: StaffId;
      readonly programmeId: ProgrammeId;
      readonly role: 'staff' | 'safeguarding';
    }
  /** Whoever can run a command on the machine: its files are hers to read anyway. */
  | { readonly type: 'operator' };

/** The actors that a rule tells apart. An officer is any member whose role is not `member`. */
export const KINDS = [
  'nobody',
  'pending',
  'former',
  'suspended',
  'member',
  'officer',
  'staff',
  'safeguarding',
  'operator',
] as const;
export type Kind = (typeof KINDS)[number];
