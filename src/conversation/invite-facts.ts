import type { GroupId, InviteId, MemberId, SecondWordId } from '../domain/ids.ts';
import type { Contact } from './contact.ts';
import type { Language } from './message.ts';

export type InviteFacts = {
  readonly id: InviteId;
  readonly groupId: GroupId;
  readonly groupName: string;
  readonly language: Language;
  readonly usable: boolean;
  /** A personal code names its member; a group's code does not, and brings the roster to find her on. */
  readonly member:
    | {
        readonly id: MemberId;
        readonly name: string;
        /** Somebody is in the chat as her, or she is no member any more: the code opens nothing. */
        readonly claimed: boolean;
        readonly state: 'invited' | 'active';
        /** What the group brought into its book waits for her signature. */
        readonly signs: boolean;
      }
    | undefined;
  readonly roster: readonly {
    readonly id: MemberId;
    readonly number: number;
    readonly name: string;
    readonly free: boolean;
  }[];
  readonly officers: readonly Contact[];
  /** Two had it made for a new telephone of hers. */
  readonly recovers:
    | {
        readonly id: SecondWordId;
        readonly member: Contact;
        readonly number: number;
        /** One waits for its day already. */
        readonly held: boolean;
        /** The old one said no to another one lately: it is asked nothing, and rests. */
        readonly contested: boolean;
        /** Whom of the staff it is told: where one of them was the second. */
        readonly staff: readonly Contact[];
      }
    | undefined;
};
