// The settings of Telegram: rows of the table in config.ts.

import { z } from 'zod';
import { address, count, setting } from './setting.ts';

// core.telegram.org/bots/api#setwebhook, read 2026-11-21
const WEBHOOK_SECRET = /^[A-Za-z0-9_-]{1,256}$/;
const BOT_TOKEN = /^\d{1,20}:[A-Za-z0-9_-]{1,100}$/;
// core.telegram.org/bots/faq#broadcasting-to-users, read 2026-11-21
const PER_SECOND_MAX = 1_000;

export const TELEGRAM_SETTINGS = {
  telegramToken: setting({
    env: 'TELEGRAM_BOT_TOKEN',
    doc: "The bot's token, from @BotFather. Without it there is no Telegram.",
    default: undefined,
    schema: z
      .string()
      .regex(BOT_TOKEN, {
        error: 'is not a bot token. Copy it again from @BotFather: digits, a colon, letters and digits',
      })
      .optional(),
    secret: true,
  }),
  telegramApiRoot: setting({
    env: 'TELEGRAM_API_ROOT',
    doc: "Another Bot API server than Telegram's own, without the /bot… part.",
    default: 'https://api.telegram.org',
    schema: address(['https:', 'http:'], 'is not a web address. Write it like https://api.telegram.org'),
  }),
  telegramMode: setting({
    env: 'TELEGRAM_MODE',
    doc: '`polling`: the program fetches messages and needs no public address. `webhook`: Telegram posts them to TELEGRAM_WEBHOOK_URL.',
    default: 'polling',
    schema: z.enum(['polling', 'webhook'], { error: 'must be polling or webhook' }),
  }),
  telegramWebhookUrl: setting({
    env: 'TELEGRAM_WEBHOOK_URL',
    doc: 'Public https address that Telegram posts to. Needed in webhook mode.',
    default: undefined,
    schema: address(
      ['https:'],
      'is not an https address. Write the public address of the webhook, beginning with https://',
    ).optional(),
    secret: true,
  }),
  telegramWebhookSecret: setting({
    env: 'TELEGRAM_WEBHOOK_SECRET',
    doc: 'What Telegram must say with each post: 1 to 256 letters, digits, "_" or "-". Needed in webhook mode.',
    default: undefined,
    schema: z
      .string()
      .regex(WEBHOOK_SECRET, {
        error: 'is not a secret Telegram takes. Write 1 to 256 letters, digits, "_" or "-"',
      })
      .optional(),
    secret: true,
  }),
  telegramPerSecond: setting({
    env: 'TELEGRAM_MESSAGES_PER_SECOND',
    doc: 'Messages a second that all processes together send by Telegram. 30 are free. Above that each message is asked for as a paid broadcast, which Telegram gives to large bots alone and takes from their Stars.',
    default: '30',
    schema: count(1, PER_SECOND_MAX),
  }),
};

export type TelegramConfig = {
  readonly token: string;
  readonly apiRoot: string;
  /** Messages a second to all people together. */
  readonly perSecond: number;
} & (
  | { readonly mode: 'polling' }
  | { readonly mode: 'webhook'; readonly webhookUrl: string; readonly webhookSecret: string }
);
