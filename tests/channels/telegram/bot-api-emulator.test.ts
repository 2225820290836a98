import { Bot, InlineKeyboard, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotApi, startBotApi } from '../../support/bot-api-emulator/bot-api.ts';
import { limiterOf } from '../../support/bot-api-emulator/limits.ts';
import { faultsOf, findSpecification } from '../../support/bot-api-emulator/specification.ts';
import { TOKEN } from './setup.ts';

let server: BotApi;
let api: Bot['api'];
beforeEach(async () => {
  server = await startBotApi({ token: TOKEN });
  api = new Bot(TOKEN, { client: { apiRoot: server.url } }).api;
  server.person(5).says('hola');
});
afterEach(() => server.stop());

/** Calls as a program with mistakes would: any method, any fields. */
async function call(method: string, params: unknown) {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(params);
  const answer = await fetch(`${server.url}/bot${TOKEN}/${method}`, { method: 'POST', headers, body });
  return (await answer.json()) as { ok: boolean; description?: string };
}

const keyboard = (text: string, data: string) => ({ inline_keyboard: [[{ text, callback_data: data }]] });

describe('what a bot does wrong is noted and refused', () => {
  test.each([
    ['an empty text', 'sendMessage', { chat_id: 5, text: '' }, 'message text is empty'],
    ['4,097 characters', 'sendMessage', { chat_id: 5, text: 'x'.repeat(4_097) }, 'message is too long'],
    [
      '65 bytes in a button',
      'sendMessage',
      { chat_id: 5, text: 'x', reply_markup: keyboard('a', 'x'.repeat(65)) },
      'BUTTON_DATA_INVALID',
    ],
    [
      'nothing in a button',
      'sendMessage',
      { chat_id: 5, text: 'x', reply_markup: keyboard('a', '') },
      'BUTTON',
    ],
    ['a misspelt field', 'sendMessage', { chat_id: 5, text: 'x', reply_marup: {} }, 'wrong parameters'],
    ['a wrong type', 'sendMessage', { chat_id: 5, text: 7 }, 'message text is empty'],
    ['an unknown method', 'sendMessag', { chat_id: 5, text: 'x' }, 'method not found'],
    [
      'a long answer to a press',
      'answerCallbackQuery',
      { callback_query_id: '1', text: 'x'.repeat(201) },
      'too long',
    ],
    ['a limit above 100', 'getUpdates', { limit: 101 }, 'wrong parameters'],
  ] as const)('%s', async (_name, method, ...[params, words]) => {
    const answer = await call(method, params);
    expect(answer.ok).toBe(false);
    expect(answer.description).toContain(words);
    expect(server.violations).not.toEqual([]);
  });

  test('a file that is spoken of but not there is refused', async () => {
    expect((await call('sendPhoto', { chat_id: 5, photo: 'attach://nothing' })).description).toContain(
      'no photo',
    );
  });
});

