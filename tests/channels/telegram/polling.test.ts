import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBotApi } from '../../support/bot-api-emulator/bot-api.ts';
import { type Bench, expectNoSecrets, recorder, startBench, TOKEN, textsOf, until } from './setup.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.finish());

const idle = (): boolean => bench.api.unconfirmed().length === 0;

describe('what people do arrives', () => {
  test('a message, a button, an edit, a photo, a block and a return, in order', async () => {
    const app = recorder();
    const channel = bench.channel();
    await channel.start(app.receive);
    const ana = bench.api.person(5_550_001, { language: 'es-MX' });
    ana.says('/start g7');
    ana.says('hola');
    await until('hola', () => app.received.length === 2);
    await channel.send('5550001', { text: '¿Está bien?', choices: [{ label: 'Sí', payload: 'p:1:yes' }] });
    ana.presses('1. Sí');
    ana.edits('hola, hola');
    ana.sendsPhoto('pago');
    ana.blocks();
    ana.unblocks();
    await until('seven messages', () => app.received.length === 7);
    expect(app.received.map(({ body }) => body)).toEqual([
      { type: 'start', code: 'g7' },
      { type: 'text', text: 'hola' },
      { type: 'button', payload: 'p:1:yes' },
      { type: 'unread', kind: 'edited' },
      { type: 'media', kind: 'image', ref: 'photo-5550001', size: 1_200, caption: 'pago' },
      { type: 'reachable', reachable: false },
      { type: 'reachable', reachable: true },
    ]);
    expect(new Set(app.received.map(({ address, languageHint }) => `${address} ${languageHint}`))).toEqual(
      new Set(['5550001 es-MX']),
    );
    await until('the press is answered', () => callsTo('answerCallbackQuery').length === 1);
  });

  test('a group hears nothing personal, and its chatter is not ours', async () => {
    const app = recorder();
    await bench.channel().start(app.receive);
    const ana = bench.api.person(5_550_001);
    ana.saysInGroup(-100_200, 'nos vemos el domingo');
    ana.saysInGroup(-100_200, '/saldo@comadre_bot');
    ana.saysInGroup(-100_200, 'sí', { replyToBot: true });
    ana.says('fin');
    await until('fin', () => textsOf(app.received).includes('fin'));
    expect(textsOf(app.received)).toEqual(['group-chat', 'group-chat', 'fin']);
  });

  test('only the four kinds of update we read are asked for', async () => {
    await bench.channel().start(recorder().receive);
    await until('a poll', () => callsTo('getUpdates').length > 0);
    const kinds = ['message', 'edited_message', 'callback_query', 'my_chat_member'];
    expect(callsTo('getUpdates')[0]?.params['allowed_updates']).toEqual(kinds);
  });

  test("many at once: each person's messages in order and one at a time, persons side by side", async () => {
    const busy = new Map<string, number>();
    let mostAtOnce = 0;
    let mostOfOne = 0;
    const app = recorder(async ({ address, messageId }) => {
      busy.set(address, (busy.get(address) ?? 0) + 1);
      mostAtOnce = Math.max(mostAtOnce, [...busy.values()].filter((count) => count > 0).length);
      mostOfOne = Math.max(mostOfOne, busy.get(address) ?? 0);
      await wait(Number(messageId.slice(-1)) % 4);
      busy.set(address, (busy.get(address) ?? 0) - 1);
    });
    const people = Array.from({ length: 15 }, (_, at) => bench.api.person(5_550_001 + at));
    for (let turn = 0; turn < 20; turn += 1) for (const each of people) each.says(String(turn));
    await bench.channel().start(app.receive);
    await until('all of them', () => app.received.length === 300);
    for (const { id } of people) {
      const hers = app.received.filter(({ address }) => address === String(id));
      expect(textsOf(hers)).toEqual(Array.from({ length: 20 }, (_, turn) => String(turn)));
    }
    expect(mostOfOne).toBe(1);
    expect(mostAtOnce).toBeGreaterThan(1);
    await until('all confirmed', idle);
  });
});

