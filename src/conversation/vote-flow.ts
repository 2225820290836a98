import type { ElectionId, MemberId } from '../domain/ids.ts';
import type { Office } from '../domain/office.ts';
import type { HandsAbout, VoteSubject } from './second-word.ts';

/** The questions about what a group votes on, and of whoever proposes somebody for an office. */
export type VoteFlow =
  /** How many put up their hands for it and against it at a meeting. */
  | { readonly type: 'hands'; readonly about: HandsAbout; readonly subjectId: VoteSubject }
  /** For which office; whom she named already. */
  | { readonly type: 'office-which'; readonly candidateId: MemberId | undefined }
  | { readonly type: 'office-who'; readonly office: Office }
  | {
      readonly type: 'office-confirm';
      readonly office: Office;
      readonly candidateId: MemberId;
      readonly electionId: ElectionId;
    };
