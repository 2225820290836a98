import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  failureOf,
  failureOfCode,
  noteOf,
  secondsOf,
} from '../../../src/channels/whatsapp-cloud/failures.ts';

const wait = (seconds: number, scope: 'channel' | 'chat') => ({ type: 'retry-after', seconds, scope });

describe('what an error code means', () => {
  test.each([
    [130_429, wait(10, 'channel')],
    [80_007, wait(60, 'channel')],
    [4, wait(60, 'channel')],
    [131_056, { ...wait(6, 'chat'), grows: true }],
    [131_047, { type: 'outside-window' }],
    [131_026, { type: 'undeliverable' }],
    [131_049, { type: 'held-back', today: true }],
    [130_472, { type: 'held-back' }],
    [131_050, { type: 'opted-out' }],
    [131_048, { type: 'paused', detail: 'code 131048' }],
    [131_042, { type: 'paused', detail: 'code 131042' }],
    [131_031, { type: 'paused', detail: 'code 131031' }],
    [368, { type: 'paused', detail: 'code 368' }],
    [190, { type: 'bad-credentials' }],
    [0, { type: 'bad-credentials' }],
    [10, { type: 'bad-credentials' }],
    [200, { type: 'bad-credentials' }],
    [299, { type: 'bad-credentials' }],
    [132_000, { type: 'template-fault', detail: 'code 132000' }],
    [132_001, { type: 'template-fault', detail: 'code 132001' }],
    [132_012, { type: 'template-fault', detail: 'code 132012' }],
    [132_015, { type: 'template-fault', detail: 'code 132015' }],
    [132_016, { type: 'template-fault', detail: 'code 132016' }],
    [131_051, { type: 'our-bug', detail: 'code 131051' }],
    [131_052, { type: 'our-bug', detail: 'code 131052' }],
    [131_053, { type: 'our-bug', detail: 'code 131053' }],
    [100, { type: 'our-bug', detail: 'code 100' }],
    [1, { type: 'unavailable' }],
    [2, { type: 'unavailable' }],
    [131_000, { type: 'unavailable' }],
    [131_016, { type: 'unavailable' }],
  ])('%i', (code, failure) => {
    expect(failureOfCode(code, { status: 400 })).toEqual(failure);
  });

  test('a pause the platform names is obeyed', () => {
    for (const code of [130_429, 80_007, 131_056]) {
      expect(failureOfCode(code, { status: 429, retryAfterSeconds: 33 })).toMatchObject({ seconds: 33 });
    }
  });
});

describe('an answer without a code we know', () => {
  test.each([
    [429, wait(10, 'channel')],
    [401, { type: 'bad-credentials' }],
    [403, { type: 'bad-credentials' }],
    [400, { type: 'our-bug', detail: 'status 400' }],
    [404, { type: 'our-bug', detail: 'status 404' }],
    [500, { type: 'unavailable' }],
    [502, { type: 'unavailable' }],
  ])('status %i', (status, failure) => {
    for (const body of [undefined, null, '<html>', { error: 'x' }, { error: { code: 'x' } }]) {
      expect(failureOf({ status }, body)).toEqual(failure);
    }
  });

  test('an unknown code goes by its status', () => {
    expect(failureOf({ status: 500 }, { error: { code: 987_654 } })).toEqual({ type: 'unavailable' });
    expect(failureOf({ status: 400 }, { error: { code: 987_654 } })).toMatchObject({ type: 'our-bug' });
  });
});

describe('what is kept of an error', () => {
  test('nothing of a person or of our keys', () => {
    const message =
      '(#100) Param text["body"] "Ana debe 200" to 5215550100001 or +52 1 555 010 0001, MX.13491208655302741918, EAAGm0PX4ZCpsBAKZCinvented0tokenZD at https://lookaside.fbsbx.com/x?mid=1';
    const failure = failureOf({ status: 400 }, { error: { code: 100, message } });
    const detail = 'detail' in failure ? failure.detail : '';
    expect(detail).toContain('code 100');
    expect(detail).not.toMatch(/Ana|debe|5550|134912|EAAG|lookaside/u);
    expect(detail.length).toBeLessThan(250);
  });

  test("Meta's details go before its general words", () => {
    const error = { code: 132_000, message: 'general', error_data: { details: 'body: 1 of 2 values' } };
    expect(failureOf({ status: 400 }, { error })).toEqual({
      type: 'template-fault',
      detail: 'code 132000: body: 1 of 2 values',
    });
  });

  test('of what was thrown a kind and a code, never its words', () => {
    const cause = Object.assign(new Error('connect 10.0.0.1'), { code: 'ECONNREFUSED' });
    expect(noteOf(new TypeError('fetch failed', { cause }))).toEqual({
      code: 'ECONNREFUSED',
      reason: 'TypeError',
    });
    expect(noteOf(new Error('secret'))).toEqual({ code: 'unknown', reason: 'Error' });
    expect(noteOf('secret')).toEqual({ code: 'unknown', reason: 'not an error' });
  });

  test('whatever is answered, it is one of the set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.jsonValue(), (status, body) => {
        expect(failureOf({ status }, body).type).toBeTruthy();
      }),
    );
  });
});

test.each([
  ['7', 7],
  [' 30 ', 30],
  ['999999', 86_400],
  ['-1', undefined],
  ['soon', undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  [null, undefined],
])('a Retry-After of %j is %j seconds', (header, seconds) => {
  expect(secondsOf(header)).toBe(seconds);
});
