// The whole program as people on WhatsApp meet it: its own process, the settings an operator writes, an emulated Cloud API.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import { type CloudApi, startCloudApi } from '../support/cloud-api-emulator/cloud-api.ts';
import type { Arrived, CloudPerson } from '../support/cloud-api-emulator/person.ts';
import { comadre, type Running, started } from '../support/run-program.ts';
import { eventually, groupOf } from '../support/telegram-world.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const SETTINGS = {
  WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-the-emulator-01',
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_CLOUD_APP_SECRET: 'invented5ecret0123456789abcdef00',
  WHATSAPP_CLOUD_VERIFY_TOKEN: 'invented_verify_token',
};

const programme: ProgrammeDocument = {
  programme: { name: 'Marea', language: 'es', currency: 'MXN', notices: 'open' },
  groups: [
    {
      ...groupOf('Brisa del Istmo', [
        { number: 1, name: 'Nora Luis', role: 'leader', opening: { savings: '200.00' } },
        { number: 3, name: 'Lidia Toledo', role: 'treasurer' },
        { number: 2, name: 'Ofelia Matus', opening: { savings: '80.00' } },
      ]),
      countedBox: {
        loanFund: null,
        savingsPot: '280.00',
        socialFund: '0.00',
        signedBy: [1, 3],
        signed: 'paper',
      },
    },
  ],
};

let folder: string;
let api: CloudApi;
let program: Running;
let url: string;
let settings: Readonly<Record<string, string>>;
let codes: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-whatsapp-'));
  fs.writeFileSync(path.join(folder, 'programme.json'), JSON.stringify(programme));
  const imported = await comadre(folder, ['import', 'programme.json']);
  expect(imported.code, imported.err).toBe(0);
  codes = new Map(
    [...imported.out.matchAll(/\d+ (\p{L}+) \p{L}+: ([A-Z2-9]{10})/gu)].map(([, name = '', code = '']) => [
      name,
      code,
    ]),
  );
  api = await startCloudApi({
    token: SETTINGS.WHATSAPP_CLOUD_TOKEN,
    phoneNumberId: SETTINGS.WHATSAPP_CLOUD_PHONE_NUMBER_ID,
    appSecret: SETTINGS.WHATSAPP_CLOUD_APP_SECRET,
    templates: { 'mensaje_nuevo/es_MX': 1 },
  });
  settings = { ...SETTINGS, WHATSAPP_CLOUD_API_ROOT: api.url };
  await start();
});
afterAll(async () => {
  await program?.kill();
  await api.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<void> => {
  program = await started(folder, settings);
  ({ url } = JSON.parse(fs.readFileSync(path.join(folder, 'data/server.json'), 'utf8')) as { url: string });
  api.hooks.at(`${url}/webhooks/whatsapp`);
};

/** What she is answered after doing something: the first message after it that holds the words. */
const answered = async (person: CloudPerson, act: () => unknown, words: string): Promise<Arrived> => {
  const before = person.inbox().length;
  act();
  const found = (): Arrived | undefined =>
    person
      .inbox()
      .slice(before)
      .find(({ text }) => text.includes(words));
  const message = await eventually(found, (seen) => seen !== undefined);
  if (message === undefined) throw new Error('unreachable');
  return message;
};

test('the program is up on WhatsApp alone: no simulator, and Meta’s question is answered', async () => {
  const health = await fetch(`${url}/healthz`);
  expect(await health.json()).toEqual({ ok: true, channels: ['whatsapp-cloud'] });
  expect((await fetch(`${url}/simulator`)).status).toBe(404);
  expect(program?.screen).toContain('WhatsApp      por la Cloud API');
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true });
  const query = 'hub.mode=subscribe&hub.verify_token=invented_verify_token&hub.challenge=42';
  const response = await fetch(`${url}/webhooks/whatsapp?${query}`);
  expect([response.status, await response.text()]).toEqual([200, '42']);
});

test('a member joins by her code and a button, asks for her savings by word and by number, and is answered', async () => {
  const ofelia = api.person('5215550100002', { scopedId: 'MX.13491208655302741918' });
  const notice = await answered(
    ofelia,
    () => ofelia.says(`UNIRME ${codes.get('Ofelia')}`),
    '¿Estás de acuerdo',
  );
  expect(notice.buttons.map(({ written }) => written)).toEqual(['1. Sí, acepto', '2. No, gracias']);
  await answered(ofelia, () => ofelia.presses('1. Sí, acepto'), 'Ya estás en Brisa del Istmo');
  const saved = 'Llevas ahorrado $80.00 (ochenta pesos).';
  await answered(ofelia, () => ofelia.says('saldo'), saved);
  const menu = await answered(ofelia, () => ofelia.says('hola'), '¿Qué quieres hacer?');
  expect(menu.text).toContain('1. Mi ahorro');
  expect(menu.call).toMatchObject({ interactive: { type: 'list' } });
  await answered(ofelia, () => ofelia.says('1'), saved);
  ofelia.reads();
});

