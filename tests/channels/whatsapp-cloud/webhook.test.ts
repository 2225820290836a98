import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Status } from '../../../src/channels/channel.ts';
import type { WhatsAppCloudChannel } from '../../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import type { IncomingMessage } from '../../../src/conversation/message.ts';
import { until } from '../contract/rig.ts';
import { APP_SECRET, type Bench, fromAna, posted, signatureOf, startBench, VERIFY_TOKEN } from './setup.ts';

let bench: Bench;
let channel: WhatsAppCloudChannel;
let received: IncomingMessage[];
let told: Status[];
/** Runs before a message is kept; may reject, or wait. */
let before: (message: IncomingMessage) => Promise<void>;
let reporting: () => Promise<void>;

beforeEach(async () => {
  bench = await startBench();
  received = [];
  told = [];
  before = async () => undefined;
  reporting = async () => undefined;
  channel = bench.channel();
  await channel.start(keep, report);
});
afterEach(() => bench.finish());

const keep = async (message: IncomingMessage): Promise<void> => {
  await before(message);
  received.push(message);
};
const report = async (statuses: readonly Status[]): Promise<void> => {
  await reporting();
  told.push(...statuses);
};

const text = (id: string, from: string, body: string) => ({ id, from, type: 'text', text: { body } });
const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(bench.hookUrl, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
const signed = (payload: unknown, secret = APP_SECRET): Promise<Response> => {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return post(body, { 'x-hub-signature-256': signatureOf(body, secret) });
};
const hello = posted([fromAna('wamid.A', { type: 'text', text: { body: 'hola' } })]);
const texts = (): string[] => received.map(({ body }) => (body.type === 'text' ? body.text : body.type));

describe('a signed post', () => {
  test('is answered with 200 once all of it is safe', async () => {
    let safe = false;
    before = async () => {
      await wait(50);
      safe = true;
    };
    const statuses = [{ id: 'wamid.OUT', status: 'delivered', timestamp: '1795000000' }];
    const response = await signed(
      posted([text('1', '525550100002', 'x'), fromAna('2', { type: 'text', text: { body: 'y' } })], {
        statuses,
      }),
    );
    expect(response.status).toBe(200);
    expect(safe).toBe(true);
    expect(texts()).toEqual(['x', 'y']);
    expect(told).toMatchObject([{ sentId: 'wamid.OUT', state: 'delivered' }]);
  });

  test('of a thousand messages keeps each person’s order, persons side by side, ten at once', async () => {
    let now = 0;
    let most = 0;
    before = async () => {
      now += 1;
      most = Math.max(most, now);
      await wait(1);
      now -= 1;
    };
    const people = Array.from({ length: 25 }, (_, at) => `52555010${String(at).padStart(4, '0')}`);
    const messages = Array.from({ length: 1_000 }, (_, at) =>
      text(`wamid.${at}`, people[at % 25] ?? '', String(at)),
    );
    expect((await signed(posted(messages))).status).toBe(200);
    expect(received).toHaveLength(1_000);
    for (const person of people) {
      const hers = received
        .filter(({ address }) => address === person)
        .map(({ messageId }) => Number(messageId.slice(6)));
      expect(hers).toEqual(hers.toSorted((a, b) => a - b));
      expect(hers).toHaveLength(40);
    }
    expect(most).toBe(10);
  });

  test('of which one message is not safe is to come again; hers after it wait, the others are kept', async () => {
    before = async ({ messageId }) => {
      if (messageId === 'a2') throw new Error('connection to postgres://invented refused');
    };
    const [ana, eva] = ['525550100001', '525550100002'];
    const batch = posted([
      text('a1', ana, 'a1'),
      text('e1', eva, 'e1'),
      text('a2', ana, 'a2'),
      text('a3', ana, 'a3'),
      text('e2', eva, 'e2'),
    ]);
    expect((await signed(batch)).status).toBe(503);
    expect(texts().toSorted()).toEqual(['a1', 'e1', 'e2']);
    before = async () => undefined;
    expect((await signed(batch)).status).toBe(200);
    expect(new Set(texts())).toEqual(new Set(['a1', 'a2', 'a3', 'e1', 'e2']));
  });

  test('whose statuses cannot be written down is to come again', async () => {
    reporting = async () => {
      throw new Error('no database');
    };
    const statuses = [{ id: 'wamid.OUT', status: 'read' }];
    expect((await signed(posted([], { statuses }))).status).toBe(503);
    expect(told).toEqual([]);
  });

  test('is taken with the old secret and with the new one while it is being changed', async () => {
    channel = bench.channel({ appSecrets: [APP_SECRET, 'another5ecret0123456789abcdef00'] });
    await channel.start(keep, report);
    expect((await signed(hello)).status).toBe(200);
    expect((await signed(hello, 'another5ecret0123456789abcdef00')).status).toBe(200);
    expect((await signed(hello, 'athird5ecret0123456789abcdef000')).status).toBe(403);
  });

  test('holds for the very bytes: whatever its content type says, no parser touches it', async () => {
    const body = `  ${JSON.stringify(hello, null, 2)}\n`;
    for (const type of [
      'application/json',
      'text/plain',
      'application/octet-stream',
      'application/x-www-form-urlencoded',
    ]) {
      const headers = { 'content-type': type, 'x-hub-signature-256': signatureOf(body) };
      expect((await post(body, headers)).status, type).toBe(200);
    }
    expect(received).toHaveLength(4);
  });

  test.each([
    ['not JSON', 'hola', 400],
    ['empty', '', 400],
    ['no payload', '{"a":1}', 400],
    ['nothing for us', JSON.stringify({ entry: [] }), 200],
    [
      'something of the account',
      JSON.stringify({ entry: [{ changes: [{ field: 'account_update', value: {} }] }] }),
      200,
    ],
  ])('%s', async (_name, body, status) => {
    expect((await signed(body)).status).toBe(status);
    expect(received).toEqual([]);
  });

  test('of more than 3 MB is not taken', async () => {
    expect((await signed(`{"x":"${'x'.repeat(3 * 1024 * 1024)}"}`)).status).toBe(413);
  });

  test('before the start and after the stop is to come again; the one being received is finished', async () => {
    let begun = false;
    let mayGoOn = false;
    before = async () => {
      begun = true;
      await until('it may go on', () => mayGoOn);
    };
    const first = signed(hello);
    await until('it has begun', () => begun);
    const stopping = channel.stop();
    expect((await signed(hello)).status).toBe(503);
    mayGoOn = true;
    await stopping;
    expect((await first).status).toBe(200);
    expect(received).toHaveLength(1);
    bench.channel();
    expect((await signed(hello)).status).toBe(503);
  });
});

describe('a forged post', () => {
  test('is refused and nothing of it is read, whoever made it', async () => {
    const body = JSON.stringify(hello);
    const right = signatureOf(body);
    const forged = [
      undefined,
      '',
      right.slice(7),
      right.toUpperCase(),
      signatureOf(`${body} `),
      signatureOf(body, 'x'),
      signatureOf(''),
    ];
    for (const signature of forged) {
      const response = await post(body, signature === undefined ? {} : { 'x-hub-signature-256': signature });
      expect(response.status, String(signature)).toBe(403);
    }
    expect((await post('{ broken', { 'x-hub-signature-256': right })).status).toBe(403);
    expect(received).toEqual([]);
    expect(bench.logged).toEqual([]);
  });

  test('ten thousand of them: none is taken', async () => {
    const body = Buffer.from(JSON.stringify(hello));
    const right = signatureOf(body);
    const near = fc
      .tuple(fc.integer({ min: 0, max: 70 }), fc.constantFrom('0', '3', '7', 'a', 'c', 'f', ' '))
      .map(([at, sign]) => right.slice(0, at) + sign + right.slice(at + 1));
    const random = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((of) => `sha256=${Buffer.from(of).toString('hex')}`);
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, random, fc.string()), fc.boolean(), async (signature, changed) => {
        fc.pre(changed || signature !== right);
        const bytes = changed ? Buffer.concat([body, Buffer.from(' ')]) : body;
        const outcome = await channel.receiveWebhook(signature, bytes);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: 10_000 },
    );
    expect([...outcomes]).toEqual([['forbidden', 10_000]]);
    expect(received).toEqual([]);
    expect(await channel.receiveWebhook(right, body)).toBe('accepted');
  });

  test.each([[[]], [['']]])('is refused when our own secret is unset: %j', async (appSecrets) => {
    channel = bench.channel({ appSecrets });
    await channel.start(keep, report);
    for (const secret of [APP_SECRET, ''])
      expect((await signed(hello, secret === '' ? 'x' : secret)).status).toBe(403);
    expect((await post(JSON.stringify(hello))).status).toBe(403);
    expect(received).toEqual([]);
  });
});

describe("Meta's question whether the webhook is ours", () => {
  const ask = (query: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${bench.hookUrl}?${new URLSearchParams(query).toString()}`);
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '1158201444' };

  test('is answered with its challenge, as plain text', async () => {
    const response = await ask(right);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('1158201444');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/u);
  });

  test.each([
    ['another word', { ...right, 'hub.verify_token': `${VERIFY_TOKEN}x` }],
    ['no word', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN }],
    ['a challenge that is a page', { ...right, 'hub.challenge': '<script>alert(1)</script>' }],
  ])('is refused: %s', async (_name, query) => {
    expect((await ask(query)).status).toBe(403);
  });
});
