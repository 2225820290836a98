import type { ElectionId, MemberId } from '../domain/ids.ts';
import type { Office } from '../domain/office.ts';

/** What becomes of an office. */
export type ElectionEvent =
  | {
      readonly type: 'election-asked';
      readonly id: ElectionId;
      readonly office: Office;
      readonly candidate: MemberId;
      readonly by: MemberId;
    }
  | {
      readonly type: 'election-moved';
      readonly id: ElectionId;
      readonly was: 'open' | 'accepted';
      readonly state: 'accepted' | 'refused' | 'declined' | 'expired';
    }
  /** The yes of her who was elected, or of an officer for her who has no telephone: the office is hers, and theirs no more. */
  | {
      readonly type: 'office-taken';
      readonly id: ElectionId;
      readonly memberId: MemberId;
      readonly holders: readonly MemberId[];
      readonly by: MemberId;
    };
