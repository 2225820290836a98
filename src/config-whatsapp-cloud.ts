// The settings of WhatsApp by the Cloud API: rows of the table in config.ts.

import { z } from 'zod';
import { address, count, setting } from './setting.ts';

// developers.facebook.com, WhatsApp, throughput, read 2026-11-21
const PER_SECOND_MAX = 1_000;

export const WHATSAPP_CLOUD_SETTINGS = {
  whatsAppCloudToken: setting({
    env: 'WHATSAPP_CLOUD_TOKEN',
    doc: 'Token of a system account of the Meta business, for the WhatsApp Cloud API. Without it there is no WhatsApp by the Cloud API.',
    default: undefined,
    schema: z
      .string()
      .regex(/^[\x21-\x7E]{20,1024}$/u, {
        error: 'is not a token of Meta. Copy it again: letters and digits, in one piece',
      })
      .optional(),
    secret: true,
  }),
  whatsAppCloudPhoneNumberId: setting({
    env: 'WHATSAPP_CLOUD_PHONE_NUMBER_ID',
    doc: "Meta's id of the business telephone number; it is not the number itself.",
    default: undefined,
    schema: z
      .string()
      .regex(/^\d{5,32}$/u, {
        error: 'is not the id of a number. Copy the digits under "Phone number ID" in WhatsApp, API Setup',
      })
      .optional(),
  }),
  whatsAppCloudAppSecret: setting({
    env: 'WHATSAPP_CLOUD_APP_SECRET',
    doc: 'Secret of the Meta app, which signs what Meta posts. Two with a comma between while it is being changed for another.',
    default: undefined,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9]{16,128}(?:\s*,\s*[A-Za-z0-9]{16,128})?$/u, {
        error: 'is not an app secret, nor two with a comma between. Copy it from App settings, Basic',
      })
      .transform((text) => text.split(',').map((secret) => secret.trim()))
      .optional(),
    secret: true,
  }),
  whatsAppCloudVerifyToken: setting({
    env: 'WHATSAPP_CLOUD_VERIFY_TOKEN',
    doc: 'A word you choose and also give to Meta with the webhook /webhooks/whatsapp: 16 to 256 letters, digits, "_" or "-".',
    default: undefined,
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,256}$/u, {
        error: 'is too short or has other signs. Write 16 to 256 letters, digits, "_" or "-"',
      })
      .optional(),
    secret: true,
  }),
  whatsAppCloudApiRoot: setting({
    env: 'WHATSAPP_CLOUD_API_ROOT',
    doc: "Another server than Meta's own, without the version.",
    default: 'https://graph.facebook.com',
    schema: address(['https:', 'http:'], 'is not a web address. Write it like https://graph.facebook.com'),
  }),
  whatsAppCloudVersion: setting({
    env: 'WHATSAPP_CLOUD_VERSION',
    doc: 'Version of the Graph API. Meta keeps each about two years.',
    default: 'v26.0',
    schema: z.string().regex(/^v\d{1,3}\.\d{1,2}$/u, { error: 'is not a version. Write it like v26.0' }),
  }),
  whatsAppCloudBusinessAccountId: setting({
    env: 'WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID',
    doc: "Meta's id of the WhatsApp business account. With it comadre doctor also asks whether the templates are approved and the webhook is subscribed.",
    default: undefined,
    schema: z
      .string()
      .regex(/^\d{5,32}$/u, {
        error: 'is not the id of an account. Copy the digits under "WhatsApp Business Account ID"',
      })
      .optional(),
  }),
  whatsAppCloudPerSecond: setting({
    env: 'WHATSAPP_CLOUD_MESSAGES_PER_SECOND',
    doc: 'Messages a second that all processes together send by the Cloud API. 80 to begin with; Meta raises a busy number to 1,000.',
    default: '80',
    schema: count(1, PER_SECOND_MAX),
  }),
};

export type WhatsAppCloudConfig = {
  readonly token: string;
  readonly phoneNumberId: string;
  /** One, or two while it is being changed. */
  readonly appSecrets: readonly string[];
  readonly verifyToken: string;
  readonly apiRoot: string;
  readonly version: string;
  /** Of the WhatsApp business account; undefined: what only it can tell is not looked at. */
  readonly businessAccountId?: string | undefined;
  /** Messages a second to all people together. */
  readonly perSecond: number;
};
