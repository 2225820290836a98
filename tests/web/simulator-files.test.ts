import { describe, expect, test } from 'vitest';
import { FILE_BYTES_MAX } from '../../src/channels/channel.ts';
import { anyText, served, textWith } from './served.ts';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const asked = (query: Record<string, string>): string =>
  `/simulator/ana/files?${new URLSearchParams({ messageId: 'message-1', ...query }).toString()}`;
const picture = {
  method: 'POST',
  url: asked({ kind: 'image', name: 'libreta.png', caption: ' mi libreta ' }),
  headers: { 'content-type': 'image/png' },
  payload: PNG,
} as const;

describe('a file from a phone', () => {
  test('reaches the app as media that can be fetched, and is served back as it came', async () => {
    const { server, received, channel } = await served();
    expect((await server.inject(picture)).statusCode).toBe(202);
    expect(received).toMatchObject([
      {
        address: 'ana',
        messageId: 'message-1',
        body: {
          type: 'media',
          kind: 'image',
          ref: anyText,
          mime: 'image/png',
          size: 8,
          fileName: 'libreta.png',
          caption: 'mi libreta',
        },
      },
    ]);
    const [message] = received;
    const ref = message?.body.type === 'media' ? message.body.ref : '';
    expect(await channel.fetch(ref)).toEqual({ ok: true, mime: 'image/png', bytes: PNG });

    const file = await server.inject({ url: '/simulator/ana/files/message-1' });
    expect(file.rawPayload).toEqual(PNG);
    expect(file.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''libreta.png",
      'x-content-type-options': 'nosniff',
    });
    expect((await server.inject({ url: '/simulator/rosa/files/message-1' })).statusCode).toBe(404);
  });

  test.each([
    ['another kind', asked({ kind: 'sticker', name: 'a' }), PNG],
    ['no name', asked({ kind: 'image', name: '' }), PNG],
    ['a name of 121 letters', asked({ kind: 'image', name: 'a'.repeat(121) }), PNG],
    ['no bytes', asked({ kind: 'image', name: 'a' }), Buffer.alloc(0)],
  ])('%s is refused with what to do', async (_name, url, payload) => {
    const { server, received } = await served();
    const answer = await server.inject({ ...picture, url, payload });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: textWith('send its bytes as the body') },
    ]);
    expect(received).toEqual([]);
  });

  test('the largest file is taken, and one byte more is not', async () => {
    const { server, received } = await served();
    const largest = await server.inject({ ...picture, payload: Buffer.alloc(FILE_BYTES_MAX, 1) });
    const larger = await server.inject({ ...picture, payload: Buffer.alloc(FILE_BYTES_MAX + 1, 1) });
    expect([largest.statusCode, larger.statusCode]).toEqual([202, 413]);
    expect(received).toHaveLength(1);
  });

  test("another site's page can neither send nor read one", async () => {
    const { server, received } = await served();
    const headers = { ...picture.headers, host: 'localhost:8080', origin: 'https://example.org' };
    expect((await server.inject({ ...picture, headers })).statusCode).toBe(403);
    expect((await server.inject({ url: '/simulator/ana/files/message-1', headers })).statusCode).toBe(403);
    expect(received).toEqual([]);
  });
});

describe('a file for a phone', () => {
  const sent = async (name: string, mime: string) => {
    const { server, channel } = await served();
    const file = { kind: 'document', name, mime, bytes: PNG } as const;
    const result = await channel.send('ana', { text: 'Aquí está.', choices: [], file });
    return server.inject({ url: `/simulator/ana/files/${result.ok ? result.sentId : ''}` });
  };

  test('what could run in a page is only ever saved', async () => {
    for (const mime of ['text/html', 'image/svg+xml', 'text/javascript', 'application/x-sh']) {
      const { headers } = await sent('hoja', mime);
      expect([headers['content-type'], headers['content-disposition']]).toEqual([
        'application/octet-stream',
        "attachment; filename*=UTF-8''hoja",
      ]);
    }
    expect((await sent('hoja.pdf', 'application/pdf')).headers['content-type']).toBe('application/pdf');
  });

  test('its name may hold any letter and still ends where it ends', async () => {
    const { headers } = await sent('año "2"; filename=x\r\n(\ud800).pdf', 'application/pdf');
    expect(headers['content-disposition']).toBe(
      "inline; filename*=UTF-8''a%C3%B1o%20%222%22%3B%20filename%3Dx%0D%0A%28%29.pdf",
    );
  });
});
