import type { Temporal } from 'temporal-polyfill';
import { isOfficer, type Role } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { UNLOCKED_MEETING_MINUTES, UNLOCKED_MINUTES } from '../../domain/pin.ts';
import type { Snapshot } from '../snapshot.ts';
import type { View } from './pin-facts.ts';

/** What may be shown on the telephone of who speaks: all of hers, what tells nothing, or nothing before her PIN. */
export const viewOf = ({ speaker, address, pin, now }: Snapshot): View | 'locked' => {
  if (speaker.type !== 'member' || !pin) return 'all';
  if (!pin.has) return pin.isRequired ? 'locked' : 'all';
  const { unlocked, meeting } = address.session;
  if (!unlocked || unlocked.as !== speaker.me.id) return 'locked';
  return isOver(unlocked.at, { now, meeting, ...speaker.me }) ? 'locked' : unlocked.view;
};

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
