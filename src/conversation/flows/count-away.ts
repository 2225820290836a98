import { firstName } from '../../domain/group.ts';
import type { OpenMeeting } from '../../domain/meeting.ts';
import { otherOfficers } from '../notices.ts';
import { type Offer, offer, type Say, say } from '../say.ts';
import type { MemberTurn, OfficerTurn } from '../turn.ts';
import { nameOf } from './cover-plan.ts';

/**
 * Whether a member may be the second word on a count that differs: the roll of this meeting says that every other officer stayed
 * away, and the rules do not ask for two officers. Of a past meeting there is time for the other officer's own word.
 */
export const mayStandIn = (turn: OfficerTurn, meeting: OpenMeeting): boolean => {
  const { extra, group, me } = turn.speaker;
  const { rolled = false, absent = [] } = extra.meetingWork ?? {};
  const others = otherOfficers(turn);
  return (
    meeting.state === 'differs' &&
    meeting.countedBy === me.id &&
    !meeting.late &&
    group.rules.signers === 1 &&
    rolled &&
    others.length > 0 &&
    others.every(({ id }) => absent.some((one) => one === id))
  );
};

/** The button for it, where it may be pressed. */
export const standInOffers = (turn: OfficerTurn, meeting: OpenMeeting): Offer[] =>
  mayStandIn(turn, meeting) ? [offer('meeting-count:witness', say('stand-in.offer'))] : [];

/** The officers who did not count, by what they are called. */
export const awayNames = (turn: MemberTurn, { countedBy }: Pick<OpenMeeting, 'countedBy'>): string =>
  turn.speaker.company.officers
    .filter(({ id }) => id !== countedBy)
    .map(({ name }) => firstName(name))
    .join(', ');

/** What all are told with the balances, where a member's word was the second one: who, and in whose place. */
export const stoodInLine = (turn: OfficerTurn, meeting: OpenMeeting): Say[] =>
  meeting.stoodIn && meeting.standIn && meeting.countedBy
    ? [
        say('stand-in.aloud', {
          away: awayNames(turn, meeting),
          leader: firstName(nameOf(turn, meeting.countedBy)),
          name: firstName(nameOf(turn, meeting.standIn)),
        }),
      ]
    : [];
