import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { buildServer } from '../../src/web/server.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';

const served = (takePin: (token: string, digits: string) => Promise<void>) => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const server = buildServer({
    log: log.forFastify,
    health: async () => ({ ok: true, channels: [] }),
    ready: async () => true,
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    takePin,
  });
  open.push(server);
  return { server, lines };
};

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('the page on which a PIN is typed', () => {
  test('shows a keypad and not a word, and is kept by nobody', async () => {
    const { server } = served(async () => {});
    const { statusCode, body, headers } = await server.inject({ url: `/t/${TOKEN}` });
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['set-cookie']).toBeUndefined();
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const shown = body.replace(/<style>.*<\/style>|<script>.*<\/script>/gsu, '').replace(/<[^>]*>/gu, '');
    expect(shown.trim()).toBe('·');
    expect(body).not.toMatch(/comadre|nip|pin\b|ahorro|saving/iu);
    expect(body).not.toContain(TOKEN);
  });

  test('is the same, and answers the same, whatever stands in its address and whatever is sent', async () => {
    const took: string[] = [];
    const { server } = served(async (token, digits) => void took.push(`${token} ${digits}`));
    const pages = await Promise.all(
      [TOKEN, 'x', 'f'.repeat(32)].map((t) => server.inject({ url: `/t/${t}` })),
    );
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
    const bodies = [
      { digits: '4829' },
      { digits: '4830' },
      { digits: 'abcd' },
      {},
      { digits: '4829', more: 1 },
    ];
    const answers = await Promise.all(
      bodies.map((payload) => server.inject({ method: 'POST', url: `/t/${TOKEN}`, payload })),
    );
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(bodies.map(() => [204, '']));
    expect(took.toSorted()).toEqual([`${TOKEN} 4829`, `${TOKEN} 4830`]);
  });

  test('tells nobody that something failed, and logs neither the digits nor the address', async () => {
    const { server, lines } = served(async () => {
      throw new Error('4829');
    });
    const { statusCode } = await server.inject({
      method: 'POST',
      url: `/t/${TOKEN}`,
      payload: { digits: '4829' },
    });
    expect(statusCode).toBe(204);
    expect(lines.join('')).toContain('not kept');
    expect(lines.join('')).not.toMatch(/4829|0123456789abcdef/u);
  });
});
