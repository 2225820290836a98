import { isOfficer, type Role } from './group.ts';
import type { MemberId } from './ids.ts';

/** What a group elects somebody for. */
export const OFFICES = ['leader', 'treasurer', 'secretary'] as const;
export type Office = (typeof OFFICES)[number];

export const isOffice = (text: string): text is Office => OFFICES.some((office) => office === text);

/**
 * open: the members vote. accepted: they said yes, and she is asked whether she takes it. done: it is hers. refused by vote,
 * declined by herself, expired when nobody decided in time.
 */
export type ElectionState = 'open' | 'accepted' | 'done' | 'refused' | 'declined' | 'expired';

/** So long the members have to vote: every group meets at least once in it. */
export const VOTE_DAYS = 14;

/** So long she who was elected has to say whether she takes it. */
export const ANSWER_DAYS = 7;

/** Whoever proposed what did not come about waits so long before she proposes again. */
export const AGAIN_DAYS = 7;

type Holder = { readonly id: string; readonly role: Role | 'staff' };

/** Who would hold an office no more: everybody who has it now, here or not. */
export const holdersOf = <Person extends Holder>(office: Office, holders: readonly Person[]): Person[] =>
  holders.filter(({ role }) => role === office);

/**
 * Whether a change leaves a group fewer officers than have to sign, where it has enough now. A group with too few already may
 * always have another one.
 *
 * @param officers those who are in the chat now
 * @param signers how many of them the rules ask for
 */
export const leavesTooFew = (
  officers: readonly Holder[],
  change: { readonly office: Office; readonly candidate: MemberId; readonly signers: number },
): boolean => {
  const after = officersAfter(officers, change);
  return after < change.signers && after < officers.length;
};

/** How many officers there would be: whoever is elected is one of them, whatever she was before. */
export const officersAfter = (
  officers: readonly Holder[],
  { office, candidate }: { readonly office: Office; readonly candidate: MemberId },
): number =>
  officers.filter(
    ({ id, role }) => id !== candidate && role !== office && role !== 'staff' && isOfficer(role),
  ).length + 1;
