import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILE_BYTES_MAX, type OutgoingFile } from '../../../src/channels/channel.ts';
import type { TelegramChannel } from '../../../src/channels/telegram/telegram.ts';
import type { Fault } from '../../support/bot-api-emulator/faults.ts';
import type { Person } from '../../support/bot-api-emulator/person.ts';
import { type Bench, recorder, startBench, until } from './setup.ts';

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

const BYTES = Buffer.from('\r\n--bytes of a file\r\n\r\n');
const fileOf = (kind: OutgoingFile['kind'], mime: string, bytes: Buffer = BYTES): OutgoingFile => ({
  kind,
  mime,
  name: 'libreta.x',
  bytes,
});
const send = (file: OutgoingFile, text = 'Tu libreta') =>
  channel.send('5550001', { text, choices: [{ label: 'Sí', payload: 'x' }], file });

describe('a file goes out as what can be seen or heard in the chat', () => {
  test.each([
    ['image', 'image/jpeg', 'photo'],
    ['image', 'image/png', 'photo'],
    ['image', 'image/svg+xml', 'document'],
    ['voice', 'audio/ogg', 'voice'],
    ['voice', 'audio/ogg; codecs=opus', 'voice'],
    ['voice', 'audio/mpeg', 'audio'],
    ['voice', 'audio/amr', 'document'],
    ['video', 'video/mp4', 'video'],
    ['video', 'video/webm', 'document'],
    ['document', 'image/png', 'document'],
  ] as const)('%s of type %s: a %s', async (kind, mime, shown) => {
    const sent = await send(fileOf(kind, mime));
    expect(ana.inbox()).toMatchObject([
      { kind: shown, text: 'Tu libreta', buttons: [{ label: '1. Sí', payload: 'x' }] },
    ]);
    expect(ana.inbox()[0]?.file?.bytes.equals(BYTES)).toBe(true);
    expect(sent).toEqual({ ok: true, sentId: String(ana.inbox()[0]?.messageId), fileId: 'file-1' });
  });

  test('a picture above 10 MB goes as a document', async () => {
    await send(fileOf('image', 'image/png', Buffer.alloc(10_000_001, 1)));
    expect(ana.inbox().map(({ kind }) => kind)).toEqual(['document']);
  });

  test.each<['sendPhoto' | 'sendVoice', OutgoingFile['kind'], string, string]>([
    ['sendPhoto', 'image', 'image/png', 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
    ['sendPhoto', 'image', 'image/png', 'Bad Request: IMAGE_PROCESS_FAILED'],
    ['sendVoice', 'voice', 'audio/ogg', 'Bad Request: VOICE_MESSAGES_FORBIDDEN'],
  ])('what %s cannot show goes as a document (%s)', async (method, kind, ...[mime, description]) => {
    bench.api.fault.next({ method, status: 400, description });
    const sent = await send(fileOf(kind, mime));
    expect(sent).toEqual({ ok: true, sentId: String(ana.inbox()[0]?.messageId) });
    expect(ana.inbox().map((read) => read.kind)).toEqual(['document']);
  });

  test('another refusal of a file is told, not tried otherwise', async () => {
    const description = 'Bad Request: wrong file identifier';
    bench.api.fault.next({ method: 'sendPhoto', status: 400, description });
    const result = await send(fileOf('image', 'image/png'));
    expect(result).toMatchObject({ ok: false, failure: { type: 'our-bug' } });
    expect(ana.inbox()).toEqual([]);
  });

  test('1,024 characters go under it; with one more they follow it, the buttons under them', async () => {
    const fits = await send(fileOf('image', 'image/png'), 'x'.repeat(1_024));
    expect(ana.inbox().map(({ kind }) => kind)).toEqual(['photo']);
    const long = await send(fileOf('image', 'image/png'), 'x'.repeat(1_025));
    expect(ana.inbox().map(({ kind, buttons }) => `${kind} ${buttons.length}`)).toEqual([
      'photo 1',
      'photo 0',
      'text 1',
    ]);
    const ids = ana.inbox().map(({ messageId }) => messageId);
    expect([fits, long]).toEqual([
      { ok: true, sentId: String(ids[0]), fileId: 'file-1' },
      { ok: true, sentId: `${ids[1]},${ids[2]}`, fileId: 'file-2' },
    ]);
  });

  test('a file alone needs no words', async () => {
    const sent = await channel.send('5550001', {
      text: '',
      choices: [],
      file: fileOf('document', 'text/csv'),
    });
    expect(sent).toMatchObject({ ok: true });
    expect(ana.inbox()).toMatchObject([{ kind: 'document', text: '' }]);
  });
});

describe('a file of hers', () => {
  const DOCUMENT = { name: 'recibo.PDF', bytes: BYTES, mime: 'application/pdf' };

  const refOf = async (act: () => void): Promise<string> => {
    const app = recorder();
    await channel.start(app.receive);
    act();
    await until('the file', () => app.received.length === 2);
    const body = app.received[1]?.body;
    return body?.type === 'media' ? body.ref : '';
  };

  test.each([
    ['foto.jpg', 'image/jpeg'],
    ['nota.oga', 'audio/ogg'],
    ['recibo.PDF', 'application/pdf'],
    ['raro.xyz', 'application/octet-stream'],
  ])('is fetched with its bytes and the type of its name: %s', async (name, mime) => {
    const ref = await refOf(() => ana.sendsFile('document', { ...DOCUMENT, name }));
    const fetched = await channel.fetch?.(ref);
    expect(fetched).toEqual({ ok: true, mime, bytes: BYTES });
  });

  test.each<[string, Fault, string]>([
    ['the download is gone', { method: 'download', status: 404 }, 'gone'],
    ['the download fails', { method: 'download', status: 502 }, 'unavailable'],
    ['the download breaks off', { method: 'download', drop: 'after-delivery' }, 'unavailable'],
    ['Telegram is in trouble', { method: 'getFile', status: 502 }, 'unavailable'],
    ['Telegram has too much to do', { method: 'getFile', status: 429, retryAfter: 3 }, 'unavailable'],
    [
      'it cannot be had for a while',
      { method: 'getFile', status: 400, description: 'Bad Request: file is temporarily unavailable' },
      'unavailable',
    ],
    [
      'the id is wrong',
      { method: 'getFile', status: 400, description: 'Bad Request: wrong file_id or the file is gone' },
      'gone',
    ],
  ])('is not fetched when %s', async (_name, fault, reason) => {
    const ref = await refOf(() => ana.sendsFile('document', DOCUMENT));
    bench.api.fault.next(fault);
    expect(await channel.fetch?.(ref)).toEqual({ ok: false, reason });
  });

  test.each([
    ['our limit', FILE_BYTES_MAX + 1],
    ['the 20 MB of Telegram', 20_000_001],
  ])('above %s it is too large; nothing is downloaded', async (_name, length) => {
    const bytes = Buffer.alloc(length, 1);
    const ref = await refOf(() => ana.sendsFile('video', { ...DOCUMENT, bytes }));
    bench.api.fault.next({ method: 'download', status: 502 });
    expect(await channel.fetch?.(ref)).toEqual({ ok: false, reason: 'too-large' });
  });

  test('above our limit it is given up while it comes, when nobody told its size', async () => {
    const bytes = Buffer.alloc(FILE_BYTES_MAX + 1, 1);
    const ref = await refOf(() => ana.sendsFile('video', { ...DOCUMENT, bytes }));
    bench.api.nextFilePath(`files/${ref}.mp4`);
    const fetched = await channel.fetch?.(ref);
    expect(fetched?.ok === false && fetched.reason).toBe('too-large');
  });

  test('a path that leads elsewhere is not asked for', async () => {
    const ref = await refOf(() => ana.sendsFile('document', { ...DOCUMENT, name: 'x.pdf' }));
    for (const path of ['../../getMe', '/etc/passwd', 'a/../../b', 'https://x.example/y', 'a?b', '']) {
      bench.api.nextFilePath(path);
      expect(await channel.fetch?.(ref)).toEqual({ ok: false, reason: 'unavailable' });
    }
  });
});

describe('what the bot wrote is taken back', () => {
  const sendTexts = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 1; at <= count; at += 1) {
      const sent = await channel.send('5550001', { text: `mensaje ${at}`, choices: [] });
      if (sent.ok) ids.push(sent.sentId);
    }
    return ids;
  };
  const callsTo = (method: string) => bench.api.calls.filter((call) => call.method === method);

  test('at most 100 a call, with all parts of a long one', async () => {
    const ids = await sendTexts(120);
    const long = await channel.send('5550001', { text: 'x'.repeat(9_000), choices: [] });
    expect(await channel.erase?.('5550001', [...ids, long.ok ? long.sentId : ''])).toBe(121);
    expect(ana.inbox()).toEqual([]);
    expect(callsTo('deleteMessages').map(({ params }) => (params['message_ids'] as number[]).length)).toEqual(
      [100, 23],
    );
  });

  test('what is older than 48 hours stays, the rest goes; a long one half gone does not count', async () => {
    const ids = await sendTexts(9);
    const long = await channel.send('5550001', { text: 'x'.repeat(5_000), choices: [] });
    ids.push(long.ok ? long.sentId : '', ...(await sendTexts(4)));
    for (const read of ana.inbox().slice(0, 10)) read.sentAt -= 49 * 3_600;
    expect(await channel.erase?.('5550001', ids)).toBe(4);
    expect(ana.inbox()).toHaveLength(10);
  });

  test('what she took out herself counts as gone', async () => {
    const ids = await sendTexts(2);
    await channel.erase?.('5550001', ids);
    expect(await channel.erase?.('5550001', ids)).toBe(2);
  });

  test.each<[string, Fault]>([
    ['Telegram is in trouble', { method: 'deleteMessages', status: 502 }],
    ['Telegram has too much to do', { method: 'deleteMessages', status: 429, retryAfter: 30 }],
    ['there is no answer', { method: 'deleteMessages', drop: 'before-delivery' }],
  ])('best effort: %s, and it ends with what is gone', async (_name, fault) => {
    const ids = await sendTexts(2);
    bench.api.fault.next(fault);
    expect(await channel.erase?.('5550001', ids)).toBe(0);
    expect(callsTo('deleteMessages')).toHaveLength(1);
  });

  test('ids that are none of ours are passed over', async () => {
    expect(await channel.erase?.('5550001', ['', 'x', '0', '-1', '1.5', '1,,2'])).toBe(0);
    expect(callsTo('deleteMessages')).toEqual([]);
  });
});
