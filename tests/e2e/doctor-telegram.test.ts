import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BotApi, startBotApi } from '../support/bot-api-emulator/bot-api.ts';
import { comadre } from '../support/run-program.ts';

const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';

let api: BotApi;
let folder: string;
beforeAll(async () => {
  api = await startBotApi({ token: TOKEN });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-doctor-'));
});
afterAll(async () => {
  expect(api.violations).toEqual([]);
  await api.stop();
  fs.rmSync(folder, { recursive: true });
});

const doctor = async (more: Readonly<Record<string, string>> = {}) => {
  const settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.url, ...more };
  const ended = await comadre(folder, ['doctor'], { settings });
  expect(ended.out + ended.err).not.toContain('invented');
  return ended;
};

const WEBHOOK = {
  TELEGRAM_MODE: 'webhook',
  TELEGRAM_WEBHOOK_URL: 'https://comadre.example.org/telegram/invented-path',
  TELEGRAM_WEBHOOK_SECRET: 'invented-secret_0123456789',
};

describe('the doctor on Telegram', () => {
  test('asks Telegram for the bot, and says what is left to do at @BotFather', async () => {
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(out).toContain('✓ Telegram is configured (polling), as @comadre_bot.');
    expect(out).toContain('/setjoingroups');
    expect(api.calls.map(({ method }) => method)).toEqual(['getMe', 'getWebhookInfo']);
  });

  test('finds a token that Telegram does not know', async () => {
    const { code, out } = await doctor({ TELEGRAM_BOT_TOKEN: `${TOKEN}x` });
    expect(code).toBe(1);
    expect(out).toContain('✗ Telegram is configured (polling), and does not know the token.');
  });

  test('is no worse when Telegram does not answer: the program starts all the same', async () => {
    const { code, out } = await doctor({ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
    expect(code).toBe(0);
    expect(out).toContain('✓ Telegram is configured (polling), and did not answer just now.');
  });

  test('says that a webhook is complete, and what is missing when it is not', async () => {
    const { code, out } = await doctor(WEBHOOK);
    expect(code).toBe(0);
    expect(out).toContain('(webhook, with its address and its secret), as @comadre_bot');
    expect(out).toContain('The webhook is not registered yet');
    const { TELEGRAM_WEBHOOK_SECRET: _, ...unfinished } = WEBHOOK;
    const missing = await doctor(unfinished);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('TELEGRAM_WEBHOOK_SECRET is missing, and TELEGRAM_MODE=webhook needs it.');
  });
});
