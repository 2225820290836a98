import { describe, expect, test } from 'vitest';
import { FILE_BYTES_MAX } from '../../../src/channels/channel.ts';
import { type SimulatorChannel, simulatorChannel } from '../../../src/channels/simulator/simulator.ts';
import type { IncomingMessage } from '../../../src/conversation/message.ts';

const anyText: unknown = expect.any(String);
const anInstant: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
const choices = [
  { label: 'Sí', payload: 'p:yes' },
  { label: 'No', payload: 'p:no' },
];

async function started(): Promise<{ channel: SimulatorChannel; received: IncomingMessage[] }> {
  const channel = simulatorChannel();
  const received: IncomingMessage[] = [];
  await channel.start(async (message) => {
    received.push(message);
  });
  return { channel, received };
}

describe('sending to a phone of the simulator', () => {
  test('a message sent is in the history of its address alone, with the id that was returned', async () => {
    const { channel } = await started();
    const result = await channel.send('ana', { text: '¿Está bien?', choices });
    expect(channel.history('ana')).toEqual([
      {
        id: result.ok ? result.sentId : '',
        from: 'bot',
        text: '¿Está bien?',
        choices,
        at: anyText,
        unasked: true,
      },
    ]);
    expect(channel.history('rosa')).toEqual([]);
  });

  test('each address keeps its newest 200 messages', async () => {
    const { channel } = await started();
    for (let n = 1; n <= 205; n += 1) await channel.send('ana', { text: `${n}`, choices: [] });
    const texts = channel.history('ana').map(({ text }) => text);
    expect(texts).toHaveLength(200);
    expect([texts.at(0), texts.at(-1)]).toEqual(['6', '205']);
  });

  test('beyond 2000 addresses the one silent for longest is forgotten', async () => {
    const { channel } = await started();
    for (let n = 0; n < 2_000; n += 1) await channel.send(`a${n}`, { text: 'x', choices: [] });
    await channel.send('a0', { text: 'again', choices: [] });
    await channel.send('new', { text: 'x', choices: [] });
    expect(channel.history('a0')).toHaveLength(2);
    expect(channel.history('a1')).toHaveLength(0);
    expect(channel.history('a2')).toHaveLength(1);
  });

  test('subscribers of the address hear of it until they stop listening', async () => {
    const { channel } = await started();
    const heard: string[] = [];
    const stop = channel.subscribe('ana', ({ text }) => heard.push(`one ${text}`));
    channel.subscribe('ana', ({ text }) => heard.push(`two ${text}`));
    await channel.send('ana', { text: 'a', choices: [] });
    await channel.send('rosa', { text: 'b', choices: [] });
    stop();
    await channel.send('ana', { text: 'c', choices: [] });
    expect(heard).toEqual(['one a', 'two a', 'two c']);
  });
});

