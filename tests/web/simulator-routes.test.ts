import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { anyText, people, type Served, served, textWith } from './served.ts';

const messages = { method: 'POST', url: '/simulator/ana/messages' } as const;
const open: FastifyInstance[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function listening(): Promise<Served & { readonly port: number }> {
  const all = await served();
  open.push(all.server);
  await all.server.listen({ host: '127.0.0.1', port: 0 });
  return { ...all, port: (all.server.server.address() as AddressInfo).port };
}

describe('who may reach the simulator', () => {
  test.each([
    ['localhost', 200],
    ['localhost:8080', 200],
    ['127.0.0.1:8080', 200],
    ['[::1]:8080', 200],
    ['LOCALHOST:8080', 200],
    ['rebound.example.org', 403],
    ['localhost.example.org', 403],
    ['127.0.0.1.example.org:80', 403],
    ['10.0.0.7', 403],
    ['evil@localhost', 403],
  ])('the host name "%s" is answered %d', async (host, status) => {
    const { server } = await served();
    for (const url of ['/simulator', '/simulator/people', '/simulator/ana/history']) {
      expect((await server.inject({ url, headers: { host } })).statusCode).toBe(status);
    }
  });

  test.each([
    ['http://localhost:8080', 202],
    ['http://localhost:9999', 403],
    ['https://example.org', 403],
    ['null', 403],
  ])('a message from a page of %s is answered %d', async (origin, status) => {
    const { server, received } = await served();
    const headers = { host: 'localhost:8080', origin };
    const answer = await server.inject({ ...messages, headers, payload: { text: 'hola' } });
    expect(answer.statusCode).toBe(status);
    expect(received).toHaveLength(status === 202 ? 1 : 0);
  });

  test.each([
    ['127.0.0.1', 200],
    ['127.3.2.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.168.1.20', 403],
    ['::ffff:192.168.1.20', 403],
    ['fe80::1', 403],
  ])('a socket from %s is answered %d', async (remoteAddress, status) => {
    const { server } = await served();
    const answer = await server.inject({ url: '/simulator/people', remoteAddress });
    expect(answer.statusCode).toBe(status);
    if (status === 403) expect(answer.json()).toEqual({ error: textWith('open it there') });
  });

  const outward = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

  test.skipIf(outward === undefined)(
    'a server that listens everywhere answers for its state, and the simulator only on this computer',
    async () => {
      const { server } = await served();
      open.push(server);
      await server.listen({ host: '0.0.0.0', port: 0 });
      const { port } = server.server.address() as AddressInfo;
      const statusAt = async (host: string, path: string): Promise<number | undefined> => {
        const headers = { host: `localhost:${port}` }; // as a page of others would have it
        const asked = request({ host, port, path, headers }).end();
        return new Promise((resolve, reject) => {
          asked.once('response', (answer) => resolve(answer.resume().statusCode)).once('error', reject);
        });
      };
      const paths = [
        '/simulator',
        '/simulator/people',
        '/simulator/session',
        '/simulator/ana/files/any-file-1',
      ];
      for (const path of paths) expect([path, await statusAt(outward ?? '', path)]).toEqual([path, 403]);
      expect(await statusAt(outward ?? '', '/healthz')).toBe(200);
      expect(await statusAt('127.0.0.1', '/simulator')).toBe(200);
    },
  );

  test('a request that came through a proxy is refused', async () => {
    const { server } = await served();
    const answer = await server.inject({ url: '/simulator', headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(answer.statusCode).toBe(403);
  });
});

describe('the files of the page', () => {
  test('the root leads to the page, which names the programme as text', async () => {
    const { server } = await served();
    const root = await server.inject({ url: '/' });
    expect([root.statusCode, root.headers.location]).toEqual([302, '/simulator']);
    const page = await server.inject({ url: '/simulator' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('Ahorro &#38; &#34;Vida&#34;');
    expect(page.body).not.toContain('{{');
  });

  test('every file the page asks for is served, and all of them are of this server', async () => {
    const { server } = await served();
    const { body } = await server.inject({ url: '/simulator' });
    const asked = new Set([...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path));
    expect(asked).toContain('/simulator/simulator.js');
    // Scripts ask for scripts: a set grows while it is gone through.
    for (const url of asked) {
      const file = await server.inject({ url });
      expect([url, file.statusCode]).toEqual([url, 200]);
      if (!url.endsWith('.js')) continue;
      for (const [, name] of file.body.matchAll(/from '\.\/([\w-]+\.js)'/g)) asked.add(`/simulator/${name}`);
    }
    const there = readdirSync(new URL('../../src/web/simulator-page/', import.meta.url));
    expect([...asked].map((url) => url.replace('/simulator/', '')).sort()).toEqual(
      there.filter((name) => name !== 'index.html').sort(),
    );
  });

  test('the people are listed as the app gives them', async () => {
    const { server } = await served();
    expect((await server.inject({ url: '/simulator/people' })).json()).toEqual(people);
  });
});

describe('what a phone sends', () => {
  test.each([
    [{ text: ' saldo ' }, { type: 'text', text: 'saldo' }],
    [{ text: 'línea\nlínea' }, { type: 'text', text: 'línea\nlínea' }],
    [{ payload: 'pay:1:yes' }, { type: 'button', payload: 'pay:1:yes' }],
    [{ start: true }, { type: 'start' }],
    [
      { start: true, code: 'abc-1' },
      { type: 'start', code: 'abc-1' },
    ],
    [{ text: '/start' }, { type: 'start' }],
    [{ text: '/start abc-1' }, { type: 'start', code: 'abc-1' }],
    [{ text: '/start two words' }, { type: 'text', text: '/start two words' }],
  ])('%j reaches the app', async (payload, body) => {
    const { server, received } = await served();
    expect((await server.inject({ ...messages, payload })).statusCode).toBe(202);
    expect(received).toMatchObject([{ address: 'ana', channel: 'simulator', body }]);
  });

  test.each([
    [{}, 'exactly one of'],
    [[], 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    [{ text: '  ' }, '"text" in the body is empty; write at least one character'],
    [{ text: 7 }, '"text" in the body is not a text'],
    [{ text: 'a', payload: 'b' }, 'exactly one of'],
    [{ text: 'a', code: 'b' }, 'exactly one of'],
    [{ payload: 'ñ'.repeat(33) }, 'at most 64 bytes'],
    [{ start: false }, '"start" in the body can only be true'],
    [{ start: true, code: 'a b' }, 'not the word of a link'],
    [{ text: 'a', messageId: 'x' }, '"messageId" in the body is not an id'],
    [{ text: 'hidden words', extra: 1 }, 'a field nobody reads'],
  ])('%j is refused with what to do', async (payload, words) => {
    const { server, received } = await served();
    const headers = { 'content-type': 'application/json' };
    const answer = await server.inject({ ...messages, headers, payload: payload as string });
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: textWith(words) }]);
    expect(answer.body).not.toContain('hidden words');
    expect(received).toEqual([]);
  });

  test.each([
    ['cut short', 400, { contentType: 'application/json', payload: '{"text":' }],
    ['empty', 400, { contentType: 'application/json', payload: '' }],
    ['of a form', 415, { contentType: 'application/x-www-form-urlencoded', payload: 'text=hola' }],
    ['of plain text', 415, { contentType: 'text/plain', payload: '{"text":"hola"}' }],
    [
      'beyond 64 kB',
      413,
      { contentType: 'application/json', payload: JSON.stringify({ text: 'x'.repeat(65_536) }) },
    ],
  ])('a body %s answers %d in words', async (_name, status, { contentType, payload }) => {
    const { server, received } = await served();
    const answer = await server.inject({ ...messages, headers: { 'content-type': contentType }, payload });
    expect([answer.statusCode, answer.json()]).toEqual([status, { error: anyText }]);
    expect(received).toEqual([]);
  });

  test.each(['a b', 'a/b', '<b>', 'x'.repeat(65), '\u0000'])('"%s" is no address', async (address) => {
    const { server, received } = await served();
    const url = `/simulator/${encodeURIComponent(address)}`;
    for (const request of [
      { method: 'POST', url: `${url}/messages`, payload: { text: 'hola' } },
      { method: 'GET', url: `${url}/history` },
      { method: 'GET', url: `${url}/events` },
    ] as const) {
      expect((await server.inject(request)).statusCode).toBe(400);
    }
    expect(received).toEqual([]);
  });

  test('a text of 4096 characters is the longest', async () => {
    const { server, received } = await served();
    const longest = await server.inject({ ...messages, payload: { text: 'x'.repeat(4_096) } });
    const longer = await server.inject({ ...messages, payload: { text: 'x'.repeat(4_097) } });
    expect([longest.statusCode, longer.statusCode]).toEqual([202, 400]);
    expect(longer.json()).toEqual({ error: textWith('at most 4096 characters') });
    expect(received).toHaveLength(1);
  });

  test('a message the app could not keep answers 503, and what was written is in no log', async () => {
    const { server, channel, logged } = await served();
    await channel.start(() => Promise.reject(new RangeError('hidden words')));
    const answer = await server.inject({ ...messages, payload: { text: 'hidden words' } });
    expect([answer.statusCode, answer.json()]).toEqual([503, { error: textWith('same messageId') }]);
    expect(logged.join('')).toContain('RangeError');
    expect(logged.join('')).not.toContain('hidden words');
  });

  test('the history has both sides', async () => {
    const { server } = await served();
    await server.inject({ ...messages, payload: { text: 'hola' } });
    const history = await server.inject({ url: '/simulator/ana/history' });
    expect(history.json()).toMatchObject([
      { from: 'person', text: 'hola', choices: [] },
      { from: 'bot', text: 'Dijiste:\nhola', choices: [{ label: 'Sí' }, { label: 'No' }] },
    ]);
  });
});

type Heard = { readonly id: string; readonly event: string; readonly text: string };
type Listening = { heard(count: number): Promise<Heard[]>; readonly ended: Promise<void>; leave(): void };

/** Reads server-sent events of one address from a real socket. */
async function listen(port: number, address: string, lastEventId?: string): Promise<Listening> {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const asked = request({ port, host: '127.0.0.1', path: `/simulator/${address}/events`, headers }).end();
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
  });
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  let received = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    received += part;
  });
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  const parsed = (): Heard[] => received.split('\n\n').slice(0, -1).flatMap(parse);
  return {
    ended,
    leave: () => asked.destroy(),
    async heard(count) {
      await expect.poll(() => parsed().length, { timeout: 5_000 }).toBe(count);
      return parsed();
    },
  };
}

