import type { DomainEvent } from '../conversation/domain-event.ts';
import { outChange } from './expense-words.ts';
import { type Change, goalChange, personChange } from './person-changes.ts';
import { phoneJson, secondJson } from './second-word-json.ts';
import type { Secrets } from './secrets.ts';

/** The wrapped keys that words of the speaker and of her group are sealed with. */
type Keys = { readonly ownKey: Buffer | undefined; readonly groupKey: Buffer | undefined };

/** The events that are neither entries nor payments, each kind as the list that commit_changes takes. */
export const changesJson = (
  secrets: Secrets,
  events: readonly DomainEvent[],
  keys: Keys | undefined,
): { changes?: object } => {
  const changes: Record<string, object[]> = {};
  for (const event of events) {
    const change =
      event.type === 'goal-set'
        ? goalChange(secrets, event, keys?.ownKey)
        : event.type === 'money-out-proposed'
          ? outChange(secrets, event, keys?.groupKey)
          : changeOf(secrets, event);
    if (!change) continue;
    const [list, row] = change;
    changes[list] = [...(changes[list] ?? []), row];
  }
  return Object.keys(changes).length > 0 ? { changes } : {};
};

/** Where each kind of event is written down; entries, payments, loans, meetings, covers and draws have files of their own. */
const KINDS: Readonly<Record<DomainEvent['type'], 'elsewhere' | 'cycle' | 'group' | 'person'>> = {
  'entry-posted': 'elsewhere',
  'payment-made': 'elsewhere',
  'payment-moved': 'elsewhere',
  'loan-asked': 'elsewhere',
  'loan-moved': 'elsewhere',
  'loan-noted': 'elsewhere',
  'loan-made': 'elsewhere',
  'loan-plan-proposed': 'elsewhere',
  'loan-plan-decided': 'elsewhere',
  'vote-cast': 'elsewhere',
  'election-asked': 'elsewhere',
  'election-moved': 'elsewhere',
  'office-taken': 'elsewhere',
  'meeting-opened': 'elsewhere',
  'meeting-moved': 'elsewhere',
  'fine-set': 'elsewhere',
  'lesson-opened': 'elsewhere',
  'lesson-answered': 'elsewhere',
  'lesson-reviewed': 'elsewhere',
  'lesson-did': 'elsewhere',
  'lessons-wished': 'elsewhere',
  'lesson-read': 'elsewhere',
  'lesson-language-wished': 'elsewhere',
  'lesson-recorded': 'elsewhere',
  'lesson-approved': 'elsewhere',
  'broadcast-made': 'elsewhere',
  'broadcast-moved': 'elsewhere',
  'broadcast-forgotten': 'elsewhere',
  audited: 'elsewhere',
  'cover-proposed': 'elsewhere',
  'cover-moved': 'elsewhere',
  'cover-refunded': 'elsewhere',
  'cover-disputed': 'group',
  'cover-dispute-kept': 'group',
  'draw-begun': 'elsewhere',
  'draw-word-given': 'elsewhere',
  'draw-dice-thrown': 'elsewhere',
  'draw-moved': 'elsewhere',
  'turns-proposed': 'elsewhere',
  'turns-moved': 'elsewhere',
  'payout-proposed': 'elsewhere',
  'payout-moved': 'elsewhere',
  'tanda-ended': 'elsewhere',
  'closing-proposed': 'cycle',
  'loan-lost': 'cycle',
  'cycle-closed': 'cycle',
  'count-witnessed': 'elsewhere',
  'money-out-proposed': 'elsewhere',
  'money-out-moved': 'cycle',
  'second-asked': 'group',
  'second-said': 'group',
  'opening-signed': 'group',
  'attendance-taken': 'group',
  'dispute-opened': 'group',
  'dispute-decided': 'group',
  'right-asked': 'elsewhere',
  'right-answered': 'elsewhere',
  'permission-set': 'elsewhere',
  'member-blocked': 'elsewhere',
  'newcomer-gone': 'elsewhere',
  'erasure-undone': 'elsewhere',
  'talk-opened': 'elsewhere',
  'talk-waits': 'elsewhere',
  'talk-said': 'elsewhere',
  'answers-looked-at': 'elsewhere',
  'talk-assigned': 'elsewhere',
  'talk-closed': 'elsewhere',
  'danger-asked': 'elsewhere',
  'danger-said': 'elsewhere',
  'danger-assigned': 'elsewhere',
  'danger-closed': 'elsewhere',
  'danger-reminded': 'elsewhere',
  'recovery-begun': 'elsewhere',
  'recovery-ended': 'elsewhere',
  'address-trusted': 'elsewhere',
  'address-taken-back': 'elsewhere',
  'address-nudged': 'elsewhere',
  'phone-vouched': 'group',
  'phone-said': 'group',
  'pin-set': 'elsewhere',
  'pin-known': 'elsewhere',
  'pin-opened': 'elsewhere',
  'pin-removed': 'elsewhere',
  'pin-reset': 'elsewhere',
  'pin-page-made': 'elsewhere',
  'discreet-set': 'elsewhere',
  'notices-shown': 'elsewhere',
  'notices-set': 'elsewhere',
  'safe-hours-set': 'elsewhere',
  'consent-given': 'person',
  'invite-used': 'person',
  'invite-made': 'person',
  'member-came': 'person',
  'member-changed': 'person',
  'group-reminders-set': 'person',
  'goal-set': 'person',
  'address-linked': 'person',
};

