import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BotApi, startBotApi } from '../support/bot-api-emulator/bot-api.ts';
import { type CloudApi, startCloudApi } from '../support/cloud-api-emulator/cloud-api.ts';
import { comadre, startProgram } from '../support/run-program.ts';

const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
const CLOUD_TOKEN = 'EAAinvented-token-of-the-emulator-01';
const programme = path.resolve(import.meta.dirname, '../fixtures/programme/orilla.json');

let api: BotApi;
let cloud: CloudApi;
let folder: string;
beforeAll(async () => {
  api = await startBotApi({ token: TOKEN });
  cloud = await startCloudApi({
    token: CLOUD_TOKEN,
    phoneNumberId: '106540352242922',
    appSecret: 'invented5ecret0123456789abcdef00',
    templates: {},
  });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-links-'));
});
afterAll(async () => {
  await api.stop();
  await cloud.stop();
  fs.rmSync(folder, { recursive: true });
});

test('each code comes with a link for each channel that is set up, which opens the chat with it', async () => {
  const settings = {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    WHATSAPP_CLOUD_TOKEN: CLOUD_TOKEN,
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_CLOUD_APP_SECRET: 'invented5ecret0123456789abcdef00',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'invented_verify_token',
    WHATSAPP_CLOUD_API_ROOT: cloud.url,
  };
  const { code, out, err } = await comadre(folder, ['import', programme], { settings });
  expect([code, err]).toEqual([0, expect.not.stringContaining('did not say')]);
  const hers =
    /^ {2}Las Golondrinas, 4 Hilda O’Campo: (?<code>\w{10})\n {4}(?<telegram>\S+)\n {4}(?<whatsapp>\S+)$/m;
  const { groups: found } = hers.exec(out) ?? {};
  expect(found).toMatchObject({
    telegram: `https://t.me/comadre_bot?start=${found?.['code']}`,
    whatsapp: `https://wa.me/525550100000?text=UNIRME%20${found?.['code']}`,
  });
});

test('a programme that asks for PINs is refused where WhatsApp has no place to type one, and taken where it has', async () => {
  const alone = fs.mkdtempSync(path.join(folder, 'pins-'));
  const settings = {
    WHATSAPP_CLOUD_TOKEN: CLOUD_TOKEN,
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_CLOUD_APP_SECRET: 'invented5ecret0123456789abcdef00',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'invented_verify_token',
    WHATSAPP_CLOUD_API_ROOT: cloud.url,
  };
  const file = path.join(alone, 'programme.json');
  const form = JSON.parse(fs.readFileSync(programme, 'utf8')) as { programme: object };
  fs.writeFileSync(file, JSON.stringify({ ...form, programme: { ...form.programme, pin: 'required' } }));
  const refused = await comadre(alone, ['import', file], { settings });
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('set PUBLIC_URL');
  const taken = { ...settings, PUBLIC_URL: 'https://comadre.example.org' };
  expect((await comadre(alone, ['import', file], { settings: taken })).code).toBe(0);
  // Without the address afterwards the program does not start, and the doctor says so.
  const started = await startProgram(alone, settings);
  expect('err' in started && started.err).toContain('set PUBLIC_URL');
  expect((await comadre(alone, ['doctor'], { settings })).out).toContain('✗ PINs cannot be typed.');
});

test('a platform that does not answer costs no code: they are printed without its link, and that is said', async () => {
  const alone = fs.mkdtempSync(path.join(folder, 'alone-'));
  const settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:1' };
  const { code, out, err } = await comadre(alone, ['import', programme, '--json'], { settings });
  expect(code).toBe(0);
  expect(err).toContain('Telegram did not say how people reach us');
  const report = JSON.parse(out) as { invites: { code: string; links: string[] }[] };
  expect(report.invites).toHaveLength(4);
  expect(report.invites.flatMap(({ links }) => links)).toEqual([]);
});

test('a pilot telephone that was never linked has no link, and that is said', async () => {
  const alone = fs.mkdtempSync(path.join(folder, 'pilot-'));
  const { code, out, err } = await comadre(alone, ['import', programme], {
    settings: { WHATSAPP_WEB: 'on' },
  });
  expect([code, out]).toEqual([0, expect.not.stringContaining('wa.me')]);
  expect(err).toContain('No pilot telephone was linked yet');
});
