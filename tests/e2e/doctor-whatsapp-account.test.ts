// What the doctor finds out from Meta of the business account: templates that cannot be sent, a webhook that hears nothing.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadTemplates } from '../../src/app/load-templates.ts';
import type { CloudAccount } from '../support/cloud-api-emulator/account.ts';
import { type CloudApi, startCloudApi } from '../support/cloud-api-emulator/cloud-api.ts';
import { comadre } from '../support/run-program.ts';

const SECRETS = { token: 'EAAinvented-token-of-the-emulator', appSecret: 'inventedappsecret0123456789' };
const ACCOUNT = '102290129340398';
const texts = loadTemplates(new URL('../../locales/', import.meta.url));
const registered = [...Object.values(texts.es), ...Object.values(texts.en)].map(
  ({ name, language, category, body }) => ({
    name,
    language,
    category,
    status: 'APPROVED',
    id: '1',
    components: [
      { type: 'BODY', text: body },
      { type: 'BUTTONS', buttons: [] },
    ],
  }),
);

const placesOf = (one: (typeof registered)[number] | undefined): number =>
  one?.components[0]?.text?.match(/\{\{\d+\}\}/gu)?.length ?? 0;

const account: CloudAccount = { id: ACCOUNT, templates: [], apps: [], ownApp: '7770001', fields: [] };
let api: CloudApi;
let folder: string;
beforeAll(async () => {
  api = await startCloudApi({ ...SECRETS, phoneNumberId: '106540352242922', account });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-doctor-'));
});
afterAll(async () => {
  expect(api.violations).toEqual([]);
  await api.stop();
  fs.rmSync(folder, { recursive: true });
});
beforeEach(() => {
  account.templates = registered;
  account.apps = ['7770009', '7770001'];
  account.fields = ['messages', 'account_update'];
});

const doctor = async (more: Readonly<Record<string, string>> = {}) => {
  const settings = {
    WHATSAPP_CLOUD_TOKEN: SECRETS.token,
    WHATSAPP_CLOUD_APP_SECRET: SECRETS.appSecret,
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'invented-verify-word',
    WHATSAPP_CLOUD_API_ROOT: api.url,
    WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID: ACCOUNT,
    ...more,
  };
  const ended = await comadre(folder, ['doctor'], { settings });
  expect(ended.out + ended.err).not.toMatch(/EAA|invented/u);
  return ended;
};

test('all is well when every template is approved as it is here, and our app hears what people write', async () => {
  const { code, out } = await doctor();
  expect(out).toContain(`✓ Meta has approved all ${registered.length} templates.`);
  expect(out).toContain('✓ The app is subscribed to what people write (webhook, field messages).');
  expect(code).toBe(0);
});

test('names each template that is missing, not approved, or has other places, and says what to do', async () => {
  const [first, second, third, ...rest] = registered;
  account.templates = [
    { ...second, status: 'REJECTED' },
    { ...third, components: [{ type: 'BODY', text: 'Hola, {{1}} y {{2}} y {{3}}.' }] },
    ...rest,
  ];
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(out).toContain(`✗ The template ${first?.name} (es_MX) is not registered with Meta.`);
  expect(out).toContain('comadre templates prints it word for word');
  expect(out).toContain(`✗ The template ${second?.name} (es_MX) is REJECTED at Meta.`);
  expect(out).toContain(
    `✗ The template ${third?.name} (es_MX) has 3 places at Meta, and ${placesOf(third)} here`,
  );
  expect(out).not.toContain('approved all');
});

test('other words and another category are told, and keep nothing from running', async () => {
  const [first, second, ...rest] = registered;
  account.templates = [
    { ...first, components: [{ type: 'BODY', text: 'Hola, {{1}}. Otra cosa. Adiós.' }] },
    { ...second, category: 'MARKETING' },
    ...rest,
  ];
  const { code, out } = await doctor();
  expect(code).toBe(0);
  expect(out).toContain(`${first?.name} (es_MX) has other words at Meta than here.`);
  expect(out).toContain(`${second?.name} (es_MX) is MARKETING at Meta, and UTILITY here`);
});

test.each([
  ['no app at all', { apps: [] }, 'No app is subscribed to the business account'],
  ["only somebody else's app", { apps: ['7770009'] }, 'none with WHATSAPP_CLOUD_APP_SECRET'],
  ['not the field messages', { fields: ['account_update'] }, 'is not subscribed to the field messages'],
])('a webhook that hears nothing is a fault: %s', async (_, of, said) => {
  Object.assign(account, of);
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(out).toContain(said);
  expect(out).toContain('WhatsApp, Configuration');
});

test('an account that Meta does not know is a fault; without one it is said what was not looked at', async () => {
  const unknown = await doctor({ WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID: '999999' });
  expect(unknown.code).toBe(1);
  expect(unknown.out).toContain('✗ Meta does not know WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID.');
  const none = await doctor({ WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID: '' });
  expect(none.code).toBe(0);
  expect(none.out).toContain('Not looked at: whether Meta has approved the templates');
});

test('two secrets, while one is being changed: either makes the app ours', async () => {
  const { code, out } = await doctor({
    WHATSAPP_CLOUD_APP_SECRET: `0123456789abcdefghij,${SECRETS.appSecret}`,
  });
  expect(code).toBe(0);
  expect(out).toContain('✓ The app is subscribed');
});
