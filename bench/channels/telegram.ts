import { setTimeout } from 'node:timers/promises';
import { until } from '../../tests/channels/contract/rig.ts';
import { startBotApi } from '../../tests/support/bot-api-emulator/bot-api.ts';
import { drawn } from '../seeded.ts';
import { type PostingEmulator, type Posts, RETRY_AFTER_SECONDS } from './emulator.ts';
import { telegramIdOf } from './people.ts';
import type { Post } from './post.ts';

const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
const SECRET = 'invented-secret_0123456789';
const PATH = '/webhooks/telegram';
/** Telegram posts to https alone; what receives it there passes it on to the program. */
const PUBLIC = `https://comadre.invalid${PATH}`;
const HEADER = 'x-telegram-bot-api-secret-token';
const LOOK_MS = 2;
const START_MS_MAX = 60_000;
/** Above every number that the emulator gives. */
const FIRST_ID = 1_000_000;

export const startTelegram = async (mode: 'polling' | 'webhook'): Promise<PostingEmulator> => {
  const api = await startBotApi({ token: TOKEN });
  const confirmed = async (update: number): Promise<void> => {
    while (api.unconfirmed().includes(update)) await setTimeout(LOOK_MS);
  };
  return {
    label: `Telegram by ${mode}`,
    channel: 'telegram',
    perSecond: 30,
    settings: {
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.url,
      TELEGRAM_MODE: mode,
      ...(mode === 'webhook' && { TELEGRAM_WEBHOOK_URL: PUBLIC, TELEGRAM_WEBHOOK_SECRET: SECRET }),
    },
    posts,
    meet: async (url, processes) => {
      if (mode !== 'webhook') return;
      // A program is ready before its channels are: what it says of its address must not come after what we say.
      const named = (): number => api.calls.filter(({ method }) => method === 'setWebhook').length;
      await until('the program names its webhook', () => named() >= processes, START_MS_MAX);
      await setWebhook(api.url, url);
    },
    phone: (n) => {
      const person = api.person(telegramIdOf(n));
      return {
        says: async (text) => {
          const update = person.says(text);
          if (update === undefined) throw new Error('nobody asked for messages');
          // What is fetched comes again only after it was confirmed: with the next update the one before is forgotten.
          return async () => {
            if (mode === 'polling') await confirmed(update);
            api.redeliver(update);
          };
        },
        heard: async () => person.inbox().map(({ messageId, text }) => ({ id: String(messageId), text })),
      };
    },
    open: () => api.unconfirmed().length,
    spoil: (faults) => {
      for (const { after, status } of faults) {
        const wait = status === 429 ? { retryAfter: RETRY_AFTER_SECONDS } : {};
        api.fault.next({ method: 'sendMessage', after, status, ...wait });
      }
    },
    calls: () =>
      api.calls
        .filter(({ method }) => method === 'sendMessage')
        .map(({ params, at, refused }) => ({ to: String(params['chat_id']), at, refused })),
    violations: () => api.violations,
    stop: () => api.stop(),
  };
};

/** The program has named its public address; on this machine nothing stands there. */
const setWebhook = async (apiUrl: string, url: string): Promise<void> => {
  const answer = await fetch(`${apiUrl}/bot${TOKEN}/setWebhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${url}${PATH}`, secret_token: SECRET }),
  });
  if (!answer.ok) throw new Error(`the emulator refused the webhook: ${answer.status}`);
};

const posts: Posts = {
  genuine: (n, id, text) => postOf({ n, id, text }, { [HEADER]: SECRET }),
  forged: (n, id, draw) => postOf({ n, id, text: 'saldo' }, drawn(FORGERIES, draw)),
};

type Said = { readonly n: number; readonly id: number; readonly text: string };

const postOf = ({ n, id, text }: Said, headers: Readonly<Record<string, string>>): Post => {
  const from = { id: telegramIdOf(n), is_bot: false, first_name: 'Persona' };
  const chat = { id: from.id, type: 'private', first_name: from.first_name };
  const message = { message_id: FIRST_ID + id, from, chat, date: Math.floor(Date.now() / 1_000), text };
  return { path: PATH, headers, body: JSON.stringify({ update_id: FIRST_ID + id, message }) };
};

/** Every way to be nearly right. */
const FORGERIES: readonly Readonly<Record<string, string>>[] = [
  {},
  { [HEADER]: '' },
  { [HEADER]: SECRET.slice(0, -1) },
  { [HEADER]: `${SECRET}0` },
  { [HEADER]: SECRET.toUpperCase() },
  { [HEADER]: `${SECRET}, ${SECRET}` },
  { [HEADER]: 'x'.repeat(SECRET.length) },
  { [HEADER]: 'undefined' },
  { authorization: SECRET },
];
