// Each look at the table of permissions by itself: whatever the flows behind it do, what it denies is neither said nor done.

import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { throughGate } from '../../../src/conversation/access/gate.ts';
import { pinStep } from '../../../src/conversation/access/pin-step.ts';
import type { DomainEvent } from '../../../src/conversation/domain-event.ts';
import type { IncomingMessage } from '../../../src/conversation/message.ts';
import type { Need } from '../../../src/conversation/need.ts';
import type { StepResult } from '../../../src/conversation/outcome.ts';
import { reply, say } from '../../../src/conversation/say.ts';
import { EMPTY_SESSION, type Session } from '../../../src/conversation/session.ts';
import { decide, needs, type Turn } from '../../../src/conversation/turn.ts';

const HER = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';
const NOW = Temporal.Instant.from('2026-11-24T19:00:00Z');
const PIN = { has: true, isRequired: false, isDiscreet: false, closed: [], without: [], isShut: false };

type Who = {
  readonly state?: string;
  readonly role?: string;
  readonly session?: Partial<Session>;
  readonly pin?: object;
};

/** She presses what only asks for the menu: whatever comes of it is looked at by itself. */
const turnOf = ({ state = 'active', role = 'member', session = {}, pin }: Who = {}, verb = 'see'): Turn => {
  const own = { ...EMPTY_SESSION, ...session };
  const speaker = {
    type: 'member',
    me: { id: HER, state, role },
    group: { id: 'g', programmeId: 'p' },
    extra: {},
    seats: [],
  };
  const address = { session: own, language: 'es', stopped: false };
  const turn = {
    snapshot: { speaker, address, pin, now: NOW },
    session: own,
    pinWay: 'none',
    body: { type: 'button', payload: verb },
  };
  return { ...turn, input: { type: 'choice', verb, args: [] } } as unknown as Turn;
};

const staffTurn = (): Turn => {
  const turn = turnOf();
  const speaker = { type: 'staff', staffId: HER, programmeId: 'p', role: 'staff' };
  return {
    ...turn,
    snapshot: { ...turn.snapshot, speaker },
    input: { type: 'choice', verb: 'no', args: [] },
  } as unknown as Turn;
};

const doing = (turn: Turn, event: object): StepResult =>
  throughGate(turn, () =>
    decide(turn, { events: [event as DomainEvent], replies: [reply([say('pin.open')])] }),
  );
const knowing = (turn: Turn, need: object): StepResult => throughGate(turn, () => needs(need as Need));

const saidBy = (result: StepResult): string =>
  result.type === 'needs'
    ? `needs ${result.need.type}`
    : result.outcome.replies.flatMap(({ lines }) => lines.map(({ key }) => key)).join();
const doneBy = (result: StepResult): readonly string[] =>
  result.type === 'needs' ? [] : result.outcome.events.map(({ type }) => type);

describe('what a message asks for', () => {
  test('is not begun where it is denied', () => {
    const turn = turnOf({}, 'record');
    const result = throughGate(turn, () => {
      throw new Error('nothing of it is begun');
    });
    expect([saidBy(result), doneBy(result)]).toEqual(['done.expired', []]);
  });

  test('nor before her PIN, nor in discreet mode', () => {
    for (const [pin, said] of [
      [PIN, 'pin.no-way'],
      [{ ...PIN, has: false, isDiscreet: true }, 'discreet.answer'],
    ] as const)
      expect(
        saidBy(
          throughGate(turnOf({ pin }, 'report'), () => {
            throw new Error('nothing of it is begun');
          }),
        ),
      ).toBe(said);
  });
});

describe('what comes of it', () => {
  test.each([
    ['of an officer', turnOf(), { type: 'pin-reset', memberId: OTHER }, []],
    ['of another woman', turnOf(), { type: 'goal-set', memberId: OTHER }, []],
    ['of her own', turnOf(), { type: 'goal-set', memberId: HER }, ['goal-set']],
    ['of who is trained', staffTurn(), { type: 'danger-assigned', id: 'd', to: HER }, []],
    ['of another programme', staffTurn(), { type: 'broadcast-made', programmeId: 'other' }, []],
  ] as const)('is done only where the table lets her: what is %s', (_of, turn, event, done) => {
    expect(doneBy(doing(turn, event))).toEqual(done);
  });

  test.each([
    ['of an officer', turnOf(), { type: 'disputes' }, 'done.expired'],
    ['of who is trained', staffTurn(), { type: 'dangers' }, 'done.expired'],
    ['of her own', turnOf(), { type: 'receipts' }, 'needs receipts'],
  ] as const)('is looked up only where the table lets her: what is %s', (_of, turn, need, said) => {
    expect(saidBy(knowing(turn, need))).toBe(said);
  });

  test('waits for her PIN, and in discreet mode is not there', () => {
    expect(saidBy(knowing(turnOf({ pin: PIN }), { type: 'receipts' }))).toBe('pin.no-way');
    const discreet = turnOf({ pin: { ...PIN, has: false, isDiscreet: true } });
    expect(saidBy(knowing(discreet, { type: 'receipts' }))).toBe('discreet.answer');
    expect(doneBy(doing(discreet, { type: 'goal-set', memberId: HER }))).toEqual([]);
  });
});

test('a PIN is asked of nobody who may have none', () => {
  const message = { body: { type: 'pin', pad: '', digits: '4829' } } as unknown as IncomingMessage;
  expect(pinStep(turnOf(), message)).toBeDefined();
  expect(pinStep(turnOf({ state: 'invited' }), message)).toBeUndefined();
});
