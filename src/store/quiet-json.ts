import type { Outcome } from '../conversation/outcome.ts';

/** What was decided about what comes unasked, as commit_quiet takes it. */
export const quietChanges = (events: Outcome['events']): { quiet?: object } => {
  const lists: Record<'shown' | 'notices' | 'hours', object[]> = { shown: [], notices: [], hours: [] };
  for (const event of events) {
    switch (event.type) {
      case 'notices-shown':
        lists.shown.push({ member: event.memberId, kinds: event.kinds });
        break;
      case 'notices-set':
        lists.notices.push({ member: event.memberId, open: event.open });
        break;
      case 'safe-hours-set': {
        const { memberId: member, hours } = event;
        lists.hours.push({ member, from: hours?.from.toString(), until: hours?.until.toString() });
        break;
      }
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { quiet: lists } : {};
};
