import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type FastifyInstance, fastify } from 'fastify';
import { expect } from 'vitest';
import {
  type WhatsAppCloudChannel,
  type WhatsAppCloudSettings,
  whatsAppCloudChannel,
} from '../../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import { addWhatsAppWebhook } from '../../../src/web/whatsapp-webhook.ts';
import { type CloudApi, startCloudApi } from '../../support/cloud-api-emulator/cloud-api.ts';

export const TOKEN = 'EAAinvented-token-of-the-emulator-01';
export const APP_SECRET = 'invented5ecret0123456789abcdef00';
export const VERIFY_TOKEN = 'invented_verify_token';
export const PHONE_NUMBER_ID = '106540352242922';

const TEMPLATES = {
  es: {
    'new-message': { name: 'mensaje_nuevo', language: 'es_MX', values: ['nombre'] },
    reminder: { name: 'te_espero', language: 'es_MX', values: ['nombre', 'día', 'hora', 'líder'] },
    gone: { name: 'no_registrada', language: 'es_MX', values: [] },
  },
  en: { 'new-message': { name: 'new_message', language: 'en_US', values: ['name'] } },
};

const REGISTERED = { 'mensaje_nuevo/es_MX': 1, 'te_espero/es_MX': 4, 'new_message/en_US': 1 };

type Logged = { readonly fields: unknown; readonly message: string };

export type Bench = {
  readonly api: CloudApi;
  readonly logged: readonly Logged[];
  /** Where the emulator posts to. */
  readonly hookUrl: string;
  /** A new channel at the emulator, not started; the web server passes what is posted on to the newest one. */
  channel(more?: Partial<WhatsAppCloudSettings>): WhatsAppCloudChannel;
  /** Stops everything; then nothing wrong may have been called and no secret logged. */
  finish(): Promise<void>;
};

export async function startBench(): Promise<Bench> {
  const api = await startCloudApi({
    token: TOKEN,
    phoneNumberId: PHONE_NUMBER_ID,
    appSecret: APP_SECRET,
    templates: REGISTERED,
  });
  const logged: Logged[] = [];
  const channels: WhatsAppCloudChannel[] = [];
  const write = (fields: unknown, message: string): void => void logged.push({ fields, message });
  const server = await webServer(() => channels.at(-1));
  const hookUrl = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/webhooks/whatsapp`;
  return {
    api,
    logged,
    hookUrl,
    channel(more) {
      const made = whatsAppCloudChannel({
        token: TOKEN,
        phoneNumberId: PHONE_NUMBER_ID,
        appSecrets: [APP_SECRET],
        verifyToken: VERIFY_TOKEN,
        apiRoot: api.url,
        version: 'v26.0',
        templates: TEMPLATES,
        log: { warn: write, info: write },
        ...more,
      });
      channels.push(made);
      api.hooks.at(hookUrl);
      return made;
    },
    async finish() {
      await Promise.all(channels.map((each) => each.stop()));
      await api.stop();
      await server.close();
      expect(api.violations).toEqual([]);
      expect(JSON.stringify(logged)).not.toMatch(/invented-token|invented5ecret|invented_verify|52\d{10}/u);
    },
  };
}

async function webServer(channel: () => WhatsAppCloudChannel | undefined): Promise<FastifyInstance> {
  const server = fastify({ forceCloseConnections: true });
  addWhatsAppWebhook(server, {
    challenge: (query) => channel()?.challenge(query),
    receive: async (signature, bytes) => (await channel()?.receiveWebhook(signature, bytes)) ?? 'unavailable',
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return server;
}

/** What Meta says that it signed a body with. */
export const signatureOf = (body: Uint8Array | string, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A payload with these messages, as Meta posts it. */
export const posted = (
  messages: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '525550100000', phone_number_id: PHONE_NUMBER_ID },
            messages,
            ...more,
          },
        },
      ],
    },
  ],
});

/** A message of Ana's. */
export const fromAna = (
  id: string,
  content: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({ from: '5215550100001', id, timestamp: '1795000000', ...content });
