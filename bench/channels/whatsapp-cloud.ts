import { createHmac } from 'node:crypto';
import { loadTemplates } from '../../src/app/load-templates.ts';
import { startCloudApi } from '../../tests/support/cloud-api-emulator/cloud-api.ts';
import { drawn } from '../seeded.ts';
import { type PostingEmulator, type Posts, RETRY_AFTER_SECONDS } from './emulator.ts';
import { numberOf } from './people.ts';
import type { Post } from './post.ts';

const LOCALES = new URL('../../locales/', import.meta.url);
const TOKEN = 'EAAinvented-token-of-the-emulator-01';
const APP_SECRET = 'invented5ecret0123456789abcdef00';
const VERIFY_TOKEN = 'invented_verify_token';
const PHONE_NUMBER_ID = '106540352242922';
const PATH = '/webhooks/whatsapp';
const HEADER = 'x-hub-signature-256';
/** Meta may put more into one post; with a few each, many posts come one after the other. */
const BATCH_MAX = 4;
/** "Too many messages from this number" (Meta, error codes). */
const TOO_FAST = 130_429;

export const startWhatsAppCloud = async (): Promise<PostingEmulator> => {
  const account = { token: TOKEN, phoneNumberId: PHONE_NUMBER_ID, appSecret: APP_SECRET };
  const api = await startCloudApi({ ...account, batchMax: BATCH_MAX, templates: approved() });
  return {
    label: 'WhatsApp Cloud API',
    channel: 'whatsapp-cloud',
    perSecond: 80,
    settings: {
      WHATSAPP_CLOUD_TOKEN: TOKEN,
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
      WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
      WHATSAPP_CLOUD_VERIFY_TOKEN: VERIFY_TOKEN,
      WHATSAPP_CLOUD_API_ROOT: api.url,
    },
    posts,
    meet: async (url) => api.hooks.at(`${url}${PATH}`),
    phone: (n) => {
      const person = api.person(accountOf(n));
      return {
        says: async (text) => {
          const id = person.says(text);
          return async () => api.hooks.again(({ value }) => idIn(value) === id);
        },
        heard: async () => person.inbox().map((message) => ({ id: message.id, text: message.text })),
      };
    },
    open: () => api.hooks.open(),
    spoil: (faults) => {
      for (const { after, status } of faults) {
        const wait = status === 429 ? { code: TOO_FAST, retryAfter: String(RETRY_AFTER_SECONDS) } : {};
        api.fault.next({ on: 'messages', after, status, ...wait });
      }
    },
    calls: () =>
      api.calls
        .filter(({ path }) => path.endsWith('/messages'))
        .map(({ body, at, refused }) => ({ to: recipientIn(body), at, refused })),
    violations: () => api.violations,
    stop: () => api.stop(),
  };
};

/** Meta has approved all that we have. */
const approved = (): Record<string, number> =>
  Object.fromEntries(
    Object.values(loadTemplates(LOCALES)).flatMap((texts) =>
      Object.values(texts).map(({ name, language, values }) => [`${name}/${language}`, values.length]),
    ),
  );

/** Meta still names Mexican mobile numbers with a 1 after 52. */
const accountOf = (n: number): string => numberOf(n).replace(/^52/u, '521');

/** The id of the message that a change brings. */
const idIn = (value: Readonly<Record<string, unknown>>): unknown => {
  const messages = value['messages'];
  return Array.isArray(messages) ? (messages[0] as { readonly id?: unknown } | undefined)?.id : undefined;
};

const recipientIn = (body: unknown): string =>
  String((body as { readonly to?: unknown; readonly recipient?: unknown }).to);

const posts: Posts = {
  genuine: (n, id, text) => signed(bodyOf({ n, id, text })),
  forged: (n, id, draw) => drawn(FORGERIES, draw)(bodyOf({ n, id, text: 'saldo' })),
};

type Said = { readonly n: number; readonly id: number; readonly text: string };

const bodyOf = ({ n, id, text }: Said): string => {
  const account = accountOf(n);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const message = { from: account, id: `wamid.POST${id}`, timestamp, type: 'text', text: { body: text } };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '525550100000', phone_number_id: PHONE_NUMBER_ID },
    contacts: [{ profile: { name: 'Persona' }, wa_id: account }],
    messages: [message],
  };
  const entry = [{ id: '102290129340398', changes: [{ field: 'messages', value }] }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
};

const hmac = (body: string, secret = APP_SECRET, algorithm = 'sha256'): string =>
  createHmac(algorithm, secret).update(body).digest('hex');

const withSignature = (body: string, signature: string): Post => ({
  path: PATH,
  body,
  headers: { [HEADER]: signature },
});
const signed = (body: string): Post => withSignature(body, `sha256=${hmac(body)}`);

/** Every way to be nearly right. */
const FORGERIES: readonly ((body: string) => Post)[] = [
  (body) => ({ path: PATH, body, headers: {} }),
  (body) => withSignature(body, ''),
  (body) => withSignature(body, `sha256=${'0'.repeat(64)}`),
  (body) => withSignature(body, `sha256=${hmac(body, VERIFY_TOKEN)}`),
  (body) => withSignature(body, `sha256=${hmac(body, '')}`),
  (body) => withSignature(body, `sha1=${hmac(body, APP_SECRET, 'sha1')}`),
  // Her words changed after Meta had signed them; and a right signature of another post.
  (body) => ({ ...signed(body), body: body.replace('saldo', 'salda') }),
  (body) => withSignature(body, `sha256=${hmac('')}`),
  (body) => withSignature(body, `sha256=${hmac(body).slice(0, -1)}`),
  (body) => withSignature(body, hmac(body)),
];