const changeOf = (secrets: Secrets, event: DomainEvent): Change | undefined => {
  switch (KINDS[event.type]) {
    case 'elsewhere':
      return undefined;
    case 'cycle':
      return cycleChange(event);
    case 'group':
      return groupChange(event);
    case 'person':
      return personChange(secrets, event);
  }
};

const groupChange = (event: DomainEvent): Change | undefined => {
  switch (event.type) {
    case 'attendance-taken': {
      const { memberId, meetingOn, present, by } = event.attendance;
      return ['attendance', { member: memberId, meeting_on: meetingOn.toString(), present, by }];
    }
    case 'dispute-opened':
      return ['disputes', { id: event.id, member: event.memberId, payment: event.paymentId }];
    case 'dispute-decided':
      return ['disputeSteps', { payment: event.paymentId, state: event.state, by: event.by }];
    case 'cover-disputed':
      return ['disputes', { id: event.id, member: event.memberId, cover: event.coverId }];
    case 'cover-dispute-kept':
      return ['disputeSteps', { id: event.id, state: 'kept', by: event.by }];
    case 'opening-signed':
      return ['signed', { member: event.memberId, state: event.state }];
    case 'second-asked':
      return ['seconds', secondJson(event)];
    case 'second-said':
      return ['secondSteps', { id: event.id, state: event.state, witness: event.witness }];
    case 'phone-vouched':
      return ['seconds', phoneJson(event)];
    case 'phone-said':
      return ['secondSteps', { id: event.id, state: event.state, staff: event.by }];
    default:
      return undefined;
  }
};

const cycleChange = (event: DomainEvent): Change | undefined => {
  switch (event.type) {
    case 'closing-proposed':
      return ['closings', { cycle: event.cycleId, by: event.by }];
    case 'loan-lost':
      return ['loansLost', { loan: event.loanId, state: event.state }];
    case 'cycle-closed':
      return [
        'cyclesClosed',
        {
          cycle: event.cycleId,
          next: event.next.id,
          starts: event.next.starts.toString(),
          ends: event.next.ends.toString(),
        },
      ];
    case 'money-out-moved': {
      const { id, was, state, witness, entryId } = event;
      return ['outSteps', { id, was, state, witness, entry: entryId }];
    }
    default:
      return undefined;
  }
};
