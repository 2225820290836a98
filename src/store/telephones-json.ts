import { z } from 'zod';
import type { DomainEvent } from '../conversation/domain-event.ts';
import type { GroupTelephones } from '../conversation/telephone-event.ts';
import { asId, type MemberId, type SecondWordId } from '../domain/ids.ts';
import { id } from './json-fields.ts';

/** What an officer's word on a telephone depends on, as extra_facts answers. */
export const groupTelephonesJson = z.object({
  held: z.array(z.object({ id, memberId: id })),
  denied: z.array(id),
  here: z.array(id),
});

export const groupTelephones = (json: z.infer<typeof groupTelephonesJson>): GroupTelephones => ({
  held: json.held.map((one) => ({
    id: asId<SecondWordId>(one.id),
    memberId: asId<MemberId>(one.memberId),
  })),
  denied: json.denied.map((one) => asId<MemberId>(one)),
  here: json.here.map((one) => asId<MemberId>(one)),
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
        lists.begun.push({ id: event.id, contested: event.contested });
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
