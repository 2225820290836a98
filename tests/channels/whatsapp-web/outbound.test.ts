import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, namesOf } from '../../../src/channels/whatsapp-web/address.ts';
import { dailyCap } from '../../../src/channels/whatsapp-web/daily-cap.ts';
import { outbound } from '../../../src/channels/whatsapp-web/outbound.ts';
import { partsOf } from '../../../src/channels/whatsapp-web/parts.ts';
import { pendingCalls } from '../../../src/channels/whatsapp-web/pending-calls.ts';
import { lacksOf } from '../../../src/channels/whatsapp-web/requirements.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'comadre-cap-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the messages of a day', () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  const hour = 3_600_000;

  test('what nobody asked for stops at four fifths; who has just written is answered to the last one', () => {
    const cap = dailyCap(folder, 10, () => noon);
    cap.wrote('525550100001');
    cap.count(8);
    expect(cap.check('525550100002')).toEqual({ ok: false, seconds: 12 * 3_600, forAll: false });
    expect(cap.check('525550100001')).toEqual({ ok: true });
    cap.count(2);
    expect(cap.check('525550100001')).toEqual({ ok: false, seconds: 12 * 3_600, forAll: true });
  });

  test('an answer is an answer for an hour', () => {
    const clock = { now: noon };
    const cap = dailyCap(folder, 10, () => clock.now);
    cap.wrote('525550100001');
    cap.count(8);
    clock.now += hour - 1;
    expect(cap.check('525550100001').ok).toBe(true);
    clock.now += 1;
    expect(cap.check('525550100001').ok).toBe(false);
  });

  test('a program that starts again counts on; at midnight it begins anew', () => {
    dailyCap(folder, 10, () => noon).count(10);
    expect(dailyCap(folder, 10, () => noon + hour).check('525550100001').ok).toBe(false);
    const waited = dailyCap(folder, 10, () => noon).check('525550100001');
    const later = noon + (waited.ok ? 0 : waited.seconds * 1_000);
    expect(dailyCap(folder, 10, () => later).check('525550100001').ok).toBe(true);
    expect(dailyCap(folder, 10, () => later - 1).check('525550100001').ok).toBe(false);
  });
});

test('choices are numbered lines under the last words; a voice note goes before its words', () => {
  const choices = ['Sí', 'No'].map((label) => ({ label, payload: label }));
  expect(partsOf({ text: '¿Está bien?', choices })).toEqual([{ text: '¿Está bien?\n\n1. Sí\n2. No' }]);
  const file = { kind: 'voice', name: 'a.ogg', mime: 'audio/ogg', bytes: Buffer.from('OggS') } as const;
  expect(partsOf({ text: 'Escucha', choices, file })).toEqual([
    { text: '', file },
    { text: 'Escucha\n\n1. Sí\n2. No' },
  ]);
  expect(partsOf({ text: ' ', choices: [] })).toEqual([]);
});

test('an address leads to every name WhatsApp may have for it, and nothing else is one', () => {
  expect(namesOf('525550100001')).toEqual(['525550100001@c.us', '5215550100001@c.us']);
  expect(namesOf('15550100001')).toEqual(['15550100001@c.us']);
  expect(namesOf('lid:7001')).toEqual(['7001@lid']);
  for (const wrong of ['', 'ana', '123', '1203630000@g.us', 'lid:', 'status@broadcast']) {
    expect(namesOf(wrong)).toBeUndefined();
  }
  expect(addressOf('525550100001', '7001@lid')).toBe('525550100001');
});

test.each([
  // It comes back by itself, in seconds: the channel does not rest for it.
  ['starting', { type: 'retry-after', seconds: 5, scope: 'channel' }],
  ['lost', { type: 'retry-after', seconds: 5, scope: 'channel' }],
  ['qr', { type: 'paused', detail: 'the telephone is not linked with WhatsApp' }],
] as const)('while the browser is "%s" nothing is sent', async (state, failure) => {
  const told: unknown[] = [];
  const going = outbound({
    calls: pendingCalls((order) => told.push(order)),
    cap: dailyCap(folder, 10),
    unevenMsMax: 0,
    stopped: new AbortController().signal,
    state: () => state,
  });
  expect(await going.send('525550100001', { text: 'hola', choices: [] })).toEqual({ ok: false, failure });
  expect(told).toEqual([]);
});

test('a browser that is not there is said, with what to do', () => {
  const lacks = lacksOf({ folder, executablePath: path.join(folder, 'none'), isToRun: true });
  expect(lacks).toHaveLength(1);
  expect(lacks[0]?.what).toContain('PUPPETEER_EXECUTABLE_PATH');
  expect(lacks[0]?.remedy).toContain('install');
});
