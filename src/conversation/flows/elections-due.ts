import { callName } from '../../domain/group.ts';
import { ANSWER_DAYS, VOTE_DAYS } from '../../domain/office.ts';
import type { Contact } from '../contact.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { OpenElection } from '../election-facts.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { called } from './election-words.ts';

/** What nobody decided in time ends without a change, and all hear it. */
export const electionExpires = (
  { id, state, office, candidate }: OpenElection,
  voters: readonly Contact[],
): { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] } => ({
  events: [{ type: 'election-moved', id, was: state, state: 'expired' }],
  notices: tell(
    voters,
    'expired',
    reply([
      state === 'open'
        ? say('office.expired-vote', { days: VOTE_DAYS, office: called(office) })
        : say('office.expired-answer', {
            days: ANSWER_DAYS,
            name: callName(
              candidate.name,
              voters.map(({ name }) => name),
            ),
            office: called(office),
          }),
    ]),
  ),
});
