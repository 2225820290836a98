import type { Action } from '../../domain/access/actions.ts';
import type { Thing } from '../../domain/access/authorize.ts';
import type { Need } from '../need.ts';
import type { Snapshot } from '../snapshot.ts';

/** What somebody must be allowed to know before it is looked up. */
const NEEDS: Readonly<Record<Need['type'], Action>> = {
  // Who waits for a leader's yes has people to be referred to as well; what they are told of her group is little.
  company: 'be-reached',
  movements: 'see-own',
  'ended-tanda': 'see-own',
  receipts: 'see-own',
  payment: 'see-own',
  lists: 'see-desk',
  disputes: 'see-desk',
  requests: 'see-group',
  voters: 'see-group',
  closing: 'see-group',
  covers: 'see-group',
  outs: 'see-group',
  opening: 'see-group',
  seconds: 'see-group',
  election: 'see-group',
  // Who says no to a new telephone says it from a locked one as well.
  recoveries: 'be-reached',
  draw: 'see-group',
  meeting: 'see-desk',
  // To her who was asked for a second word on the count: that meeting, and no other one.
  'stand-in': 'see-group',
  counted: 'see-group',
  lessons: 'learn',
  'own-talk': 'ask-person',
  'own-danger': 'ask-safeguarding',
  danger: 'see-danger',
  dangers: 'see-danger',
  'own-rights': 'be-member',
  'open-rights': 'answer-people',
  'lesson-report': 'keep-lessons',
  summary: 'see-programme',
  odd: 'see-programme',
  telephones: 'vouch-telephone',
  places: 'broadcast',
  audience: 'broadcast',
  broadcast: 'broadcast',
  broadcasts: 'broadcast',
  saved: 'broadcast',
  talk: 'answer-people',
  talks: 'answer-people',
  staff: 'answer-people',
  invite: 'arrive',
  file: 'be-reached',
  pin: 'use-pin',
  'new-pin': 'keep-book',
  seat: 'use-pin',
};

/** What it takes to be told of something, and whose it is. */
export const toKnow = (
  need: Need,
  { speaker }: Snapshot,
): { readonly action: Action; readonly thing: Thing } => ({
  // A member's lessons are her own, what staff look up of them is the programme's.
  action: need.type === 'lessons' && speaker.type === 'staff' ? 'keep-lessons' : NEEDS[need.type],
  thing: need.type === 'audience' ? { programmeId: need.programmeId } : {},
});