describe('what a bot does right works', () => {
  test('messages, edits, deletions, files both ways, commands', async () => {
    const sent = await api.sendMessage(5, 'uno', { reply_markup: new InlineKeyboard().text('Sí', 'y') });
    await api.editMessageText(5, sent.message_id, 'dos', {
      reply_markup: new InlineKeyboard().text('No', 'n'),
    });
    expect(server.person(5).inbox()).toMatchObject([
      { text: 'dos', buttons: [{ label: 'No', payload: 'n' }], edited: true },
    ]);
    await api.editMessageReplyMarkup(5, sent.message_id);
    expect(server.person(5).inbox()[0]?.buttons).toEqual([]);
    await expect(api.editMessageText(5, sent.message_id, 'dos')).rejects.toThrow('message is not modified');
    await api.deleteMessage(5, sent.message_id);
    expect(server.person(5).inbox()).toEqual([]);
    await expect(api.deleteMessage(5, sent.message_id)).rejects.toThrow('message to delete not found');

    const bytes = Buffer.from('\r\n--bytes of a picture\r\n\r\n');
    const photo = await api.sendPhoto(5, new InputFile(bytes), { caption: '{mira}' });
    await api.sendVoice(5, new InputFile(Buffer.from('sound')));
    await api.sendDocument(5, new InputFile(Buffer.from('list'), 'lista.csv'));
    expect(server.person(5).inbox()).toMatchObject([
      { kind: 'photo', text: '{mira}' },
      { kind: 'voice' },
      { kind: 'document' },
    ]);
    const { file_path } = await api.getFile(photo.photo[0]?.file_id ?? '');
    const back = await fetch(`${server.url}/file/bot${TOKEN}/${file_path}`);
    expect(Buffer.from(await back.arrayBuffer())).toEqual(bytes);

    await api.setMyCommands([{ command: 'saldo', description: 'Mi saldo' }]);
    expect(server.violations).toEqual([]);
  });

  test('updates wait until they are confirmed, within the limit, from the offset on', async () => {
    server.person(5).says('dos');
    server.person(5).says('tres');
    const ids = async (more: object) => (await api.getUpdates(more)).map(({ update_id }) => update_id);
    expect(await ids({ limit: 2 })).toEqual([1_000, 1_001]);
    expect(await ids({})).toEqual([1_000, 1_001, 1_002]);
    expect(await ids({ offset: 1_002 })).toEqual([1_002]);
    expect(await ids({ offset: 1_003 })).toEqual([]);
    expect(server.unconfirmed()).toEqual([]);
  });

  test('a long poll waits for what comes', async () => {
    await api.getUpdates({ offset: 1_001 });
    const begun = Date.now();
    const waiting = api.getUpdates({ offset: 1_001, timeout: 5 });
    setTimeout(() => server.person(5).says('dos'), 100);
    expect((await waiting)[0]?.message?.text).toBe('dos');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(95);
    expect(await api.getUpdates({ offset: 1_002, timeout: 1 })).toEqual([]);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1_090);
  });

  test('a second poll ends the first, and a webhook ends polling', async () => {
    await api.getUpdates({ offset: 1_001 });
    const first = api.getUpdates({ offset: 1_001, timeout: 5 });
    const refused = expect(first).rejects.toThrow('terminated by other getUpdates');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await api.getUpdates({ offset: 1_001 });
    await refused;
    await api.setWebhook('http://127.0.0.1:1/nobody');
    await expect(api.getUpdates()).rejects.toThrow("can't use getUpdates method while webhook is active");
    expect(await api.getWebhookInfo()).toMatchObject({ url: 'http://127.0.0.1:1/nobody' });
    await api.deleteWebhook();
    expect(await api.getUpdates()).toEqual([]);
  });

  test('kinds of update nobody asked for are not kept', async () => {
    await api.getUpdates({ offset: 1_001, allowed_updates: ['message'] });
    expect(server.person(5).blocks()).toBeUndefined();
    expect(server.unconfirmed()).toEqual([]);
  });

  test('a press is answered once', async () => {
    await api.sendMessage(5, 'uno', { reply_markup: new InlineKeyboard().text('Sí', 'y') });
    server.person(5).presses('y');
    const update = (await api.getUpdates()).at(-1);
    const id = update?.callback_query?.id ?? '';
    expect(await api.answerCallbackQuery(id)).toBe(true);
    await expect(api.answerCallbackQuery(id)).rejects.toThrow('query is too old');
  });

  test('the same seed gives the same faults', async () => {
    const outcomes = async (): Promise<boolean[]> => {
      server.fault.atRandom({ seed: 7, methods: ['sendMessage'], serverError: 0.3, tooMany: 0.2 });
      const results: boolean[] = [];
      for (let at = 0; at < 30; at += 1)
        results.push((await call('sendMessage', { chat_id: 5, text: 'x' })).ok);
      return results;
    };
    const first = await outcomes();
    expect(await outcomes()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });
});

const specification = findSpecification();
describe.skipIf(specification === undefined)('the description of the whole Bot API', () => {
  const message = { chat_id: 5, text: 'x' };
  test.each([
    { method: 'sendMessag', params: {}, fault: 'sendMessag is no method of the Bot API' },
    { method: 'sendMessage', params: { chat_id: 5 }, fault: 'sendMessage.text is missing' },
    {
      method: 'sendPhoto',
      params: { chat_id: 5, photo: 'x', caption: 'x'.repeat(1_025) },
      fault: 'sendPhoto.caption has 1025 characters',
    },
    {
      method: 'sendMessage',
      params: { ...message, reply_markup: keyboard('a', 'x'.repeat(65)) },
      fault: 'sendMessage.reply_markup.inline_keyboard[0][0].callback_data has 65 bytes',
    },
    {
      method: 'sendMessage',
      params: { ...message, link_preview_options: { disabled: true } },
      fault: 'sendMessage.link_preview_options.disabled is unknown',
    },
    { method: 'sendMessage', params: { ...message, reply_markup: keyboard('a', 'b') }, fault: undefined },
  ])('$method: $fault', ({ method, params, fault }) => {
    const found = specification === undefined ? ['no description'] : faultsOf(specification, method, params);
    expect(found).toEqual(fault === undefined ? [] : [fault]);
  });
});

describe('what it lets through', () => {
  test('is so many a second, none while the bot was told to wait, and then as many as have become free', () => {
    const limiter = limiterOf({ perSecond: 30, perChatMs: 0 });
    const at = (now: number, count: number) =>
      Array.from({ length: count }, (_, n) => limiter.take(String(n), now)).filter(
        (wait) => wait === undefined,
      ).length;
    expect([at(10_000, 40), at(10_900, 40), at(11_001, 40)]).toEqual([30, 0, 30]);
    limiter.hold(3, 11_500);
    expect([limiter.take('7', 11_500), limiter.take('7', 13_600), limiter.take('7', 14_500)]).toEqual([
      3,
      1,
      undefined,
    ]);
  });

  test('is one message a while to each chat', () => {
    const limiter = limiterOf({ perSecond: 30, perChatMs: 900 });
    const takes = [
      limiter.take('7', 0),
      limiter.take('8', 10),
      limiter.take('7', 899),
      limiter.take('7', 900),
    ];
    expect(takes).toEqual([undefined, undefined, 1, undefined]);
  });
});