describe('writing from a phone of the simulator', () => {
  test('the app receives the message as any channel gives it, and the phone shows it', async () => {
    const { channel, received } = await started();
    await channel.post({ address: 'ana', body: { type: 'text', text: 'saldo' }, messageId: 'm-1' });
    expect(received).toEqual([
      {
        channel: 'simulator',
        messageId: 'm-1',
        address: 'ana',
        receivedAt: anInstant,
        body: { type: 'text', text: 'saldo' },
      },
    ]);
    expect(channel.history('ana')).toMatchObject([{ id: 'm-1', from: 'person', text: 'saldo', choices: [] }]);
  });

  test('her message is shown before an answer given while it is being received', async () => {
    const channel = simulatorChannel();
    await channel.start(async ({ address }) => {
      await channel.send(address, { text: 'answer', choices: [] });
    });
    await channel.post({ address: 'ana', body: { type: 'text', text: 'question' } });
    expect(channel.history('ana').map(({ text }) => text)).toEqual(['question', 'answer']);
  });

  test('the same message again reaches the app again but is shown once', async () => {
    const { channel, received } = await started();
    const message = { address: 'ana', body: { type: 'text', text: 'saldo' }, messageId: 'm-1' } as const;
    await channel.post(message);
    await channel.post(message);
    expect(received.map(({ messageId }) => messageId)).toEqual(['m-1', 'm-1']);
    expect(channel.history('ana')).toHaveLength(1);
  });

  test('a press shows the newest label of its payload, or the payload of a button never offered', async () => {
    const { channel, received } = await started();
    await channel.send('ana', { text: 'old', choices: [{ label: 'Old yes', payload: 'p:yes' }] });
    await channel.send('ana', { text: 'new', choices });
    await channel.post({ address: 'ana', body: { type: 'button', payload: 'p:yes' } });
    await channel.post({ address: 'ana', body: { type: 'button', payload: 'p:other' } });
    expect(channel.history('ana').map(({ text }) => text)).toEqual(['old', 'new', 'Sí', 'p:other']);
    expect(received.map(({ body }) => body)).toEqual([
      { type: 'button', payload: 'p:yes' },
      { type: 'button', payload: 'p:other' },
    ]);
  });

  test.each([
    [{ type: 'start' }, '/start'],
    [{ type: 'start', code: 'abc' }, '/start abc'],
    [{ type: 'media', kind: 'voice', ref: 'f1' }, '🎤'],
    [{ type: 'group-chat' }, '👥'],
    [{ type: 'reachable', reachable: false }, '🚫'],
  ] as const)('what has no text of its own is shown all the same: %j as %s', async (body, shown) => {
    const { channel } = await started();
    await channel.post({ address: 'ana', body });
    expect(channel.history('ana').map(({ text }) => text)).toEqual([shown]);
  });

  test('a message the app could not keep fails the post', async () => {
    const channel = simulatorChannel();
    await channel.start(() => Promise.reject(new Error('no database')));
    await expect(channel.post({ address: 'ana', body: { type: 'start' } })).rejects.toThrow('no database');
  });

  test('before the start and after the stop nothing is received', async () => {
    const channel = simulatorChannel();
    const post = () => channel.post({ address: 'ana', body: { type: 'start' } });
    await expect(post()).rejects.toThrow('has not started');
    await channel.start(async () => {});
    await post();
    await channel.stop();
    await expect(post()).rejects.toThrow('has not started');
    expect(channel.history('ana')).toHaveLength(1);
  });

  test('stopping waits for what is being received', async () => {
    const channel = simulatorChannel();
    const order: string[] = [];
    let finish = (): void => {};
    const kept = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await channel.start(async () => {
      await kept;
      order.push('kept');
    });
    const posted = channel.post({ address: 'ana', body: { type: 'start' } });
    const stopped = channel.stop().then(() => order.push('stopped'));
    finish();
    await Promise.all([posted, stopped]);
    expect(order).toEqual(['kept', 'stopped']);
  });
});

describe('files on a phone of the simulator', () => {
  const picture = (bytes: number) =>
    ({ kind: 'image', name: 'Libreta.png', mime: 'image/png', bytes: new Uint8Array(bytes) }) as const;
  const idOf = async (channel: SimulatorChannel, bytes: number, address = 'ana'): Promise<string> => {
    const result = await channel.send(address, { text: 'Aquí está.', choices: [], file: picture(bytes) });
    return result.ok ? result.sentId : '';
  };

  test('a file sent is kept for its message and its address alone', async () => {
    const { channel } = await started();
    const id = await idOf(channel, 8);
    expect(channel.file('ana', id)).toEqual(picture(8));
    expect(channel.file('rosa', id)).toBeUndefined();
    const { bytes: _, ...named } = picture(8);
    expect(channel.history('ana')).toMatchObject([
      { id, text: 'Aquí está.', file: { ...named, size: 8, kept: true } },
    ]);
  });

  test('a file she sends can be fetched by its ref, until newer ones need the room', async () => {
    const channel = simulatorChannel({ bytesMax: 10 });
    const refs: string[] = [];
    await channel.start(async ({ body }) => {
      if (body.type === 'media') refs.push(body.ref);
    });
    await channel.postFile({ address: 'ana', file: picture(6), caption: 'mi libreta', messageId: 'm-1' });
    expect(await channel.fetch(refs[0] ?? '')).toEqual({
      ok: true,
      mime: 'image/png',
      bytes: picture(6).bytes,
    });
    expect(await channel.fetch('ana/m-2')).toEqual({ ok: false, reason: 'gone' });
    const changes: string[] = [];
    channel.watch('ana', (change) => changes.push(change.type));
    await idOf(channel, 5, 'rosa');
    expect(await channel.fetch(refs[0] ?? '')).toEqual({ ok: false, reason: 'gone' });
    expect(changes).toEqual(['file-gone']);
    expect(channel.history('ana')).toMatchObject([{ id: 'm-1', text: 'mi libreta', file: { kept: false } }]);
    expect(channel.history('rosa')).toMatchObject([{ file: { kept: true } }]);
  });

  test('the same file again is one bubble and takes its room once', async () => {
    const channel = simulatorChannel({ bytesMax: 10 });
    await channel.start(async () => {});
    const post = { address: 'ana', file: picture(6), messageId: 'm-1' };
    await channel.postFile(post);
    await channel.postFile(post);
    await idOf(channel, 4);
    expect(channel.history('ana').map(({ file }) => file?.kept)).toEqual([true, true]);
  });

  test('a file larger than anybody may send is said to be too large, not given', async () => {
    const { channel } = await started();
    const id = await idOf(channel, FILE_BYTES_MAX + 1);
    expect(await channel.fetch(`ana/${id}`)).toEqual({ ok: false, reason: 'too-large' });
  });

  test('taking back removes messages of the bot with their files, and of hers the one that is named', async () => {
    const { channel } = await started();
    await channel.post({ address: 'ana', body: { type: 'text', text: 'saldo' }, messageId: 'm-1' });
    const id = await idOf(channel, 8);
    const erased: string[] = [];
    channel.watch('ana', (change) => change.type === 'erased' && erased.push(change.id));
    expect(await channel.erase('rosa', [id])).toBe(0);
    expect(await channel.erase('ana', [id, id])).toBe(1);
    expect(erased).toEqual([id]);
    expect(channel.history('ana').map((message) => message.text)).toEqual(['saldo']);
    expect(await channel.fetch(`ana/${id}`)).toEqual({ ok: false, reason: 'gone' });
    expect(await channel.erase('rosa', ['m-1'])).toBe(0);
    expect(await channel.erase('ana', ['m-1'])).toBe(1);
    expect(channel.history('ana')).toEqual([]);
  });
});

