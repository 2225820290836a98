import type { Outcome } from '../conversation/outcome.ts';
import { invariant } from '../domain/result.ts';
import type { Secrets } from './secrets.ts';

/** What was decided about women in danger, each kind as the list that commit_dangers takes. */
export const dangerChanges = (
  secrets: Secrets,
  events: Outcome['events'],
  memberKey: Buffer | undefined,
): { dangers?: object } => {
  const lists: Record<'asked' | 'lines' | 'assigned' | 'closed' | 'reminded', object[]> = {
    asked: [],
    lines: [],
    assigned: [],
    closed: [],
    reminded: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'danger-asked': {
        const { id, memberId: member, addressId: address, safe, safeFrom } = event;
        lists.asked.push({ id, member, address, safe, safe_from: safeFrom?.toString() });
        break;
      }
      case 'danger-said': {
        const { id, by, words } = event.line;
        invariant(memberKey, 'what is written in danger is sealed under the key of its member');
        const body = secrets.seal(secrets.unwrap(memberKey), dangerPlace(id), words).toString('base64');
        lists.lines.push({ danger: event.id, id, by, body });
        break;
      }
      case 'danger-assigned':
        lists.assigned.push({ id: event.id, staff: event.to });
        break;
      case 'danger-closed':
        lists.closed.push({ id: event.id, by: event.by });
        break;
      case 'danger-reminded':
        lists.reminded.push({ id: event.id, was: event.was });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { dangers: lists } : {};
};

/** The cell that the words of a line are sealed for. */
export const dangerPlace = (lineId: string) => ({ table: 'danger_line', column: 'body', rowId: lineId });
