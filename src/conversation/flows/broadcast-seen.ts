import { type Audience, isPersonal } from '../../domain/broadcast/audience.ts';
import type { AudiencePreview } from '../broadcast-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { StaffTurn } from '../turn.ts';

/** That somebody looked is written down, and in the file of each whose name was shown. */
export const audited = (
  turn: StaffTurn,
  { audience }: { readonly audience: Audience },
  { samples }: AudiencePreview,
): DomainEvent[] => [
  seen(turn),
  ...(isPersonal(audience) ? [] : samples.map(({ id }) => seen(turn, `member/${id}`))),
];

/** One look: at an audience, or at the name of one of them. */
export const seen = (turn: StaffTurn, subject?: string): DomainEvent => ({
  type: 'audited',
  by: turn.staff.staffId,
  action: subject === undefined ? 'audience-seen' : 'name-seen',
  subject,
});
