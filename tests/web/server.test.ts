import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { buildServer } from '../../src/web/server.ts';
import type { WebhookOutcome } from '../../src/web/telegram-webhook.ts';
import { anyText, served, textWith } from './served.ts';

describe('the state of the program', () => {
  test('healthy, ready and measured', async () => {
    const { server } = await served();
    const [health, ready, metrics] = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((url) => server.inject({ url })),
    );
    expect([health?.statusCode, health?.json()]).toEqual([200, { ok: true, queue: 3 }]);
    expect([ready?.statusCode, ready?.json()]).toEqual([200, { ready: true }]);
    expect([metrics?.statusCode, metrics?.body]).toEqual([200, 'up 1\n']);
    expect(metrics?.headers['content-type']).toBe('text/plain; version=0.0.4');
  });

  test('a "no", and a question that itself fails, answer 503', async () => {
    const no = await served({ health: async () => ({ ok: false }), ready: async () => false });
    const failing = await served({
      health: () => Promise.reject(new Error('secret detail')),
      ready: () => Promise.reject(new Error('secret detail')),
    });
    for (const { server } of [no, failing]) {
      const health = await server.inject({ url: '/healthz' });
      const ready = await server.inject({ url: '/readyz' });
      expect([health.statusCode, ready.statusCode]).toEqual([503, 503]);
      expect(health.body + ready.body).not.toContain('secret detail');
    }
  });

  test('the state is answered to any host name, for probes come by address', async () => {
    const { server } = await served();
    const answer = await server.inject({ url: '/healthz', headers: { host: '10.0.0.7:8080' } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('every answer', () => {
  test.each(['/healthz', '/simulator', '/nothing/here', '/simulator/people'])(
    '%s has the security headers',
    async (url) => {
      const { server } = await served();
      const { headers } = await server.inject({ url });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      });
    },
  );

  test('an unknown route answers 404 in words, without repeating the path', async () => {
    const { server, logged } = await served();
    const answer = await server.inject({ url: '/telegram/secret-path' });
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      { error: 'there is nothing at GET of this path; check the address and the method' },
    ]);
    expect(logged.join('')).not.toContain('secret-path');
  });

  test('our own failure answers 500 in words, and the log says where but not what', async () => {
    const { server, logged } = await served({ metrics: () => Promise.reject(new Error('owes Ana 350')) });
    const answer = await server.inject({ url: '/metrics' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({ error: textWith('something failed on our side') });
    expect(answer.body + logged.join('')).not.toContain('owes Ana');
    expect(logged.join('')).toContain('server.test.ts');
  });
});

describe('without a simulator', () => {
  test.each(['/', '/simulator', '/simulator/people', '/simulator/ana/history'])(
    '%s does not exist',
    async (url) => {
      const bare = buildServer({
        log: pino({ level: 'silent' }),
        health: async () => ({ ok: true }),
        ready: async () => true,
        metrics: async () => ({ contentType: 'text/plain', body: '' }),
      });
      expect((await bare.inject({ url })).statusCode).toBe(404);
      expect((await bare.inject({ url: '/healthz' })).statusCode).toBe(200);
    },
  );
});

describe('the Telegram webhook', () => {
  const secret = 'a-secret-of-the-webhook';
  const withWebhook = (receive: (secret: string | undefined, body: unknown) => Promise<WebhookOutcome>) =>
    served({ telegramWebhook: { path: '/telegram/hidden', receive } });
  const post = { method: 'POST', url: '/telegram/hidden' } as const;

  test.each([
    ['accepted', 200],
    ['malformed', 400],
    ['forbidden', 403],
    ['unavailable', 503],
  ] as const)('%s answers %d', async (outcome, status) => {
    const { server } = await withWebhook(async () => outcome);
    expect((await server.inject({ ...post, payload: { update_id: 1 } })).statusCode).toBe(status);
  });

  test('the secret and the body are passed on as they came, to any host name', async () => {
    const seen: unknown[] = [];
    const { server } = await withWebhook(async (...received) => {
      seen.push(received);
      return 'accepted';
    });
    const headers = { 'x-telegram-bot-api-secret-token': secret, host: 'bot.example.org' };
    await server.inject({ ...post, headers, payload: { update_id: 1 } });
    await server.inject({ ...post, payload: [] });
    expect(seen).toEqual([
      [secret, { update_id: 1 }],
      [undefined, []],
    ]);
  });

  test('a receiver that throws asks for another try, and neither secret, path nor words are logged', async () => {
    const { server, logged } = await withWebhook(() => Promise.reject(new TypeError('bad words of Ana')));
    const headers = { 'x-telegram-bot-api-secret-token': secret };
    const answer = await server.inject({ ...post, headers, payload: { text: 'words of Ana' } });
    expect(answer.statusCode).toBe(503);
    expect(logged.join('')).toContain('TypeError');
    for (const hidden of [secret, '/telegram/hidden', 'words of Ana']) {
      expect(logged.join('') + answer.body).not.toContain(hidden);
    }
  });

  test.each([
    ['cut short', 400, { contentType: 'application/json', payload: '{"update_id":' }],
    ['empty', 400, { contentType: 'application/json', payload: '' }],
    ['of plain text', 415, { contentType: 'text/plain', payload: 'update' }],
    [
      'beyond 1 MB',
      413,
      { contentType: 'application/json', payload: JSON.stringify({ filler: 'x'.repeat(1_048_576) }) },
    ],
    [
      'just within 1 MB',
      200,
      { contentType: 'application/json', payload: JSON.stringify({ filler: 'x'.repeat(1_048_000) }) },
    ],
  ])('a body %s answers %d', async (_name, status, { contentType, payload }) => {
    const { server } = await withWebhook(async () => 'accepted');
    const answer = await server.inject({ ...post, headers: { 'content-type': contentType }, payload });
    expect(answer.statusCode).toBe(status);
    if (status !== 200) expect(answer.json()).toEqual({ error: anyText });
  });
});
