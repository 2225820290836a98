import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILE_BYTES_MAX } from '../../../src/channels/channel.ts';
import { isMetas } from '../../../src/channels/whatsapp-cloud/media.ts';
import type { WhatsAppCloudChannel } from '../../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import { type Bench, PHONE_NUMBER_ID, startBench, TOKEN } from './setup.ts';

describe('where the token is shown', () => {
  const ROOT = 'https://graph.facebook.com';
  test.each([
    'https://graph.facebook.com/x',
    'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
    'https://mmg.whatsapp.net/v/1',
  ])('here: %s', (url) => expect(isMetas(url, ROOT)).toBe(true));

  test.each([
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
    'https://lookaside.fbsbx.com.evil.example/x',
    'https://evilfbsbx.com/x',
    'https://evil.example/?x=.fbsbx.com',
    'https://evil.example/#.whatsapp.net',
    'https://a@lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:x@evil.example/',
    'https://graph.facebook.com.evil.example/',
    'http://graph.facebook.com/',
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:8080/',
    'file:///etc/passwd',
    '//lookaside.fbsbx.com/x',
    '',
  ])('not here: %s', (url) => expect(isMetas(url, ROOT)).toBe(false));
});

describe('a file she sent', () => {
  let bench: Bench;
  let server: Server;
  let root: string;
  let channel: WhatsAppCloudChannel;
  const seen: string[] = [];
  let tell: (response: ServerResponse) => void;
  let download: (response: ServerResponse) => void;

  const json = (response: ServerResponse, body: unknown, status = 200): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  beforeEach(async () => {
    bench = await startBench();
    seen.length = 0;
    server = createServer((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization ?? ''}`);
      if (request.url?.startsWith('/file') === true) download(response);
      else tell(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    channel = bench.channel({ apiRoot: root });
    tell = (response) => json(response, { url: `${root}/file`, mime_type: 'image/png', file_size: '3' });
    download = (response) => void response.end('abc');
  });
  afterEach(async () => {
    await bench.finish();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('comes with its type', async () => {
    expect(await channel.fetch('1234')).toEqual({ ok: true, mime: 'image/png', bytes: Buffer.from('abc') });
    expect(seen).toEqual([
      `/v26.0/1234?phone_number_id=${PHONE_NUMBER_ID} Bearer ${TOKEN}`,
      `/file Bearer ${TOKEN}`,
    ]);
  });

  test.each(['', '../messages', '1?x=2', 'a/b', 'ñ', 'x'.repeat(129)])('by no other id: %j', async (ref) => {
    expect(await channel.fetch(ref)).toEqual({ ok: false, reason: 'gone' });
    expect(seen).toEqual([]);
  });

  test('is not asked for elsewhere', async () => {
    tell = (response) => json(response, { url: `${root.replace('127.0.0.1', 'localhost')}/file` });
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'unavailable' });
    expect(seen).toHaveLength(1);
  });

  test('nobody is followed elsewhere, at neither step', async () => {
    download = (response) => void response.writeHead(302, { location: `${root}/stolen` }).end();
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'unavailable' });
    tell = (response) => void response.writeHead(302, { location: `${root}/stolen` }).end();
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'unavailable' });
    expect(seen.join('\n')).not.toContain('stolen');
  });

  test('is as large as may be at most, whatever was stated', async () => {
    tell = (response) => json(response, { url: `${root}/file`, file_size: FILE_BYTES_MAX + 1 });
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'too-large' });
    expect(seen).toHaveLength(1);
    tell = (response) => json(response, { url: `${root}/file`, file_size: 3 });
    download = (response) => void response.end(Buffer.alloc(FILE_BYTES_MAX + 1));
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'too-large' });
  });

  test.each([
    ['hex', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', true],
    ['base64', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=', true],
    ['another file', 'ca7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', false],
    ['nonsense', 'x', false],
  ])('is what Meta says it is: %s', async (_name, sha256, ok) => {
    tell = (response) => json(response, { url: `${root}/file`, sha256 });
    expect(await channel.fetch('1234')).toMatchObject({ ok });
  });

  test.each([
    ['Meta no longer has it', 400, { error: { code: 100, message: 'does not exist' } }, 'gone'],
    ['it is not there', 404, {}, 'gone'],
    ['Meta is in trouble', 500, {}, 'unavailable'],
    ['our token is wrong', 401, { error: { code: 190, message: 'x' } }, 'unavailable'],
    ['the answer is another', 200, { id: '1' }, 'unavailable'],
  ])('%s', async (_name, status, body, reason) => {
    tell = (response) => json(response, body, status);
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason });
  });

  test('a line that breaks: unavailable', async () => {
    download = (response) => void response.socket?.destroy();
    expect(await channel.fetch('1234')).toEqual({ ok: false, reason: 'unavailable' });
  });
});
