import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TelegramChannel } from '../../../src/channels/telegram/telegram.ts';
import { type Bench, expectNoSecrets, recorder, SECRET, startBench, textsOf, until } from './setup.ts';

let bench: Bench;
let server: Server;
let webhookUrl: string;
let channel: TelegramChannel;
const statuses: number[] = [];

/** What a web server does with the channel's answers. */
const STATUS = { accepted: 200, malformed: 200, forbidden: 401, unavailable: 503 } as const;

beforeEach(async () => {
  bench = await startBench();
  statuses.length = 0;
  server = createServer((request, response) => void post(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
});
afterEach(async () => {
  await bench.finish();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const secret = request.headers['x-telegram-bot-api-secret-token'];
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const status = STATUS[await channel.receiveWebhook(secret, body)];
  statuses.push(status);
  response.writeHead(status).end();
}

const UPDATE = {
  update_id: 1,
  message: { message_id: 1, from: { id: 5 }, chat: { id: 5, type: 'private' }, date: 1, text: 'hola' },
};

describe('posted updates', () => {
  test('arrive with the secret Telegram was given', async () => {
    const app = recorder();
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    const ana = bench.api.person(5_550_001);
    for (const text of ['1', '2', '3']) ana.says(text);
    await until('all', () => app.received.length === 3);
    expect(textsOf(app.received)).toEqual(['1', '2', '3']);
    await until('all accepted', () => bench.api.unconfirmed().length === 0);
    const asked = bench.api.calls.find(({ method }) => method === 'setWebhook')?.params;
    expect(asked?.['allowed_updates']).toEqual([
      'message',
      'edited_message',
      'callback_query',
      'my_chat_member',
    ]);
    expect(statuses).toEqual([200, 200, 200]);
  });

  test('come again while the database is away, and each is received in the end', async () => {
    const app = recorder();
    app.broken = true;
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    const ana = bench.api.person(5_550_001);
    for (const text of ['1', '2']) ana.says(text);
    await until('two refusals', () => statuses.length >= 2);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(bench.api.unconfirmed()).toHaveLength(2);
    app.broken = false;
    await until('all', () => app.received.length === 2);
    expect(textsOf(app.received)).toEqual(['1', '2']);
  });

  test('are accepted only after the app has them safe', async () => {
    let safe = false;
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(async () => {
      await wait(50);
      safe = true;
    });
    expect(await channel.receiveWebhook(SECRET, UPDATE)).toBe('accepted');
    expect(safe).toBe(true);
  });

  test('stop waits for the one being received; later ones are to come again', async () => {
    const app = recorder(async () => wait(100));
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    const posted = channel.receiveWebhook(SECRET, UPDATE);
    await channel.stop();
    expect(app.received).toHaveLength(1);
    expect(await posted).toBe('accepted');
    expect(await channel.receiveWebhook(SECRET, UPDATE)).toBe('unavailable');
  });

  test('that are no update are malformed; kinds we ignore are accepted', async () => {
    const app = recorder();
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    for (const body of [null, 7, 'x', {}, { update_id: 'x' }, { update_id: 1, message: {} }]) {
      expect(await channel.receiveWebhook(SECRET, body)).toBe('malformed');
    }
    expect(await channel.receiveWebhook(SECRET, { update_id: 1, poll: { id: '1' } })).toBe('accepted');
    expect(app.tries()).toBe(0);
  });
});

describe('a forged update', () => {
  test.each([
    ['no secret', undefined],
    ['an empty one', ''],
    ['one cut short', SECRET.slice(0, -1)],
    ['one letter more', `${SECRET}x`],
    ['another of the same length', SECRET.replace(/.$/u, 'x')],
    ['another case', SECRET.toUpperCase()],
    ['a space before it', ` ${SECRET}`],
    ['the header twice', [SECRET, SECRET]],
    ['an object', { secret: SECRET }],
    ['null', null],
  ])('is refused before it is read: %s', async (_name, secret) => {
    const app = recorder();
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    expect(await channel.receiveWebhook(secret, UPDATE)).toBe('forbidden');
    expect(await channel.receiveWebhook(secret, { broken: true })).toBe('forbidden');
    expect(app.tries()).toBe(0);
    expect(bench.logged).toEqual([]);
  });

  test('is refused with any other text', async () => {
    const app = recorder();
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    await channel.start(app.receive);
    const near = fc.nat(SECRET.length).map((at) => `${SECRET.slice(0, at)}x${SECRET.slice(at + 1)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), near), async (secret) => {
        fc.pre(secret !== SECRET);
        expect(await channel.receiveWebhook(secret, UPDATE)).toBe('forbidden');
      }),
      { numRuns: 1_000 },
    );
    expect(app.tries()).toBe(0);
  });

  test.each([
    ['is unset', undefined],
    ['is empty', ''],
  ])('is refused when our own secret %s, whatever it says', async (_name, webhookSecret) => {
    const log = { warn: () => undefined, info: () => undefined };
    const unset = webhookSecret === undefined ? {} : { webhookSecret };
    channel = bench.channel({ mode: 'webhook', webhookUrl, log, ...unset });
    await expect(channel.start(recorder().receive)).rejects.toThrow('needs a secret');
    for (const secret of [undefined, '', 'undefined', 'null', SECRET]) {
      expect(await channel.receiveWebhook(secret, UPDATE)).toBe('forbidden');
    }
  });

  test('is refused while we poll, even with the right secret', async () => {
    channel = bench.channel({ mode: 'polling', webhookSecret: SECRET });
    await channel.start(recorder().receive);
    expect(await channel.receiveWebhook(SECRET, UPDATE)).toBe('forbidden');
  });
});

describe('starting', () => {
  test.each([
    ['without an address', {}, 'public address'],
    [
      'with a secret Telegram does not take',
      { webhookUrl: 'https://x.example/t', webhookSecret: 'ñ' },
      'a secret',
    ],
    ['with an address without HTTPS', { webhookUrl: 'ftp://x.example/t', webhookSecret: SECRET }, 'HTTPS'],
  ])('%s is refused in plain words', async (_name, more, words) => {
    channel = bench.channel({ mode: 'webhook', ...more });
    const failure = await channel.start(recorder().receive).catch((error: unknown) => error);
    expect(String(failure)).toContain(words);
    expectNoSecrets(failure);
  });

  test('an update posted before the start is to come again', async () => {
    channel = bench.channel({ mode: 'webhook', webhookUrl, webhookSecret: SECRET });
    expect(await channel.receiveWebhook(SECRET, UPDATE)).toBe('unavailable');
  });
});
