import type { Action } from '../../domain/access/actions.ts';
import type { Thing } from '../../domain/access/authorize.ts';
import { isQuietKind } from '../closed.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Snapshot } from '../snapshot.ts';
import { EVENTS } from './event-actions.ts';
import {
  countedBy,
  firstOfPhone,
  firstOfSecond,
  isForAnother,
  isMe,
  isOwnObjection,
  isOwnWord,
} from './whose.ts';

type Type = DomainEvent['type'];
type Speaker = Snapshot['speaker'];

/** Whose own thing an event is, where it is one person's. */
const OWN: ReadonlySet<Type> = new Set<Type>([
  'goal-set',
  'pin-set',
  'pin-known',
  'pin-opened',
  'pin-removed',
  'discreet-set',
  'notices-set',
  'safe-hours-set',
  'dispute-opened',
  'cover-disputed',
  'opening-signed',
  'lesson-opened',
  'lesson-answered',
  'lesson-reviewed',
  'lesson-did',
  'lessons-wished',
  'lesson-language-wished',
  'talk-opened',
  'danger-asked',
  'office-taken',
  'right-asked',
  'permission-set',
  'member-blocked',
]);

/** What it takes to bring about an event, and whose thing it is about. */
export const toDo = (
  event: DomainEvent,
  { speaker }: Snapshot,
): { readonly action: Action; readonly thing: Thing } => ({
  action: actionOf(event, speaker),
  thing: thingOf(event, speaker),
});

/** What becomes of a telephone when staff say so. */
const BY_STAFF: ReadonlySet<Type> = new Set<Type>(['invite-made', 'address-trusted', 'recovery-ended']);

const actionOf = (event: DomainEvent, speaker: Speaker): Action => {
  const { type } = event;
  if (speaker.type === 'staff' && BY_STAFF.has(type)) return 'vouch-telephone';
  // A no takes back what is not there yet: hers who said it first is as good as another's.
  if (isRefusal(event)) return 'say-group';
  // What tells nothing of money may be seen by who holds the telephone; to be told it unasked is her own to say.
  if (type === 'notices-shown' && !event.kinds.every(isQuietKind)) return 'see-own';
  if (type === 'notices-set' && event.open) return 'say-own';
  // Her PIN says who she is as well as an officer does.
  if (type === 'address-trusted' && isMe(event.memberId, speaker)) return 'use-pin';
  if (type === 'payment-made' && isOwnWord(event, speaker)) return 'say-own';
  if (type === 'cover-dispute-kept' && isOwnObjection(event.id, speaker)) return 'say-own';
  // For her who has no telephone an officer says it, and asks.
  if (type === 'office-taken' && !isMe(event.memberId, speaker)) return 'keep-book';
  if (type === 'loan-asked' && isForAnother(event.request, speaker)) return 'keep-book';
  // Who waits for a leader's yes may go as she came.
  if (type === 'newcomer-gone' && isMe(event.memberId, speaker)) return 'be-reached';
  if (type === 'talk-said' && event.line.by !== undefined) return 'answer-people';
  if (type === 'danger-said' && event.line.by !== undefined) return 'see-danger';
  if (type === 'danger-closed' && event.by !== undefined) return 'see-danger';
  // Coming in, she is nobody yet, or a member of another group.
  const isComing = speaker.type === 'stranger' || speaker.type === 'staff';
  if (type === 'member-changed' && (isComing || event.was === 'invited')) return 'arrive';
  if (type === 'member-changed' && isMe(event.memberId, speaker)) return 'be-reached';
  return EVENTS[type];
};

const thingOf = (event: DomainEvent, speaker: Speaker): Thing => {
  if (event.type === 'phone-said')
    return { programmeId: event.programmeId, saidBy: firstOfPhone(event.id, speaker) };
  if ('programmeId' in event && event.type !== 'talk-opened') return { programmeId: event.programmeId };
  if (OWN.has(event.type) && 'memberId' in event) return { memberId: event.memberId };
  if (event.type === 'loan-asked' && !isForAnother(event.request, speaker))
    return { memberId: event.request.memberId };
  if (speaker.type !== 'member') return {};
  if (event.type === 'cover-dispute-kept' && isOwnObjection(event.id, speaker))
    return { memberId: speaker.me.id };
  if (event.type === 'count-witnessed') return { saidBy: countedBy(speaker) };
  if (event.type === 'second-said') return { saidBy: firstOfSecond(event.id, speaker) };
  if (event.type === 'turns-moved')
    return { saidBy: speaker.group.tanda?.orders.find(({ id }) => id === event.step.id)?.by };
  if (event.type === 'payout-moved') return { saidBy: speaker.group.tanda?.payout?.by };
  return {};
};

const isRefusal = (event: DomainEvent): boolean =>
  (event.type === 'second-said' && event.state === 'refused') ||
  ((event.type === 'turns-moved' || event.type === 'payout-moved') && event.step.state === 'refused');
