import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Config, loadEnv, readConfig, SETTINGS } from '../src/config.ts';

const TOKEN = '7000000001:AAinvented-token';

const configOf = (env: Record<string, string | undefined>): Config => {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.faults.join('\n'));
  return reading.config;
};

const faultsOf = (env: Record<string, string | undefined>): string[] => {
  const reading = readConfig(env);
  return reading.ok ? [] : reading.faults;
};

describe('settings', () => {
  test('with nothing set the program runs on this machine alone, with the simulator', () => {
    expect(configOf({})).toEqual({
      databaseUrl: undefined,
      port: 8080,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      keyFile: path.resolve('data.key'),
      telegram: undefined,
      whatsAppCloud: undefined,
      simulator: true,
      simulatorClock: 'demo-books',
      logLevel: 'info',
      roles: ['web', 'worker', 'clock'],
      unaskedDailyMax: 6,
      secondAbove: 50,
      keepRecordsDays: 400,
      rights: { erasureDays: 15, auditYears: 5, contact: '' },
      wordsKept: { wordsDays: 30, talksDays: 90 },
      limits: { person: 20, group: 200, programme: 60_000 },
    });
  });

  test('a part of the program alone needs a database to share, and what only one process can do needs both its halves', () => {
    const shared = { DATABASE_URL: 'postgres://comadre@127.0.0.1:5432/comadre' };
    expect(faultsOf({ PROCESS_ROLES: 'web' })).toEqual([expect.stringMatching(/set DATABASE_URL\.$/u)]);
    expect(configOf({ ...shared, PROCESS_ROLES: 'clock, worker' }).roles).toEqual(['worker', 'clock']);
    expect(configOf({ ...shared, PROCESS_ROLES: 'web' }).simulator).toBe(false);
    expect(faultsOf({ ...shared, PROCESS_ROLES: 'web', SIMULATOR: 'on' })).toHaveLength(1);
    expect(faultsOf({ ...shared, PROCESS_ROLES: 'worker,clock', WHATSAPP_WEB: 'on' })).toHaveLength(1);
    expect(faultsOf({ PROCESS_ROLES: 'web,cook' })).toEqual([
      expect.stringMatching(/^PROCESS_ROLES must be some of web, worker, clock/u),
    ]);
  });

  test('the key file is beside the data folder', () => {
    expect(configOf({ COMADRE_DATA_DIR: '/srv/comadre/' }).keyFile).toBe('/srv/comadre.key');
  });

  test.each(['./data/root.key', './data', './data/..root.key'])(
    'a key file inside the data folder is refused: %s',
    (file) => {
      expect(faultsOf({ COMADRE_KEY_FILE: file })).toEqual([
        expect.stringMatching(/^COMADRE_KEY_FILE lies inside/),
      ]);
    },
  );

  test('an empty variable counts as missing', () => {
    expect(configOf({ PORT: '', TELEGRAM_BOT_TOKEN: ' ' })).toEqual(configOf({}));
  });

  test('the simulator is off once there is a real channel, unless it is asked for', () => {
    expect(configOf({ TELEGRAM_BOT_TOKEN: TOKEN }).simulator).toBe(false);
    expect(configOf({ TELEGRAM_BOT_TOKEN: TOKEN, SIMULATOR: 'on' }).simulator).toBe(true);
    expect(configOf({ SIMULATOR: 'off' }).simulator).toBe(false);
  });

  test.each([
    ['nothing is set', {}, 'demo-books'],
    ['it is asked for', { SIMULATOR: 'on' }, 'any-books'],
    ['it is off', { SIMULATOR: 'off' }, 'no-books'],
    ["a server's database is used", { DATABASE_URL: 'postgres://db/comadre' }, 'no-books'],
    ['both are asked for', { DATABASE_URL: 'postgres://db/comadre', SIMULATOR: 'on' }, 'any-books'],
    ['a real channel runs', { TELEGRAM_BOT_TOKEN: TOKEN }, 'no-books'],
    ['a real channel runs beside it', { TELEGRAM_BOT_TOKEN: TOKEN, SIMULATOR: 'on' }, 'no-books'],
  ])("when %s the simulator's clock is told on which books it may move", (_when, env, rule) => {
    expect(configOf(env).simulatorClock).toBe(rule);
  });

  test('WhatsApp by whatsapp-web.js is off unless asked for, and keeps its link in the data folder', () => {
    expect(configOf({}).whatsAppWeb).toBeUndefined();
    const config = configOf({ WHATSAPP_WEB: 'on', COMADRE_DATA_DIR: '/srv/comadre/data' });
    expect(config.whatsAppWeb).toEqual({
      folder: path.resolve('/srv/comadre/data/whatsapp-web'),
      executablePath: undefined,
      dailyMax: 200,
    });
    expect(config.simulator).toBe(false);
    expect(faultsOf({ WHATSAPP_WEB: 'yes', WHATSAPP_WEB_DAILY_MAX: '0' })).toHaveLength(2);
  });

  test('polling needs a token only', () => {
    expect(configOf({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      perSecond: 30,
      mode: 'polling',
    });
  });

  test('Telegram sends as many messages a second as are bought, up to a thousand', () => {
    const perSecond = (text: string) =>
      configOf({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_MESSAGES_PER_SECOND: text }).telegram?.perSecond;
    expect([perSecond('1'), perSecond('1000')]).toEqual([1, 1_000]);
    for (const wrong of ['0', '1001', '30.5', 'thirty']) {
      expect(faultsOf({ TELEGRAM_MESSAGES_PER_SECOND: wrong })).toEqual([
        'TELEGRAM_MESSAGES_PER_SECOND is not a number it can be. Write a whole number from 1 to 1000.',
      ]);
    }
  });

  test('webhook mode without address, secret and token is refused', () => {
    const faults = faultsOf({ TELEGRAM_MODE: 'webhook' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_URL',
      'TELEGRAM_WEBHOOK_SECRET',
    ]);
  });

  test('webhook mode with all it needs is taken', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.org/telegram',
      TELEGRAM_WEBHOOK_SECRET: 'a_secret-1',
    };
    expect(configOf(env).telegram).toMatchObject({
      mode: 'webhook',
      webhookUrl: 'https://bot.example.org/telegram',
      webhookSecret: 'a_secret-1',
    });
  });

  const CLOUD = {
    WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-nobody',
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_CLOUD_APP_SECRET: 'invented5ecret0123456789abcdef00',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'invented_verify_token',
  };

  test('the WhatsApp Cloud API needs four settings, and is a real channel', () => {
    const config = configOf(CLOUD);
    expect(config.whatsAppCloud).toEqual({
      token: CLOUD.WHATSAPP_CLOUD_TOKEN,
      phoneNumberId: CLOUD.WHATSAPP_CLOUD_PHONE_NUMBER_ID,
      appSecrets: [CLOUD.WHATSAPP_CLOUD_APP_SECRET],
      verifyToken: CLOUD.WHATSAPP_CLOUD_VERIFY_TOKEN,
      apiRoot: 'https://graph.facebook.com',
      version: 'v26.0',
      perSecond: 80,
    });
    expect(config.simulator).toBe(false);
    expect(configOf({ ...CLOUD, SIMULATOR: 'on' }).simulatorClock).toBe('no-books');
  });

  test.each(Object.keys(CLOUD))('without %s alone the others are refused', (missing) => {
    const faults = faultsOf({ ...CLOUD, [missing]: '' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${missing} is missing.*all four or none`));
  });

  test('two app secrets hold while one is being changed, three do not', () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const secrets = (text: string) => ({ ...CLOUD, WHATSAPP_CLOUD_APP_SECRET: text });
    expect(configOf(secrets(`${a}, ${b}`)).whatsAppCloud?.appSecrets).toEqual([a, b]);
    for (const text of [`${a},${b},${a}`, `${a},`, ',', 'short'])
      expect(faultsOf(secrets(text))).toHaveLength(1);
  });

  const wrong = {
    DATABASE_URL: 'mysql://someone:hunter2@db/comadre',
    PORT: '80800',
    HOST: 'http://here/',
    COMADRE_DATA_DIR: '/',
    COMADRE_KEY_FILE: '/elsewhere.key',
    TELEGRAM_BOT_TOKEN: 'hunter2',
    TELEGRAM_API_ROOT: 'api.telegram.org',
    TELEGRAM_MODE: 'push',
    TELEGRAM_WEBHOOK_URL: 'http://hunter2.example.org',
    TELEGRAM_WEBHOOK_SECRET: 'hunter2 with spaces',
    WHATSAPP_CLOUD_TOKEN: 'hunter2',
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '+52 555 010 0000',
    WHATSAPP_CLOUD_APP_SECRET: 'hunter2',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'hunter2',
    WHATSAPP_CLOUD_API_ROOT: 'graph.facebook.com',
    WHATSAPP_CLOUD_VERSION: '26',
    SIMULATOR: 'yes',
    LOG_LEVEL: 'loud',
  };

  test('every fault is reported at once, and no secret in any of them', () => {
    const faults = faultsOf(wrong);
    const named = new Set(faults.map((fault) => fault.split(' ')[0]));
    expect(named).toEqual(new Set(Object.keys(wrong)));
    expect(faults.join('\n')).not.toContain('hunter2');
    for (const fault of faults) expect(fault).toMatch(/\.$/);
  });

  test.each(['-1', '65536', '8e3', '0x50', '80.5'])('%s is no port', (PORT) => {
    expect(faultsOf({ PORT })).toHaveLength(1);
  });

  test.each([['a'.repeat(257)], ['ñ'], ['with space']])(
    'a webhook secret Telegram refuses is refused',
    (secret) => {
      expect(faultsOf({ TELEGRAM_WEBHOOK_SECRET: secret })).toHaveLength(1);
    },
  );

  test('every setting has words and its own variable', () => {
    const rows = Object.values(SETTINGS);
    expect(new Set(rows.map((row) => row.env)).size).toBe(rows.length);
    for (const row of rows) expect(row.doc.length).toBeGreaterThan(20);
  });
});

describe('.env', () => {
  const folder = (): string => {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-env-'));
    onTestFinished(() => fs.rmSync(made, { recursive: true }));
    return made;
  };

  test('is read, and the real environment wins over it', () => {
    const here = folder();
    fs.writeFileSync(path.join(here, '.env'), 'PORT=9000\nHOST="0.0.0.0" # everywhere\n');
    expect(loadEnv(here, { PORT: '7000' })).toEqual({ PORT: '7000', HOST: '0.0.0.0' });
  });

  test('may be missing', () => {
    expect(loadEnv(folder(), { PORT: '7000' })).toEqual({ PORT: '7000' });
  });
});

test('docs/configuration.md says what the table says', () => {
  const script = path.resolve(import.meta.dirname, '../scripts/configuration.mjs');
  execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
});