function parse(block: string): Heard[] {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  if (field('data') === '') return [];
  const body = JSON.parse(field('data')) as { text?: string };
  return [{ id: field('id'), event: field('event'), text: body.text ?? '' }];
}

const say = async ({ channel }: Served, ...texts: string[]): Promise<void> => {
  for (const text of texts) await channel.send('ana', { text, choices: [] });
};

describe('the events of a phone', () => {
  test('a page hears what was said, then "ready", then what is said now, of its address alone', async () => {
    const all = await listening();
    await say(all, 'before');
    const page = await listen(all.port, 'ana');
    await page.heard(2);
    await all.channel.send('rosa', { text: 'not for her', choices: [] });
    await say(all, 'after\nnext line');
    expect((await page.heard(3)).map(({ event, text }) => event || text)).toEqual([
      'before',
      'ready',
      'after\nnext line',
    ]);
  });

  test('a page that comes back hears only what followed its last event', async () => {
    const all = await listening();
    await say(all, 'one', 'two');
    const first = await listen(all.port, 'ana');
    const [one] = await first.heard(3);
    first.leave();
    await say(all, 'three');
    const second = await listen(all.port, 'ana', one?.id);
    expect((await second.heard(3)).map(({ text }) => text)).toEqual(['two', 'three', '']);
  });

  test('after a restart, when its last event is unknown, a page hears everything', async () => {
    const all = await listening();
    await say(all, 'one', 'two');
    const page = await listen(all.port, 'ana', 'an-id-of-another-run');
    expect((await page.heard(3)).map(({ text }) => text)).toEqual(['one', 'two', '']);
  });

  test('closing the server ends the streams at once', async () => {
    const all = await listening();
    const page = await listen(all.port, 'ana');
    await page.heard(1);
    const began = performance.now();
    await all.server.close();
    await page.ended;
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('the 65th open stream is refused, and a place is free again when one leaves', async () => {
    const all = await listening();
    const pages = await Promise.all(Array.from({ length: 64 }, () => listen(all.port, 'ana')));
    const status = async (): Promise<number> => {
      const abort = new AbortController();
      const url = `http://127.0.0.1:${all.port}/simulator/ana/events`;
      const answer = await fetch(url, { signal: abort.signal });
      abort.abort();
      return answer.status;
    };
    expect(await status()).toBe(503);
    pages[0]?.leave();
    await expect.poll(status, { timeout: 5_000 }).toBe(200);
  });
});
