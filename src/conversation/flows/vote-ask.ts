import type { Vote } from '../../domain/vote.ts';
import type { Contact } from '../contact.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import type { HandsAbout } from '../second-word.ts';
import type { MemberTurn } from '../turn.ts';

/** What is voted on, by the id that the votes are kept under. */
export type VoteOn = { readonly about: HandsAbout; readonly id: string };

/** Yes or no by message, which a member presses. */
export const votesOn = ({ about, id }: VoteOn): readonly Offer[] => {
  const where = about === 'loan' ? '' : `:${about}`;
  return [
    offer(`vote:yes:${id}${where}`, say('loan-vote.yes')),
    offer(`vote:no:${id}${where}`, say('loan-vote.no')),
  ];
};

/** For an officer: how the group voted with their hands, at a meeting. */
export const handsOffer = ({ about, id }: VoteOn): Offer => offer(`hands:${about}:${id}`, say('hands.offer'));

/**
 * Each of them is asked. Where somebody in the group has no telephone to vote with, the officers are told that hands may
 * be counted at a meeting.
 */
export const askVoters = (
  { speaker: { extra, group, company } }: MemberTurn,
  voters: readonly Contact[],
  { kind, what, on }: { readonly kind: 'ask' | 'loan'; readonly what: readonly Say[]; readonly on: VoteOn },
): Notice[] => {
  const someCannot = (extra.voters ?? []).filter(({ reach }) => reach.length > 0).length < group.memberCount;
  const isOfficer = (id: Contact['id']): boolean => company.officers.some((one) => one.id === id);
  return voters.flatMap((voter) =>
    tell(
      [voter],
      kind,
      reply(
        [...what, say('loan-vote.question')],
        [...votesOn(on), ...(someCannot && isOfficer(voter.id) ? [handsOffer(on)] : [])],
      ),
    ),
  );
};

/** What an officer may do about a vote that is open: give hers, if she has not, or say how it went at a meeting. */
export const openOffers = (
  { speaker: { me } }: MemberTurn,
  { votes, ...on }: VoteOn & { readonly votes: readonly Vote[] },
): Offer[] => [...(votes.some(({ memberId }) => memberId === me.id) ? [] : votesOn(on)), handsOffer(on)];