test('somebody whose number Meta hides is answered, too', async () => {
  const nora = api.person('5215550100001', { scopedId: 'MX.23491208655302741919', hidesNumber: true });
  await answered(nora, () => nora.says(`UNIRME ${codes.get('Nora')}`), '¿Estás de acuerdo');
  await answered(nora, () => nora.says('1'), 'Brisa del Istmo');
});

test('a day after she last wrote a receipt waits; she is told so in prepared words, and reads it once she answers', async () => {
  const [nora, ofelia] = [api.person('5215550100001'), api.person('5215550100002')];
  api.forward(25);
  await answered(nora, () => nora.says('Ofelia 40'), '¿Está bien?');
  await answered(nora, () => nora.says('sí'), 'Listo. Anoté 1 pago');
  const told = await eventually(
    () => ofelia.inbox().at(-1),
    (last) => last?.call.type === 'template',
  );
  expect(told?.text).toBe('mensaje_nuevo | Ofelia');
  const receipt = await answered(ofelia, () => ofelia.says('1'), 'Recibo nº');
  expect(receipt.text).toContain('$40.00');
});

test('the doctor asks Meta, and names a token or a number that is wrong', async () => {
  const doctor = (more: Readonly<Record<string, string>>) =>
    comadre(folder, ['doctor'], { settings: { ...settings, ...more } });
  const good = await doctor({});
  expect(good.out).toContain('✓ WhatsApp by the Cloud API is configured (v26.0), as Comadre, quality GREEN.');
  const token = await doctor({ WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-somebody' });
  expect(token.out).toContain(
    '✗ WhatsApp by the Cloud API is configured (v26.0), and Meta does not accept the token',
  );
  expect(token.out).not.toContain('EAA');
  const number = await doctor({ WHATSAPP_CLOUD_PHONE_NUMBER_ID: '999999' });
  expect(number.out).toContain('does not know WHATSAPP_CLOUD_PHONE_NUMBER_ID');
  expect([good.code, token.code, number.code]).toEqual([0, 1, 1]);
});

test('what is forged is refused and leaves nothing', async () => {
  const before = api.calls.length;
  const body = JSON.stringify({
    entry: [
      {
        changes: [
          {
            field: 'messages',
            value: {
              messages: [{ id: 'wamid.F', from: '525550100002', type: 'text', text: { body: 'saldo' } }],
            },
          },
        ],
      },
    ],
  });
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
  const response = await fetch(`${url}/webhooks/whatsapp`, { method: 'POST', headers, body });
  expect(response.status).toBe(403);
  expect(await response.text()).not.toContain('saldo');
  expect(api.calls.length).toBe(before);
});

test('what is written while the program is away is answered once when it is back, and what was delivered and read is recorded', async () => {
  const ofelia = api.person('5215550100002');
  await eventually(
    () => api.hooks.open(),
    (open) => open === 0,
  );
  await program.stop();
  ofelia.says('mi libreta');
  await start();
  await eventually(
    () => ofelia.inbox().length,
    (count) => count >= 5,
  );
  api.hooks.again(({ value }) => 'messages' in value);
  await eventually(
    () => api.hooks.open(),
    (open) => open === 0,
  );
  const texts = ofelia.inbox().map(({ text }) => text);
  expect(texts.filter((text) => text.includes('Llevas ahorrado $80.00 (ochenta pesos).'))).toHaveLength(2);
  expect((await program.stop()).code).toBe(0);
  expect(api.violations).toEqual([]);

  const database = await openDatabase({ folder: path.join(folder, 'data') });
  try {
    const { rows } = await database.pool.query<{ sent: string; delivered: string; read: string }>(
      `select count(*) as sent, count(delivered_at) as delivered, count(read_at) as read from outbox where channel = 'whatsapp-cloud' and state = 'sent'`,
    );
    const { sent, delivered, read } = rows[0]!;
    const arrived = [api.person('5215550100001'), ofelia].flatMap((person) => person.inbox()).length;
    expect([Number(sent), Number(delivered)]).toEqual([arrived, arrived]);
    expect(Number(read)).toBeGreaterThanOrEqual(5);
  } finally {
    await database.close();
  }
});
