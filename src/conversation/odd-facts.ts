import type { GroupId } from '../domain/ids.ts';
import type { OddEvidence } from '../domain/odd/signs.ts';

/** A group in which something is worth a look. */
export type OddGroup = {
  readonly groupId: GroupId;
  readonly name: string;
  /** Never empty. */
  readonly findings: readonly OddEvidence[];
  /** Payments that were booked in the last three months, and what members objected to in them. */
  readonly booked: number;
  readonly objections: number;
};
