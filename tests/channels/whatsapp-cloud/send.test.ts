import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingFile, SendResult, ToSend } from '../../../src/channels/channel.ts';
import type { WhatsAppCloudChannel } from '../../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import type { CloudPerson } from '../../support/cloud-api-emulator/person.ts';
import { FILES } from '../contract/files.ts';
import { type Bench, startBench } from './setup.ts';

const ANA = '525550100001';
const BSUID = 'MX.13491208655302741918';

let bench: Bench;
let channel: WhatsAppCloudChannel;
let ana: CloudPerson;

beforeEach(async () => {
  bench = await startBench();
  channel = bench.channel();
  await channel.start(
    async () => undefined,
    async () => undefined,
  );
  ana = bench.api.person('5215550100001');
  ana.says('hola');
});
afterEach(() => bench.finish());

const offer = (...labels: readonly string[]) =>
  labels.map((label, at) => ({ label, payload: `p:${at + 1}` }));
const send = (more: Partial<ToSend>, address = ANA): Promise<SendResult> =>
  channel.send(address, { text: '¿Está bien?', choices: [], ...more });
const sentBodies = () =>
  bench.api.calls.filter(({ path }) => path.endsWith('/messages')).map(({ body }) => body);
const types = () =>
  ana.inbox().map(({ call }) => (call.type === 'interactive' ? call.interactive.type : call.type));

describe('whom it is for', () => {
  test('a number, without the old 1 of Mexico', async () => {
    await send({}, '5215550100001');
    await send({});
    expect(sentBodies()).toMatchObject([{ to: ANA }, { to: ANA }]);
    expect(sentBodies()[0]).not.toHaveProperty('recipient');
  });

  test('an id of Meta’s where her number is hidden', async () => {
    const hidden = bench.api.person('5215550100002', { scopedId: BSUID, hidesNumber: true });
    hidden.says('hola');
    expect(await send({}, `bsuid:${BSUID}`)).toMatchObject({ ok: true });
    expect(sentBodies()).toMatchObject([{ recipient: BSUID }]);
    expect(hidden.inbox()).toHaveLength(1);
  });

  test.each(['', 'ana', '+52', 'bsuid:', 'bsuid:../media', 'bsuid:MX.1/2', '12345', '@lid'])(
    'no other address is called: %j',
    async (address) => {
      expect(await send({}, address)).toMatchObject({ ok: false, failure: { type: 'our-bug' } });
      expect(sentBodies()).toEqual([]);
    },
  );
});

