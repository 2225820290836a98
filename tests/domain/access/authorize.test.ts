// The table of permissions: every kind of person, every action, every relation.

import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action, isAction } from '../../../src/domain/access/actions.ts';
import { type Actor, KINDS, type Kind } from '../../../src/domain/access/actor.ts';
import { authorize, kindOf, type Thing } from '../../../src/domain/access/authorize.ts';
import {
  asId,
  type GroupId,
  type MemberId,
  type ProgrammeId,
  type StaffId,
} from '../../../src/domain/ids.ts';

const HER = asId<MemberId>('00000000-0000-7000-8000-000000000001');
const OTHER = asId<MemberId>('00000000-0000-7000-8000-000000000002');
const GROUP = asId<GroupId>('00000000-0000-7000-8000-00000000000a');
const OTHER_GROUP = asId<GroupId>('00000000-0000-7000-8000-00000000000b');
const PROGRAMME = asId<ProgrammeId>('00000000-0000-7000-8000-0000000000aa');
const OTHER_PROGRAMME = asId<ProgrammeId>('00000000-0000-7000-8000-0000000000bb');
const STAFF = asId<StaffId>('00000000-0000-7000-8000-000000000003');

const member = {
  type: 'member',
  memberId: HER,
  groupId: GROUP,
  programmeId: PROGRAMME,
  unlocked: true,
} as const;
const PEOPLE: Readonly<Record<Kind, Actor>> = {
  nobody: { type: 'nobody' },
  pending: { ...member, role: 'member', state: 'pending' },
  former: { ...member, role: 'member', state: 'left' },
  suspended: { ...member, role: 'treasurer', state: 'suspended' },
  member: { ...member, role: 'member', state: 'active' },
  officer: { ...member, role: 'treasurer', state: 'active' },
  staff: { type: 'staff', staffId: STAFF, programmeId: PROGRAMME, role: 'staff' },
  safeguarding: { type: 'staff', staffId: STAFF, programmeId: PROGRAMME, role: 'safeguarding' },
  operator: { type: 'operator' },
};

const actions = Object.keys(ACTIONS).filter(isAction);
const whoOf = (action: Action): readonly Kind[] => ACTIONS[action].who;

/** What every action is about when it is hers. */
const HERS: Thing = { memberId: HER, groupId: GROUP, programmeId: PROGRAMME, saidBy: OTHER };

describe('the table', () => {
  test.each(KINDS)('%s may do what the table says, of what is hers, and nothing else', (kind) => {
    const actor = PEOPLE[kind];
    expect(kindOf(actor)).toBe(kind);
    const thing: Thing =
      actor.type === 'member'
        ? HERS
        : actor.type === 'staff'
          ? { programmeId: PROGRAMME, saidBy: OTHER }
          : {};
    for (const action of actions) {
      const expected = whoOf(action).includes(kind) ? 'allowed' : 'denied';
      expect([action, authorize(actor, action, thing)]).toEqual([action, expected]);
    }
  });

  test('nothing that is another group’s, another programme’s or another woman’s, unless it is anybody’s', () => {
    const foreign: readonly Thing[] = [
      { ...HERS, groupId: OTHER_GROUP },
      { ...HERS, programmeId: OTHER_PROGRAMME },
    ];
    for (const kind of KINDS) {
      for (const action of actions.filter((one) => ACTIONS[one].of !== 'any')) {
        const actor = PEOPLE[kind];
        const things = actor.type === 'staff' ? [{ programmeId: OTHER_PROGRAMME }] : foreign;
        for (const thing of things)
          expect([kind, action, authorize(actor, action, thing)]).toEqual([kind, action, 'denied']);
      }
    }
    for (const action of actions.filter((one) => ACTIONS[one].of === 'own'))
      for (const kind of ['suspended', 'former', 'member', 'officer', 'pending'] as const)
        expect([action, authorize(PEOPLE[kind], action, { ...HERS, memberId: OTHER })]).toEqual([
          action,
          'denied',
        ]);
  });

  test('the second word is another one’s, and who said the first has to be known', () => {
    expect(authorize(PEOPLE.officer, 'say-second', { saidBy: OTHER })).toBe('allowed');
    expect(authorize(PEOPLE.officer, 'say-second', { saidBy: HER })).toBe('denied');
    expect(authorize(PEOPLE.officer, 'say-second')).toBe('denied');
    expect(authorize(PEOPLE.staff, 'vouch-second', { saidBy: OTHER })).toBe('allowed');
    expect(authorize(PEOPLE.staff, 'vouch-second', { saidBy: STAFF })).toBe('denied');
    expect(authorize(PEOPLE.staff, 'vouch-second')).toBe('denied');
  });

  test('with a PIN she has not given, all from L2 on is locked, and what keeps her safe is not', () => {
    const locked: Actor = { ...member, role: 'treasurer', state: 'active', unlocked: false };
    for (const action of actions.filter((one) => whoOf(one).includes('officer'))) {
      const { level } = ACTIONS[action];
      const expected = level === 'L0' || level === 'L1' ? 'allowed' : 'locked';
      expect([action, authorize(locked, action, HERS)]).toEqual([action, expected]);
    }
    expect(authorize(locked, 'be-safe')).toBe('allowed');
    expect(authorize(locked, 'see-own', { memberId: OTHER })).toBe('denied');
  });

  test('a name on the roster that nobody has come for may do nothing', () => {
    const gone: Actor = { ...member, role: 'leader', state: 'invited' };
    for (const action of actions) expect([action, authorize(gone, action, HERS)]).toEqual([action, 'denied']);
  });

  test('who is suspended keeps all that is a member’s but her vote, new loans and an office, and nothing of an officer’s', () => {
    const lost = actions.filter(
      (action) =>
        authorize(PEOPLE.member, action, HERS) === 'allowed' &&
        authorize(PEOPLE.suspended, action, HERS) !== 'allowed',
    );
    expect(lost).toEqual(['borrow', 'vote', 'take-office']);
    for (const action of actions.filter((one) => !whoOf(one).includes('member')))
      expect([action, authorize(PEOPLE.suspended, action, HERS)]).toEqual([action, 'denied']);
  });

  test('what is not in the table nobody may, whatever it is called', () => {
    for (const kind of KINDS) {
      expect(authorize(PEOPLE[kind], undefined)).toBe('denied');
      for (const name of ['toString', '__proto__', 'constructor', 'everything', ''])
        expect(authorize(PEOPLE[kind], name as Action)).toBe('denied');
    }
  });
});
