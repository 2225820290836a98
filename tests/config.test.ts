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
      simulator: true,
      logLevel: 'info',
    });
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

  test('polling needs a token only', () => {
    expect(configOf({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      mode: 'polling',
    });
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