describe('choices', () => {
  test('up to three short ones are buttons with their numbers', async () => {
    await send({ choices: offer('Sí', 'No', 'Preguntar a Rosa') });
    expect(types()).toEqual(['button']);
    expect(ana.inbox()[0]).toMatchObject({ text: '¿Está bien?' });
    expect(ana.inbox()[0]?.buttons.map(({ written }) => written)).toEqual([
      '1. Sí',
      '2. No',
      '3. Preguntar a Rosa',
    ]);
  });

  test('a label that fits only without its number leaves the number in the words', async () => {
    await send({ choices: offer('Sí, ya recibí 200 mx', 'No') });
    expect(types()).toEqual(['button']);
    expect(ana.inbox()[0]?.text).toBe('¿Está bien?\n1. Sí, ya recibí 200 mx\n2. No');
    expect(ana.inbox()[0]?.buttons.map(({ written }) => written)).toEqual(['Sí, ya recibí 200 mx', 'No']);
  });

  test('four to ten are a list, its numbers in the words as well', async () => {
    await send({
      choices: offer('Mi ahorro', 'Cuánto debo', 'Mi libreta', 'Lo que el grupo tiene en total'),
    });
    expect(types()).toEqual(['list']);
    expect(ana.inbox()[0]?.text).toContain('4. Lo que el grupo tiene en total');
    expect(ana.inbox()[0]?.buttons.map(({ written }) => written)).toEqual([
      '1. Mi ahorro',
      '2. Cuánto debo',
      '3. Mi libreta',
      '4. Lo que el grupo tien…\nLo que el grupo tiene en total',
    ]);
  });

  test.each([
    ['more than ten', offer(...Array.from({ length: 11 }, (_, at) => `Opción ${at + 1}`))],
    ['a label that fits nowhere', offer('x'.repeat(73), 'No')],
    ['one payload twice', [...offer('Sí'), ...offer('No')]],
    ['a payload Meta does not take', [{ label: 'Sí', payload: 'ñ'.repeat(101) }]],
  ])('%s: numbered words', async (_name, choices) => {
    await send({ choices });
    expect(types()).toEqual(['text']);
    expect(ana.inbox()[0]?.text).toContain(`1. ${choices[0]?.label}`);
  });

  test('two labels that look alike are told apart by their numbers', async () => {
    await send({ choices: offer('Sí', 'Sí') });
    expect(ana.inbox()[0]?.buttons.map(({ written }) => written)).toEqual(['1. Sí', '2. Sí']);
  });

  test('long words go first, the end of them stands with the buttons', async () => {
    const text = Array.from({ length: 120 }, (_, at) => `Renglón ${at + 1} de la lista de hoy.`).join('\n');
    const result = await send({ text, choices: offer('Sí', 'No') });
    expect(types()).toEqual(['text', 'button']);
    expect(
      ana
        .inbox()
        .map((each) => each.text)
        .join('\n'),
    ).toBe(text);
    expect(result.ok && result.sentId.split(',')).toEqual(ana.inbox().map(({ id }) => id));
  });

  test('whatever is offered arrives whole, can be answered by its number, and Meta takes it', async () => {
    const label = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 90 })
      .filter((each) => each.trim() !== '');
    const one = fc.record({ label, payload: fc.string({ minLength: 1, maxLength: 64 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3_000 }).filter((each) => each.trim() !== ''),
        fc.array(one, { maxLength: 13 }),
        async (text, choices) => {
          const before = ana.inbox().length;
          expect(await send({ text, choices })).toMatchObject({ ok: true });
          const arrived = ana.inbox().slice(before);
          const seen = arrived
            .flatMap(({ text: words, buttons }) => [words, ...buttons.map(({ written }) => written)])
            .join('\n');
          for (const [at, { label: each }] of choices.entries()) {
            expect(seen).toContain(`${at + 1}. ${each.replace(/\s+/gu, ' ').trim()}`);
          }
          const buttons = arrived.flatMap((each) => each.buttons.map(({ id }) => id));
          if (buttons.length > 0) expect(buttons).toEqual(choices.map(({ payload }) => payload));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('files', () => {
  test('words, picture and buttons are one message', async () => {
    await send({ text: 'Tu libreta', choices: offer('Sí', 'No'), file: FILES.image });
    expect(types()).toEqual(['button']);
    expect(ana.inbox()[0]).toMatchObject({ text: 'Tu libreta', file: { kind: 'image', mime: 'image/png' } });
  });

  test('a document keeps its name, and words under it are its caption', async () => {
    await send({ text: 'El acta', file: FILES.document });
    expect(ana.inbox()).toMatchObject([{ text: 'El acta', call: { document: { filename: 'libreta.pdf' } } }]);
  });

  test('a voice note is one, and its words follow', async () => {
    await send({ text: 'Escucha', file: FILES.voice });
    expect(types()).toEqual(['audio', 'text']);
    expect(ana.inbox()[0]?.call).toMatchObject({ audio: { voice: true } });
  });

  test('other sound is no voice note', async () => {
    await send({ text: '', file: { ...FILES.voice, mime: 'audio/mpeg' } });
    expect(ana.inbox()[0]?.call).not.toHaveProperty('audio.voice');
  });

  const file = (more: Partial<OutgoingFile>): OutgoingFile => ({ ...FILES.image, ...more });
  test.each([
    ['a picture of another type', file({ mime: 'image/webp' })],
    ['a picture above 5 MB', file({ bytes: new Uint8Array(5 * 1024 * 1024 + 1) })],
    ['a sound of another type', file({ kind: 'voice', mime: 'audio/wav' })],
    [
      'a film above 16 MB',
      file({ kind: 'video', mime: 'video/mp4', bytes: new Uint8Array(16 * 1024 * 1024 + 1) }),
    ],
    ['a document without a type', file({ kind: 'document', mime: '' })],
    ['nothing', file({ bytes: new Uint8Array() })],
  ])('%s is our mistake, and nobody is called', async (_name, wrong) => {
    expect(await send({ file: wrong })).toMatchObject({ ok: false, failure: { type: 'our-bug' } });
    expect(bench.api.calls.filter(({ path }) => path.startsWith('POST'))).toEqual([]);
  });

  test('an upload that fails is the failure of the message', async () => {
    bench.api.fault.next({ on: 'media', status: 500 });
    expect(await send({ file: FILES.image })).toEqual({ ok: false, failure: { type: 'unavailable' } });
    expect(ana.inbox()).toEqual([]);
  });
});

describe('prepared words', () => {
  const template = (key: string, ...values: readonly string[]) => ({
    template: { key, language: 'es', values } as const,
  });

  test('go out in place of all else, with their values in order, a day after she wrote', async () => {
    bench.api.forward(25);
    expect(await send({})).toEqual({ ok: false, failure: { type: 'outside-window' } });
    const prepared = template('reminder', 'Ana', ' martes\n24 ', 'a las 5', 'Rosa');
    expect(await send({ ...prepared, choices: offer('Sí'), file: FILES.image })).toMatchObject({ ok: true });
    expect(ana.inbox().map(({ text }) => text)).toEqual(['te_espero | Ana | martes 24 | a las 5 | Rosa']);
    expect(sentBodies().at(-1)).toMatchObject({ template: { language: { code: 'es_MX' } } });
    ana.says('1');
    expect(await send({})).toMatchObject({ ok: true });
  });

  test.each([
    ['too few values', template('new-message'), 'template-fault'],
    ['too many', template('new-message', 'Ana', 'Rosa'), 'template-fault'],
    ['a key nobody has', template('nothing', 'Ana'), 'template-fault'],
    // The same words with other values may go to everybody else.
    ['an empty one', template('new-message', ' '), 'our-bug'],
    ['one too long', template('new-message', 'x'.repeat(201)), 'our-bug'],
  ])('%s: a fault before anybody is called', async (_name, wrong, type) => {
    expect(await send(wrong)).toMatchObject({ ok: false, failure: { type } });
    expect(sentBodies()).toEqual([]);
  });

  test('Meta does not know it: a fault of the template', async () => {
    expect(await send(template('gone'))).toMatchObject({ ok: false, failure: { type: 'template-fault' } });
  });
});

describe('what goes wrong', () => {
  test.each([
    [
      { status: 429, code: 130_429, retryAfter: '7' },
      { type: 'retry-after', seconds: 7, scope: 'channel' },
    ],
    [
      { status: 400, code: 131_056 },
      { type: 'retry-after', seconds: 6, scope: 'chat', grows: true },
    ],
    [{ status: 400, code: 131_047 }, { type: 'outside-window' }],
    [{ status: 401, code: 190 }, { type: 'bad-credentials' }],
    [{ status: 502, html: true }, { type: 'unavailable' }],
    [{ status: 200, html: true }, { type: 'unavailable' }],
    [{ status: 302, html: true }, { type: 'unavailable' }],
    [{ drop: 'before' }, { type: 'unavailable' }],
    [{ drop: 'after' }, { type: 'unavailable' }],
  ] as const)('%j', async (fault, failure) => {
    bench.api.fault.next({ on: 'messages', ...fault });
    expect(await send({})).toEqual({ ok: false, failure });
    expect(await send({})).toMatchObject({ ok: true });
  });

  test('a wrong token is told at the start, without the token; so is a wrong number', async () => {
    const start = (more: object) =>
      bench.channel(more).start(
        async () => undefined,
        async () => undefined,
      );
    const token = await start({ token: 'EAAanother-invented-token-xxxx' }).catch(String);
    expect(token).toMatch(/WHATSAPP_CLOUD_TOKEN/u);
    expect(token).not.toContain('EAA');
    await expect(start({ phoneNumberId: '999999' })).rejects.toThrow('WHATSAPP_CLOUD_PHONE_NUMBER_ID');
    await expect(start({ apiRoot: 'http://127.0.0.1:9' })).resolves.toBeUndefined();
  });

  test('"too many" in the middle of a long message is for delivery to wait for', async () => {
    bench.api.fault.next({ on: 'messages', after: 1, status: 400, code: 131_056, retryAfter: '1' });
    expect(await send({ text: 'Una frase de la lista. '.repeat(300) })).toEqual({
      ok: false,
      failure: { type: 'retry-after', seconds: 1, scope: 'chat' },
      sentParts: ana.inbox().map(({ id }) => id),
    });
    expect(ana.inbox()).toHaveLength(1);
  });

  test('a picture above the buttons of the last part goes with the next try, whatever Meta knew of it', async () => {
    const more = {
      text: 'Una frase de la lista. '.repeat(100),
      choices: offer('Sí', 'No'),
      file: FILES.image,
    };
    bench.api.fault.next({ on: 'messages', after: 1, status: 500 });
    const first = await send(more);
    const sentParts = first.ok ? [] : (first.sentParts ?? []);
    expect(await send({ ...more, sentParts })).toMatchObject({ ok: true });
    expect(types()).toEqual(['text', 'button']);
    expect(ana.inbox().map(({ file }) => file?.kind)).toEqual([undefined, 'image']);
  });

  test('words that are empty, or a label that is, are our mistake', async () => {
    for (const wrong of [
      { text: ' ' },
      { choices: offer(' ') },
      { text: '', choices: offer('Sí'), file: FILES.image },
    ]) {
      expect(await send(wrong)).toMatchObject({ ok: false, failure: { type: 'our-bug' } });
    }
    expect(sentBodies()).toEqual([]);
  });
});
