import { z } from 'zod';
import { HANDS_ABOUT, type VoteSubject } from '../conversation/second-word.ts';
import { asId, type ElectionId, type MemberId } from '../domain/ids.ts';
import { OFFICES } from '../domain/office.ts';
import { id } from './json-fields.ts';

const memberId = id.transform((text) => asId<MemberId>(text));

/** Questions about what a group votes on. */
export const voteFlows = [
  z.object({
    type: z.literal('hands'),
    about: z.enum(HANDS_ABOUT),
    subjectId: id.transform((text) => asId<VoteSubject>(text)),
  }),
  z.object({
    type: z.literal('office-which'),
    candidateId: memberId.optional().transform((candidate) => candidate),
  }),
  z.object({ type: z.literal('office-who'), office: z.enum(OFFICES) }),
  z.object({
    type: z.literal('office-confirm'),
    office: z.enum(OFFICES),
    candidateId: memberId,
    electionId: id.transform((text) => asId<ElectionId>(text)),
  }),
] as const;
