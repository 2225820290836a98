import { z } from 'zod';
import type { DomainEvent } from '../conversation/domain-event.ts';
import type { HeldRecovery } from '../conversation/telephone-event.ts';
import { asId, type MemberId, type SecondWordId } from '../domain/ids.ts';
import { id } from './json-fields.ts';

/** A new telephone that waits for its day, as extra_facts answers. */
export const recoveryJson = z.object({ id, memberId: id });

export const recoveryFacts = (json: z.infer<typeof recoveryJson>): HeldRecovery => ({
  id: asId<SecondWordId>(json.id),
  memberId: asId<MemberId>(json.memberId),
});

/** What was decided about telephones, as commit_telephones takes it. */
export const telephonesJson = (events: readonly DomainEvent[]): { telephones?: object } => {
  const lists: Record<'begun' | 'ended' | 'trusted' | 'takenBack' | 'nudged', unknown[]> = {
    begun: [],
    ended: [],
    trusted: [],
    takenBack: [],
    nudged: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'recovery-begun':
        lists.begun.push(event.id);
        break;
      case 'recovery-ended':
        lists.ended.push({ id: event.id, state: event.state });
        break;
      case 'address-trusted':
        lists.trusted.push({ address: event.addressId, member: event.memberId });
        break;
      case 'address-taken-back':
        lists.takenBack.push({ address: event.addressId, member: event.memberId });
        break;
      case 'address-nudged':
        lists.nudged.push(event.addressId);
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { telephones: lists } : {};
};