describe('nothing is lost', () => {
  test('while the database is away nothing is confirmed; after it all arrive, in order, once', async () => {
    const app = recorder();
    app.broken = true;
    await bench.channel().start(app.receive);
    const ana = bench.api.person(5_550_001);
    for (const text of ['1', '2', '3']) ana.says(text);
    await until('two tries', () => app.tries() >= 2);
    expect(app.received).toEqual([]);
    expect(bench.api.unconfirmed()).toHaveLength(3);
    app.broken = false;
    await until('all', () => app.received.length === 3);
    await until('confirmed', idle);
    expect(textsOf(app.received)).toEqual(['1', '2', '3']);
  });

  test('tries grow rarer: 250 ms, then 500, then 1,000', async () => {
    const app = recorder();
    app.broken = true;
    await bench.channel().start(app.receive);
    bench.api.person(5_550_001).says('1');
    await until('the first try', () => app.tries() === 1);
    await wait(1_500); // tries at 0, 250 and 750 ms; the next would be at 1,750
    expect(app.tries()).toBe(3);
  });

  test('stopped while the database is away, the next start gets everything', async () => {
    const app = recorder();
    app.broken = true;
    const first = bench.channel();
    await first.start(app.receive);
    const ana = bench.api.person(5_550_001);
    for (const text of ['1', '2', '3']) ana.says(text);
    await until('a try', () => app.tries() >= 1);
    await first.stop();
    expect(bench.api.unconfirmed()).toHaveLength(3);

    const later = recorder();
    await bench.channel().start(later.receive);
    await until('all', () => later.received.length === 3);
    expect(textsOf(later.received)).toEqual(['1', '2', '3']);
  });

  test('stopped halfway, what is done is confirmed and only the rest comes again', async () => {
    const app = recorder(async ({ body }) => {
      if (body.type === 'text' && body.text === 'no cabe') throw new Error('refused');
    });
    const first = bench.channel();
    const ana = bench.api.person(5_550_001);
    for (const text of ['1', '2', 'no cabe', '4']) ana.says(text);
    await first.start(app.receive);
    await until('a failed try', () => app.tries() >= 3);
    await first.stop();
    expect(textsOf(app.received)).toEqual(['1', '2']);

    const later = recorder();
    await bench.channel().start(later.receive);
    await until('the rest', () => later.received.length === 2);
    expect(textsOf(later.received)).toEqual(['no cabe', '4']);
  });

  test('stop waits for what is being received, and confirms it', async () => {
    let finished = false;
    const app = recorder(async () => {
      await wait(200);
      finished = true;
    });
    const channel = bench.channel();
    await channel.start(app.receive);
    bench.api.person(5_550_001).says('hola');
    await until('begun', () => app.tries() === 1);
    await channel.stop();
    expect(finished).toBe(true);
    expect(bench.api.unconfirmed()).toEqual([]);
    expect(callsTo('getUpdates').at(-1)?.params).toMatchObject({ timeout: 0, limit: 1 });
  });

  test('an update that comes again, under its own or another number, keeps its message id', async () => {
    const app = recorder();
    const channel = bench.channel();
    await channel.start(app.receive);
    const ana = bench.api.person(5_550_001);
    const said = ana.says('hola') ?? 0;
    await until('hola', () => app.received.length === 1);
    await channel.send('5550001', { text: '¿Está bien?', choices: [{ label: 'Sí', payload: 'p:1:yes' }] });
    const pressed = ana.presses('1. Sí') ?? 0;
    await until('the press', () => app.received.length === 2);
    bench.api.redeliver(said);
    bench.api.redeliver(pressed, { newId: true });
    bench.api.redeliver(pressed, { newId: true });
    await until('all five', () => app.received.length === 5);
    expect(new Set(app.received.map(({ messageId }) => messageId)).size).toBe(2);
    await until('confirmed', idle);
  });

  test('what waited keeps its hour; a press, of which Telegram says none, has that of what came before it', async () => {
    const from = { id: 5_550_001, is_bot: false, first_name: 'Ana' };
    const chat = { id: 5_550_001, type: 'private' };
    const at = Math.floor(Date.now() / 1_000) - 10_000;
    bench.api.deliver({ message: { message_id: 1, date: at, chat, from, text: 'saldo' } });
    bench.api.deliver({ callback_query: { id: '77', from, chat_instance: '1', data: 'x' } });
    const app = recorder();
    await bench.channel().start(app.receive);
    await until('both', () => app.received.length === 2);
    const hour = new Date(at * 1_000).toISOString();
    expect(app.received.map(({ receivedAt }) => receivedAt)).toEqual([hour, hour]);
  });

  test('after an empty answer the offset is forgotten, so numbers may begin again lower', async () => {
    const app = recorder();
    await bench.channel().start(app.receive);
    const ana = bench.api.person(5_550_001);
    ana.says('antes');
    await until('antes', () => app.received.length === 1);
    await until('the next poll waits', () => callsTo('getUpdates').at(-1)?.params['offset'] === 1_001);
    const polls = callsTo('getUpdates').length;
    bench.api.endPoll();
    await until('another poll', () => callsTo('getUpdates').length > polls);
    expect(callsTo('getUpdates').at(-1)?.params['offset']).toBeUndefined();
    bench.api.renumber(7);
    ana.says('después');
    await until('después', () => textsOf(app.received).includes('después'));
  });

  test('a payload that is no update is noted without its words and stops nobody', async () => {
    const app = recorder();
    bench.api.deliver({ message: { text: 'palabras privadas', chat: 'roto' } });
    bench.api.person(5_550_001).says('hola');
    await bench.channel().start(app.receive);
    await until('hola', () => app.received.length === 1);
    await until('confirmed', idle);
    expect(bench.logged.map(({ message }) => message)).toContain('a payload that is no readable update');
    expect(JSON.stringify(bench.logged)).not.toContain('palabras');
  });

  test('an answer to a press that fails stops nothing', async () => {
    const app = recorder();
    const channel = bench.channel();
    await channel.start(app.receive);
    const ana = bench.api.person(5_550_001);
    ana.says('hola');
    await until('hola', () => app.received.length === 1);
    await channel.send('5550001', { text: '¿Está bien?', choices: [{ label: 'Sí', payload: 'p:1:yes' }] });
    bench.api.fault.next({ method: 'answerCallbackQuery', status: 502 });
    ana.presses('1. Sí');
    ana.says('adiós');
    await until('adiós', () => textsOf(app.received).includes('adiós'));
  });

  test.each([1, 2, 3])('faults at random (seed %d) and a shaky database lose nothing', async (seed) => {
    bench.api.fault.atRandom({
      seed,
      methods: ['getUpdates'],
      serverError: 0.1,
      dropBefore: 0.1,
      dropAfter: 0.2,
    });
    let calls = 0;
    const app = recorder(async () => {
      calls += 1;
      if (calls % 7 === 0) throw new Error('a lost connection');
    });
    await bench.channel().start(app.receive);
    const people = [1, 2, 3].map((at) => bench.api.person(5_550_000 + at));
    for (let turn = 0; turn < 10; turn += 1) {
      for (const each of people) each.says(String(turn));
      await wait(20);
    }
    await until('all confirmed', idle, 30_000);
    for (const { id } of people) {
      const hers = app.received.filter(({ address }) => address === String(id));
      const first = hers.filter(
        ({ messageId }, at) => hers.findIndex((each) => each.messageId === messageId) === at,
      );
      expect(textsOf(first)).toEqual(Array.from({ length: 10 }, (_, turn) => String(turn)));
    }
  });
});

