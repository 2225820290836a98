import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Safeguard } from '../../src/conversation/danger-facts.ts';
import { remindOf } from '../../src/conversation/flows/danger-reminder.ts';
import type { Duty } from '../../src/domain/duty.ts';
import { type AddressId, asId, type DangerId, type GroupId, type StaffId } from '../../src/domain/ids.ts';

const ZONE = 'America/Tijuana';
const at = (text: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(`2026-11-${text.replace(' ', 'T')}`)
    .toZonedDateTime(ZONE)
    .toInstant();
const ID = '00000000-0000-7000-8000-000000000001';

const person = (duty: Duty | undefined): Safeguard => ({
  id: asId<StaffId>(ID),
  memberId: undefined,
  name: 'Celia Ríos',
  role: 'staff',
  language: 'es',
  reach: [{ addressId: asId<AddressId>(ID), channel: 'simulator' }],
  duty,
});
const week: Duty = {
  days: [1, 2, 3, 4, 5],
  from: Temporal.PlainTime.from('09:00'),
  to: Temporal.PlainTime.from('18:00'),
};

test.each([
  // asked      told last   how often  now         hours      told again
  ['24 11:00', undefined, 0, '24 11:29', week, false],
  ['24 11:00', undefined, 0, '24 11:30', week, true],
  ['24 11:00', '24 11:30', 1, '24 12:29', week, false],
  ['24 11:00', '24 11:30', 1, '24 12:30', week, true],
  ['24 11:00', '24 13:30', 3, '24 17:00', week, false],
  // Nobody is there: not before somebody is.
  ['24 17:50', undefined, 0, '24 18:20', week, false],
  ['24 17:50', undefined, 0, '25 08:59', week, false],
  ['24 17:50', undefined, 0, '25 09:00', week, true],
  ['24 11:00', '24 17:30', 2, '24 18:30', week, false],
  ['24 11:00', '24 17:30', 2, '25 09:00', week, true],
  // Nobody knows when she is there: she may be.
  ['24 22:00', undefined, 0, '24 22:29', undefined, false],
  ['24 22:00', undefined, 0, '24 22:30', undefined, true],
] as const)('asked %s, told %s (%d), at %s', (asked, told, reminders, now, duty, expected) => {
  const waiting = {
    id: asId<DangerId>(ID),
    groupId: asId<GroupId>(ID),
    askedAt: at(asked),
    reminders,
    remindedAt: told && at(told),
    timeZone: ZONE,
    people: [person(duty)],
  };
  const due = remindOf(waiting, at(now));
  expect(due !== undefined).toBe(expected);
  if (due) expect(due.events).toEqual([{ type: 'danger-reminded', id: ID, was: reminders }]);
});
