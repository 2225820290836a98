import type { Outcome } from '../conversation/outcome.ts';
import { sealContent } from './broadcast-words.ts';
import type { Secrets } from './secrets.ts';

/** What staff decided about messages to many, each kind as the list that commit_broadcasts takes. */
export const broadcastChanges = (secrets: Secrets, events: Outcome['events']): { broadcasts?: object } => {
  const lists: Record<'made' | 'moved' | 'forgotten' | 'audited', object[]> = {
    made: [],
    moved: [],
    forgotten: [],
    audited: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'broadcast-made': {
        const { id, programmeId: programme, by: staff, state, content, audience, people, at } = event;
        lists.made.push({
          id,
          programme,
          staff,
          state,
          content: sealContent(secrets, id, content).toString('base64'),
          media: content.file?.hash,
          audience,
          people,
          at_local: at?.toString(),
        });
        break;
      }
      case 'broadcast-moved': {
        const { id, programmeId: programme, by: staff, was, state } = event;
        lists.moved.push({ id, programme, staff, was, state });
        break;
      }
      case 'broadcast-forgotten':
        lists.forgotten.push({ id: event.id, programme: event.programmeId, staff: event.by });
        break;
      case 'audited':
        lists.audited.push({ staff: event.by, action: event.action, subject: event.subject });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { broadcasts: lists } : {};
};
