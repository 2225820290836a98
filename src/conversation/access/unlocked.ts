import type { Temporal } from 'temporal-polyfill';
import { isOfficer, type Role } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { UNLOCKED_MEETING_MINUTES, UNLOCKED_MINUTES } from '../../domain/pin.ts';
import type { Session } from '../session.ts';
import type { Snapshot } from '../snapshot.ts';
import type { View } from './pin-facts.ts';

/** What ends what her PIN opened: nothing of hers is seen before she gives it again, and nothing waits for it. */
export const LOCKED: Pick<Session, 'unlocked' | 'waiting'> = { unlocked: undefined, waiting: undefined };

/** What may be shown on the telephone of who speaks: all of hers, what tells nothing, or nothing before her PIN. */
export const viewOf = ({ speaker, address, pin, now }: Snapshot): View | 'locked' => {
  if (speaker.type !== 'member' || !pin) return 'all';
  const open = pin.isDiscreet ? 'discreet' : 'all';
  if (!pin.has) return pin.isRequired ? 'locked' : open;
  const { unlocked, meeting } = address.session;
  if (!unlocked || unlocked.as !== speaker.me.id) return 'locked';
  return isOver(unlocked.at, { now, meeting, ...speaker.me })
    ? 'locked'
    : unlocked.view === 'all'
      ? open
      : unlocked.view;
};

/** The second PIN was given: what is hers to read is not there. */
export const isPretended = ({ address }: Snapshot): boolean => address.session.unlocked?.view === 'discreet';

/** A telephone of several women, before a PIN said which of them holds it: nothing is said that only one of them is. */
export const isAnybodys = (snapshot: Snapshot): boolean =>
  snapshot.speaker.type === 'member' && snapshot.speaker.seats.length > 1 && viewOf(snapshot) === 'locked';

const isOver = (
  since: Temporal.Instant,
  of: {
    readonly now: Temporal.Instant;
    readonly meeting: boolean;
    readonly role: Role;
    readonly id: MemberId;
  },
): boolean => {
  const minutes = isOfficer(of.role) && of.meeting ? UNLOCKED_MEETING_MINUTES : UNLOCKED_MINUTES;
  return of.now.since(since).total('minutes') >= minutes;
};
