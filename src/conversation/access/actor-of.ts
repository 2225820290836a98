import type { Actor } from '../../domain/access/actor.ts';
import type { Snapshot } from '../snapshot.ts';
import { viewOf } from './unlocked.ts';

/** Who speaks, to the table of permissions. */
export const actorOf = (snapshot: Snapshot): Actor => {
  const { speaker } = snapshot;
  switch (speaker.type) {
    case 'stranger':
      return { type: 'nobody' };
    case 'staff':
      return {
        type: 'staff',
        staffId: speaker.staffId,
        programmeId: speaker.programmeId,
        role: speaker.role,
      };
    case 'member': {
      const { me, group } = speaker;
      return {
        type: 'member',
        memberId: me.id,
        groupId: group.id,
        programmeId: group.programmeId,
        role: me.role,
        state: me.state,
        unlocked: viewOf(snapshot) !== 'locked',
      };
    }
  }
};
