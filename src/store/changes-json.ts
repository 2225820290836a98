import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../conversation/domain-event.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { Secrets } from './secrets.ts';

/** The events that are neither entries nor payments, each kind as the list that commit_changes takes. */
export const changesJson = (secrets: Secrets, events: Outcome['events']): { changes?: object } => {
  const changes: Record<string, object[]> = {};
  for (const event of events) {
    const change = cycleChange(event) ?? changeOf(secrets, event);
    if (!change) continue;
    const [list, row] = change;
    changes[list] = [...(changes[list] ?? []), row];
  }
  return Object.keys(changes).length > 0 ? { changes } : {};
};

const changeOf = (secrets: Secrets, event: DomainEvent): readonly [string, object] | undefined => {
  switch (event.type) {
    case 'entry-posted':
    case 'payment-made':
    case 'payment-moved':
    case 'loan-asked':
    case 'loan-moved':
    case 'loan-made':
    case 'vote-cast':
    case 'meeting-opened':
    case 'meeting-moved':
    case 'fine-set':
    case 'cover-proposed':
    case 'cover-moved':
    case 'cover-refunded':
    case 'draw-begun':
    case 'draw-word-given':
    case 'draw-dice-thrown':
    case 'draw-moved':
    // Of the cycle and its money: see cycleChange.
    case 'closing-proposed':
    case 'loan-lost':
    case 'cycle-closed':
    case 'money-out-proposed':
    case 'money-out-moved':
      return undefined;
    case 'attendance-taken': {
      const { memberId, meetingOn, present, by } = event.attendance;
      return ['attendance', { member: memberId, meeting_on: meetingOn.toString(), present, by }];
    }
    case 'dispute-opened':
      return ['disputes', { id: event.id, member: event.memberId, payment: event.paymentId }];
    case 'dispute-decided':
      return ['disputeSteps', { payment: event.paymentId, state: event.state, by: event.by }];
    case 'consent-given':
      return [
        'consents',
        {
          id: randomUUID(),
          topic: 'book',
          given: true,
          notice_version: event.noticeVersion,
          language: event.language,
        },
      ];
    case 'invite-used':
      return ['invites', { id: event.inviteId }];
    case 'member-came':
      return ['newMembers', newMember(secrets, event)];
    case 'member-changed':
      return [
        'members',
        {
          id: event.memberId,
          was: event.was,
          state: event.state,
          consented: event.consented,
          language: event.language,
          reminders: event.reminders,
        },
      ];
    case 'address-linked':
      return ['links', { member: event.memberId, address: event.addressId }];
    case 'address-unlinked':
      return ['unlinks', { member: event.memberId }];
    case 'help-closed':
      return ['helpClosed', { programme: event.programmeId }];
    case 'help-requested':
      return ['helpRequests', { id: randomUUID(), programme: event.programmeId, member: event.memberId }];
  }
};

const cycleChange = (event: DomainEvent): readonly [string, object] | undefined => {
  switch (event.type) {
    case 'closing-proposed':
      return ['closings', { cycle: event.cycleId, by: event.by }];
    case 'loan-lost':
      return ['loansLost', { loan: event.loanId }];
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
    case 'money-out-proposed': {
      const { id, kind, memberId, amount, by } = event.out;
      return ['outs', { id, kind, member: memberId, amount: amount.minor.toString(), by }];
    }
    case 'money-out-moved':
      return ['outSteps', { id: event.id, state: event.state, witness: event.witness, entry: event.entryId }];
    default:
      return undefined;
  }
};

const newMember = (secrets: Secrets, event: Extract<DomainEvent, { type: 'member-came' }>) => {
  const { key, wrapped } = secrets.newDataKey();
  return {
    id: event.memberId,
    number: event.number,
    key: wrapped.toString('base64'),
    name: secrets
      .seal(key, { table: 'member', column: 'name', rowId: event.memberId }, event.name)
      .toString('base64'),
    joined_on: event.on.toString(),
  };
};
