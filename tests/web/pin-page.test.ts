import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { buildServer } from '../../src/web/server.ts';
import { withPage } from '../support/chromium.ts';

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

  test('says only that nothing could be kept, and logs neither the digits nor the address', async () => {
    const { server, lines } = served(async () => {
      throw new Error('4829');
    });
    const { statusCode, body } = await server.inject({
      method: 'POST',
      url: `/t/${TOKEN}`,
      payload: { digits: '4829' },
    });
    expect([statusCode, body]).toEqual([503, '']);
    expect(lines.join('')).toContain('not kept');
    expect(lines.join('')).not.toMatch(/4829|0123456789abcdef/u);
  });

  test('shows ✓ when it was taken, and else the keys again', () =>
    withPage(async (page) => {
      const took: string[] = [];
      const { server } = served(async (_token, digits) => {
        took.push(digits);
        if (took.length === 1) throw new Error('away');
      });
      await server.listen({ host: '127.0.0.1', port: 0 });
      const { port } = server.server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/t/${TOKEN}`;
      const dots = () => page.evaluate('document.querySelector("p").textContent');
      const type = (labels: string) =>
        page.evaluate(
          `for (const label of '${labels}') [...document.querySelectorAll('button')].find((b) => b.textContent === label).click()`,
        );
      await page.goto(url);
      await type('4829✓');
      await page.waitForFunction(`document.querySelector('p').textContent === '○'`);
      await page.setOfflineMode(true);
      await type('4829✓');
      await page.waitForFunction(`document.querySelector('p').textContent === '○'`);
      await page.setOfflineMode(false);
      await type('4829');
      expect(await dots()).toBe('●●●●');
      await type('✓');
      await page.waitForFunction(`document.querySelector('p').textContent === '✓'`);
      expect(await page.evaluate(`document.querySelectorAll('button').length`)).toBe(0);
      expect(took).toEqual(['4829', '4829']);
    }));
});
