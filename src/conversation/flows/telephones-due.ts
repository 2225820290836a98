import { firstName } from '../../domain/group.ts';
import type { AddressId, SecondWordId } from '../../domain/ids.ts';
import type { Contact } from '../contact.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { reply, say } from '../say.ts';

/** So long a new telephone waits, and the old one may say no. */
export const HOLD_HOURS = 24;

/** A member with her number in the group. */
export type Numbered = Contact & { readonly id: NonNullable<Contact['memberId']>; readonly number: number };

/** What is due about telephones of a group. */
export type TelephonesDue = {
  readonly officers: readonly Contact[];
  /** New ones whose day is over; `reach` is the new one alone. `here`: she is still in the group, and it still is. */
  readonly recoveries: readonly {
    readonly id: SecondWordId;
    readonly here: boolean;
    readonly member: Numbered;
  }[];
  /** Silent for half a year. */
  readonly gone: readonly { readonly addressId: AddressId; readonly member: Numbered }[];
  /** Silent for so long that she is asked for one word; `reach` is that one. */
  readonly nudged: readonly Numbered[];
};

/** What the clock makes of it, with who is told: a new telephone is hers, an old one nobody's. */
export const telephonesNow = ({
  officers,
  recoveries,
  gone,
  nudged,
}: TelephonesDue): { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] } => {
  const but = (member: Contact) => officers.filter(({ id }) => id !== member.id);
  return {
    events: [
      ...recoveries.map(({ id, here, member }) => ({
        type: 'recovery-ended' as const,
        id,
        memberId: member.id,
        state: here ? ('done' as const) : ('stopped' as const),
      })),
      ...gone.map(({ addressId, member }) => ({
        type: 'address-taken-back' as const,
        memberId: member.id,
        addressId,
      })),
      ...nudged.flatMap(({ reach }) =>
        reach.map(({ addressId }) => ({ type: 'address-nudged' as const, addressId })),
      ),
    ],
    notices: [
      ...recoveries
        .filter(({ here }) => here)
        .flatMap(({ member }) => [
          ...tell([member], 'telephone', reply([say('new-phone.yours')])),
          ...tell(but(member), 'join', reply([say('new-phone.done', { name: firstName(member.name) })])),
        ]),
      ...gone.flatMap(({ member }) =>
        tell(
          but(member),
          'join',
          reply([
            say('silent.gone', { name: firstName(member.name), number: member.number }),
            say('silent.then'),
          ]),
        ),
      ),
      ...nudged.flatMap((member) => tell([member], 'telephone', reply([say('silent.nudge')]))),
    ],
  };
};
