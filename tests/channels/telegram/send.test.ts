import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SendFailure, ToSend } from '../../../src/channels/channel.ts';
import { toSendFailure } from '../../../src/channels/telegram/failures.ts';
import type { TelegramChannel } from '../../../src/channels/telegram/telegram.ts';
import failures from '../../fixtures/telegram/send-failures.json' with { type: 'json' };
import type { Fault } from '../../support/bot-api-emulator/faults.ts';
import type { Person } from '../../support/bot-api-emulator/person.ts';
import { type Bench, expectNoSecrets, startBench, TOKEN } from './setup.ts';

let bench: Bench;
let channel: TelegramChannel;
let ana: Person;
beforeEach(async () => {
  bench = await startBench();
  channel = bench.channel();
  ana = bench.api.person(5_550_001);
  ana.says('hola');
});
afterEach(() => bench.finish());

const TWO_PARTS = `${'a'.repeat(3_000)}\n${'b'.repeat(3_000)}`;
const say = (text: string) => channel.send('5550001', { text, choices: [] });

describe('a message goes out', () => {
  test('as it is: no formatting, no link preview', async () => {
    const text = '<b>Rosa</b> *Pérez* _x_ [a](http://x.example) & «$1,000.00»';
    const sent = await say(text);
    expect(ana.inbox().map(({ text: read }) => read)).toEqual([text]);
    expect(sent).toEqual({ ok: true, sentId: String(ana.inbox()[0]?.messageId) });
    const { params } = bench.api.calls.at(-1) ?? { params: {} };
    expect(Object.keys(params).toSorted()).toEqual(['chat_id', 'link_preview_options', 'text']);
  });

  test('with one button to a row, holding its number, the label and the payload', async () => {
    await channel.send('5550001', {
      text: '¿Está bien?',
      choices: [
        { label: 'Sí', payload: 'p:1:yes' },
        { label: 'No', payload: 'ñ'.repeat(32) },
      ],
    });
    expect(bench.api.calls.at(-1)?.params['reply_markup']).toEqual({
      inline_keyboard: [
        [{ text: '1. Sí', callback_data: 'p:1:yes' }],
        [{ text: '2. No', callback_data: 'ñ'.repeat(32) }],
      ],
    });
  });

  test('with keys side by side and without numbers, where they are keys', async () => {
    const choices = ['7', '2', '9', '⌫'].map((label, at) => ({ label, payload: `pin:x:${at}` }));
    await channel.send('5550001', { text: '○', choices, columns: 3 });
    const key = (at: number) => ({ text: choices[at]?.label, callback_data: choices[at]?.payload });
    expect(bench.api.calls.at(-1)?.params['reply_markup']).toEqual({
      inline_keyboard: [[key(0), key(1), key(2)], [key(3)]],
    });
  });

  test('as a paid broadcast where more a second is bought than is free, and never otherwise', async () => {
    const free = bench.channel({ perSecond: 30 });
    const bought = bench.channel({ perSecond: 31 });
    expect([free.limits.perSecond, bought.limits.perSecond]).toEqual([30, 31]);
    for (const each of [free, bought]) await each.send('5550001', { text: 'Hola.', choices: [] });
    const asked = bench.api.calls.filter(({ method }) => method === 'sendMessage');
    expect(asked.map(({ params }) => params['allow_paid_broadcast'])).toEqual([undefined, true]);
  });

  test('in several parts when it is long, in order, the buttons under the last', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `Semana ${at + 1}: $${at + 1}00.00 de ahorro`);
    const choices = [{ label: 'Sí', payload: 'x' }];
    const sent = await channel.send('5550001', { text: lines.join('\n'), choices });
    const parts = ana.inbox();
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ text }) => text).join('\n')).toBe(lines.join('\n'));
    expect(parts.map(({ buttons }) => buttons.length)).toEqual([...parts.slice(1).map(() => 0), 1]);
    expect(sent).toEqual({ ok: true, sentId: parts.map(({ messageId }) => messageId).join(',') });
  });

  test('"too many" between two parts is for delivery to wait for; the first part is not sent twice', async () => {
    bench.api.fault.next({ method: 'sendMessage', after: 1, status: 429, retryAfter: 6 });
    const failure = { type: 'retry-after', seconds: 6, scope: 'channel' };
    const first = await say(TWO_PARTS);
    const sentParts = ana.inbox().map(({ messageId }) => String(messageId));
    expect(sentParts).toHaveLength(1);
    expect(first).toEqual({ ok: false, failure, sentParts });
    const again = await channel.send('5550001', { text: TWO_PARTS, choices: [], sentParts });
    expect(again).toMatchObject({ ok: true });
    expect(ana.inbox().map(({ text }) => text)).toEqual(TWO_PARTS.split('\n'));
  });
});

