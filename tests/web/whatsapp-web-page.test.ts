import { expect, test } from 'vitest';
import type { PhoneState } from '../../src/channels/whatsapp-web/one-run.ts';
import { served } from './served.ts';

const words = { starting: 'Abre…', qr: 'Apunta <aquí>', ready: 'Vinculado', lost: 'Se perdió' };
const path = '/whatsapp-web/0123456789abcdef';
const LOCAL = { host: '127.0.0.1:8080' };

const pageIn = async (state: PhoneState) => {
  const { server } = await served({ whatsAppWeb: { path, channel: { state: () => state }, words } });
  return await server.inject({ url: path, headers: LOCAL });
};

test('the QR is shown while there is one, and asked for again and again', async () => {
  const { statusCode, body } = await pageIn({ state: 'qr', qr: '2@invented,key,id,secret,1' });
  expect(statusCode).toBe(200);
  expect(body).toContain('<svg');
  expect(body).toContain('http-equiv="refresh"');
  expect(body).toContain('Apunta &#60;aquí&#62;');
  expect(body).not.toContain('invented');
});

test.each([
  ['ready', 'Vinculado'],
  ['starting', 'Abre…'],
  ['lost', 'Se perdió'],
] as const)('nothing but words when it is %s', async (state, said) => {
  const { body } = await pageIn({ state });
  expect(body).toContain(said);
  expect(body).not.toContain('<svg');
});

test("the simulator's page leads to it where there is one, and nobody else finds it there", async () => {
  const pageOf = async (options: Parameters<typeof served>[0]) => {
    const { server } = await served(options);
    return await server.inject({ url: '/simulator', headers: LOCAL });
  };
  const { body } = await pageOf({
    whatsAppWeb: { path, channel: { state: () => ({ state: 'qr', qr: '2@invented' }) }, words },
  });
  expect(body).toMatch(/<a id="pilot" href="\/whatsapp-web\/0123456789abcdef" [^>]+>su QR de WhatsApp<\/a>/u);
  const without = await pageOf({});
  expect(without.statusCode).toBe(200);
  expect(without.body).not.toMatch(/pilot|whatsapp-web/u);
  const { server } = await served({
    whatsAppWeb: { path, channel: { state: () => ({ state: 'starting' }) }, words },
  });
  const far = await server.inject({ url: '/simulator', headers: { host: 'comadre.example' } });
  expect([far.statusCode, far.body.includes(path)]).toEqual([403, false]);
});

test('it answers only on the computer it runs on, and not at all without the channel', async () => {
  const channel = { state: (): PhoneState => ({ state: 'qr', qr: '2@invented' }) };
  const { server } = await served({ whatsAppWeb: { path, channel, words } });
  const url = path;
  const codeOf = async (headers: Record<string, string>) =>
    (await server.inject({ url, headers })).statusCode;
  for (const other of ['/whatsapp-web', '/whatsapp-web/', `${path.slice(0, -1)}0`])
    expect((await server.inject({ url: other, headers: LOCAL })).statusCode).toBe(404);
  expect(await codeOf({ host: 'comadre.example' })).toBe(403);
  expect(await codeOf({ ...LOCAL, 'x-forwarded-for': '10.0.0.1' })).toBe(403);
  const far = await server.inject({ url, headers: LOCAL, remoteAddress: '10.0.0.7' });
  expect(far.statusCode).toBe(403);
  const without = await served();
  expect((await without.server.inject({ url, headers: LOCAL })).statusCode).toBe(404);
});