describe('starting', () => {
  test.each([
    ['a token Telegram does not know', `${TOKEN}x`],
    ['a token of no right form', 'invented-token'],
  ])('%s is refused in plain words that do not hold it', async (_name, token) => {
    const failure = await bench
      .channel({ token })
      .start(recorder().receive)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toContain('does not know this bot token');
    expectNoSecrets(failure);
  });

  test('Telegram failing at the start is waited out in the background', async () => {
    bench.api.fault.next({ method: 'getMe', status: 502, html: true });
    bench.api.fault.next({ method: 'getMe', drop: 'after-delivery' });
    const app = recorder();
    await bench.channel().start(app.receive);
    bench.api.person(5_550_001).says('hola');
    await until('hola', () => app.received.length === 1);
  });

  test('Telegram away altogether at the start is waited out; people wrote meanwhile', async () => {
    const gone = await startBotApi({ token: TOKEN });
    await gone.stop();
    const app = recorder();
    await bench.channel({ apiRoot: gone.url }).start(app.receive);
    const back = await startBotApi({ token: TOKEN, port: Number(new URL(gone.url).port) });
    back.person(5_550_001).says('hola');
    await until('hola', () => app.received.length === 1);
    expect(back.violations).toEqual([]);
    await back.stop();
  });

  test('stopped while Telegram is away, it ends at once', async () => {
    const gone = await startBotApi({ token: TOKEN });
    await gone.stop();
    const channel = bench.channel({ apiRoot: `${gone.url}/` });
    await channel.start(recorder().receive);
    const begun = Date.now();
    await channel.stop();
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  test('the commands are shown in each language, in chats with one person; others see the first', async () => {
    const saldo = [{ command: 'saldo', description: 'Cuánto llevas' }];
    const balance = [{ command: 'balance', description: 'How much you have' }];
    const channel = bench.channel({ menus: [{ commands: saldo }, { language: 'en', commands: balance }] });
    await channel.start(recorder().receive);
    await until('both menus', () => callsTo('setMyCommands').length === 2);
    const scope = { type: 'all_private_chats' };
    expect(callsTo('setMyCommands').map(({ params }) => params)).toEqual([
      { commands: saldo, scope },
      { commands: balance, scope, language_code: 'en' },
    ]);
  });

  test.each([
    ['that Telegram refuses', { status: 400 }],
    ['that never got an answer', { drop: 'after-delivery' }],
  ] as const)('commands %s keep nobody from starting', async (_name, fault) => {
    bench.api.fault.next({ method: 'setMyCommands', ...fault });
    const app = recorder();
    const menus = [{ commands: [{ command: 'saldo', description: 'Cuánto llevas' }] }];
    await bench.channel({ menus }).start(app.receive);
    bench.api.person(5_550_001).says('hola');
    await until('hola', () => app.received.length === 1);
    const spoken = 'the menu of commands could not be set; the next start tries again';
    await until('the log says so', () => bench.logged.some(({ message }) => message === spoken));
  });

  test('a webhook left over is taken away, with what waits for it kept', async () => {
    bench.api.person(5_550_001).says('hola');
    const app = recorder();
    await bench.channel().start(app.receive);
    expect(callsTo('deleteWebhook').map(({ params }) => params)).toEqual([{ drop_pending_updates: false }]);
    await until('hola', () => app.received.length === 1);
  });

  test('two programs with one token: the log says so, and nothing is lost', async () => {
    const app = recorder();
    await bench.channel().start(app.receive);
    await bench.channel().start(app.receive);
    const spoken = 'another program polls with the same bot token, or a webhook is set: only one may run';
    await until('the log says so', () => bench.logged.some(({ message }) => message === spoken));
    bench.api.person(5_550_001).says('hola');
    await until('hola', () => app.received.length >= 1);
  });

  test('a token revoked while running is said in the log, without the token', async () => {
    const channel = bench.channel();
    bench.api.fault.next({ method: 'getUpdates', status: 401 });
    await channel.start(recorder().receive);
    const spoken = 'Telegram no longer accepts the bot token: was it revoked?';
    await until('the log says so', () => bench.logged.some(({ message }) => message === spoken));
  });
});

function callsTo(method: string) {
  return bench.api.calls.filter((call) => call.method === method);
}