describe('a message does not go out', () => {
  test.each(failures)('$name', async ({ fault, failure }) => {
    bench.api.fault.next({ method: 'sendMessage', ...fault } as Fault);
    const result = await say('hola');
    expect(result).toEqual({ ok: false, failure });
    // Only the lost acknowledgement leaves a message behind: nobody can know.
    expect(ana.inbox()).toHaveLength(fault.drop === 'after-delivery' ? 1 : 0);
  });

  test('to somebody who blocked the bot, until she comes back', async () => {
    ana.blocks();
    expect(await say('hola')).toEqual({ ok: false, failure: { type: 'blocked' } });
    ana.unblocks();
    expect(await say('hola')).toMatchObject({ ok: true });
  });

  test('to somebody who left Telegram, never wrote, or does not exist', async () => {
    ana.leavesTelegram();
    expect(await say('hola')).toEqual({ ok: false, failure: { type: 'blocked' } });
    bench.api.person(5_550_002);
    const message = { text: 'hola', choices: [] };
    expect(await channel.send('5550002', message)).toEqual({ ok: false, failure: { type: 'blocked' } });
    expect(await channel.send('5550003', message)).toEqual({ ok: false, failure: { type: 'undeliverable' } });
  });

  test('when Telegram cannot be reached', async () => {
    const gone = bench.channel({ apiRoot: 'http://127.0.0.1:1' });
    const result = await gone.send('5550001', { text: 'hola', choices: [] });
    expect(result).toEqual({ ok: false, failure: { type: 'unavailable' } });
  });

  test('with a wrong token', async () => {
    const wrong = bench.channel({ token: `${TOKEN}x` });
    const result = await wrong.send('5550001', { text: 'hola', choices: [] });
    expect(result).toEqual({ ok: false, failure: { type: 'bad-credentials' } });
  });

  test.each<[string, string, ToSend, string]>([
    ['an empty text', '5550001', { text: ' \n', choices: [] }, 'the text is empty'],
    ['a name for an address', '@comadre', { text: 'x', choices: [] }, 'the address is not a Telegram id'],
    ['a group for an address', '-100200', { text: 'x', choices: [] }, 'the address is not a Telegram id'],
    [
      'prepared words',
      '5550001',
      { text: 'x', choices: [], template: { key: 'reminder', language: 'es', values: [] } },
      'Telegram has no prepared words',
    ],
    [
      'a file of nothing',
      '5550001',
      {
        text: 'x',
        choices: [],
        file: { kind: 'image', name: 'x.png', mime: 'image/png', bytes: new Uint8Array() },
      },
      'a file has 0 bytes; 1 to 50000000 are allowed',
    ],
    ['no address', '', { text: 'x', choices: [] }, 'the address is not a Telegram id'],
    ['an empty label', '5550001', { text: 'x', choices: [{ label: '', payload: 'p' }] }, 'a label is empty'],
    [
      'a payload of 65 bytes',
      '5550001',
      { text: 'x', choices: [{ label: 'Sí', payload: `${'ñ'.repeat(32)}x` }] },
      'a payload has 65 bytes; 1 to 64 are allowed',
    ],
    [
      'an empty payload',
      '5550001',
      { text: 'x', choices: [{ label: 'Sí', payload: '' }] },
      'a payload has 0 bytes; 1 to 64 are allowed',
    ],
  ])(
    'for our own mistake, found before Telegram is asked: %s',
    async (_name, address, ...[message, detail]) => {
      const before = bench.api.calls.length;
      expect(await channel.send(address, message)).toEqual({
        ok: false,
        failure: { type: 'our-bug', detail },
      });
      expect(bench.api.calls.length).toBe(before);
    },
  );

  test('no failure holds the token or the words', async () => {
    const words = 'Rosa debe $1,000.00';
    for (const { fault } of failures) {
      bench.api.fault.next({ method: 'sendMessage', ...fault } as Fault);
      const result = await say(words);
      expectNoSecrets(result);
      expect(JSON.stringify(result)).not.toContain('Rosa');
    }
    const secret: Error & { code?: string } = new Error(`failed: https://x.example/bot${TOKEN}/sendMessage`);
    secret.code = 'E_URL';
    expect(toSendFailure(secret)).toEqual({ type: 'our-bug', detail: 'E_URL: Error' } satisfies SendFailure);
    bench.api.fault.next({
      method: 'sendMessage',
      status: 400,
      description: `Bad Request: no file at bot${TOKEN}/x`,
    });
    expectNoSecrets(await say(words));
  });
});
