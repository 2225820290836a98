import type { MemberId } from './ids.ts';

/** One member's answer to a question put to the group. */
export type Vote = { readonly memberId: MemberId; readonly yes: boolean };

/** How many put up their hands for it at a meeting, and how many against. Whole numbers, 0 and up. */
export type Hands = { readonly yes: number; readonly no: number };

export type VoteOutcome = 'open' | 'accepted' | 'rejected';

/** Of a group's constitution: how many of every hundred voters must have voted before anything is accepted. */
export const QUORUM_PCT_DEFAULT = 67;

/** What a group decides beyond loans takes the word of so many officers, where it leaves decisions to them. */
const OFFICERS_NEEDED = 2;

/** What officers have said of a question: there is no no among them, the one who would say it says nothing. */
export const officersOutcome = (votes: readonly Vote[]): VoteOutcome =>
  new Set(votes.filter(({ yes }) => yes).map(({ memberId }) => memberId)).size >= OFFICERS_NEEDED
    ? 'accepted'
    : 'open';

/**
 * How a vote stands. Accepted when the quorum has voted and the yes are more than half, whatever those still out will
 * say; rejected when that can no longer be. A tie is a no.
 *
 * @param voters how many members may vote, with a telephone or without, 1 and up
 * @param quorumPct 1 to 100
 */
export const voteOutcome = (
  votes: readonly Vote[],
  all: { readonly voters: number; readonly quorumPct: number },
): VoteOutcome => {
  const yes = votes.filter((vote) => vote.yes).length;
  return handsOutcome({ yes, no: votes.length - yes }, all);
};

/** The same of a show of hands, which stands instead of what was voted by message. */
export const handsOutcome = (
  { yes, no }: Hands,
  { voters, quorumPct }: { readonly voters: number; readonly quorumPct: number },
): VoteOutcome => {
  const out = Math.max(0, voters - yes - no);
  if (no >= yes + out) return 'rejected';
  const enough = (yes + no) * 100 >= voters * quorumPct;
  return enough && yes > no + out ? 'accepted' : 'open';
};