describe('what the simulator knows of a story', () => {
  test('an answer to what she wrote is asked for, and everything else is not', async () => {
    const { channel } = await started();
    const say = (text: string) => channel.send('ana', { text, choices: [] });
    await say('notice');
    await channel.post({ address: 'ana', body: { type: 'text', text: 'saldo' } });
    await say('answer');
    await say('another notice');
    expect(channel.history('ana').map(({ text, unasked }) => [text, unasked])).toEqual([
      ['notice', true],
      ['saldo', undefined],
      ['answer', undefined],
      ['another notice', true],
    ]);
  });

  test('all that happened after a page began is told in order, with what the buttons said', async () => {
    const { channel } = await started();
    await channel.send('ana', { text: 'before', choices: [] });
    const page = channel.story.begin('2026-11-24T03:00:00Z');
    await channel.send('ana', { text: '¿Está bien?', choices });
    const press = { address: 'ana', body: { type: 'button', payload: 'p:yes' }, messageId: 'm-1' } as const;
    await channel.post(press);
    await channel.post(press); // the same message again happened once
    channel.story.add({ type: 'clock', at: '2026-11-25T03:00:00Z' });
    const sent = await channel.send('rosa', { text: 'Listo.', choices: [] });
    await channel.edit('rosa', sent.ok ? sent.sentId : '', { text: 'Listo ya.', choices: [] });
    await channel.erase('rosa', [sent.ok ? sent.sentId : '']);
    const other = channel.story.begin('2026-11-25T03:00:00Z');
    expect(channel.story.since(page)).toEqual({
      at: '2026-11-24T03:00:00Z',
      since: anInstant,
      happenings: [
        { type: 'heard', address: 'ana', text: '¿Está bien?', choices },
        { type: 'said', address: 'ana', body: press.body, label: 'Sí' },
        { type: 'clock', at: '2026-11-25T03:00:00Z' },
        { type: 'heard', address: 'rosa', text: 'Listo.', choices: [] },
        { type: 'edited', address: 'rosa', text: 'Listo ya.', choices: [] },
        { type: 'erased', address: 'rosa' },
      ],
    });
    expect(channel.story.since(other)?.happenings).toEqual([]);
  });

  test('a page whose beginning is forgotten has no story', async () => {
    const { channel } = await started();
    const page = channel.story.begin('2026-11-24T03:00:00Z');
    for (let n = 0; n < 4_999; n += 1) channel.story.add({ type: 'erased', address: 'ana' });
    expect(channel.story.since(page)?.happenings).toHaveLength(4_999);
    channel.story.add({ type: 'erased', address: 'ana' });
    expect(channel.story.since(page)).toBeUndefined();
  });
});
