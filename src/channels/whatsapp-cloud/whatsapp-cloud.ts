import type { Channel, Receive, Report } from '../channel.ts';
import type { ChannelLog } from '../channel-log.ts';
import { type GraphSettings, graphOf } from './graph.ts';
import { lookAtWhatsAppCloud } from './look.ts';
import { fetchFile } from './media.ts';
import { sendTo } from './send.ts';
import type { PreparedTemplates } from './templates.ts';
import { challengeOf, takePosted, type WebhookOutcome } from './webhook.ts';

/** Meta lets a number send 80 messages a second, a busy one more. */
const PER_SECOND = 80;
/** To one person it is one in six seconds, with 45 borrowed from the future (Meta, pair rate limits). */
const PER_ADDRESS_MS = 6_000;
/** A few less than Meta's: what was sent again after a lost acknowledgement counts there and not here. */
const BURST = 40;

/** Meta, customer service windows: free words only so long after she last wrote. */
const WINDOW_HOURS = 24;

/** Meta keeps what was uploaded for 30 days (media, 2026-06-16); a day less, since a send may wait. */
const FILE_ID_DAYS = 29;

export type WhatsAppCloudSettings = GraphSettings & {
  /** The app secret; two while one is being changed for another. */
  readonly appSecrets: readonly string[];
  /** The word that Meta says when it asks whether the webhook is ours. */
  readonly verifyToken: string;
  readonly templates: PreparedTemplates;
  /** Messages a second to all people together; 80, unless it is told. */
  readonly perSecond?: number;
  readonly log: ChannelLog;
};

export type WhatsAppCloudChannel = Channel & {
  fetch: NonNullable<Channel['fetch']>;
  /** What to answer to Meta's question whether the webhook is ours; undefined: it was not Meta's question. */
  challenge(query: Readonly<Record<string, unknown>>): string | undefined;
  /** `signature` is the X-Hub-Signature-256 header as it came, `bytes` the body before anybody read it. */
  receiveWebhook(signature: unknown, bytes: Uint8Array): Promise<WebhookOutcome>;
};

/**
 * WhatsApp by Meta's Cloud API. Messages come in by webhook alone. `start` rejects, in plain words, only for what an
 * operator must mend: a wrong token or number. It is started once and stopped once. The platform takes no message back,
 * so there is no `erase`.
 */
export function whatsAppCloudChannel(settings: WhatsAppCloudSettings): WhatsAppCloudChannel {
  const { appSecrets, verifyToken, templates, log } = settings;
  const graph = graphOf(settings);
  const pending = new Set<Promise<unknown>>();
  let running: { readonly receive: Receive; readonly report: Report } | undefined;

  const notRunning = async (): Promise<never> => {
    throw new Error('the WhatsApp channel is not running');
  };

  return {
    name: 'whatsapp-cloud',
    limits: { perSecond: settings.perSecond ?? PER_SECOND, perAddressMs: PER_ADDRESS_MS, burst: BURST },
    windowHours: WINDOW_HOURS,
    fileIdDays: FILE_ID_DAYS,
    async start(receive, report) {
      const look = await lookAtWhatsAppCloud(settings);
      if (look.type === 'wrong-token') {
        throw new Error(
          'Meta does not accept WHATSAPP_CLOUD_TOKEN for this number: make a new token of a system account',
        );
      }
      if (look.type === 'unknown-number') {
        throw new Error(
          'Meta does not know WHATSAPP_CLOUD_PHONE_NUMBER_ID: copy the id of the number, not the number',
        );
      }
      if (look.type === 'no-answer') log.warn({}, 'the WhatsApp Cloud API cannot be reached yet');
      running = { receive, report };
    },
    challenge: (query) => challengeOf(verifyToken, query),
    async receiveWebhook(signature, bytes) {
      const { receive, report } = running ?? { receive: notRunning, report: notRunning };
      const webhook = { appSecrets, phoneNumberId: settings.phoneNumberId, log, receive, report };
      const taking = takePosted(webhook, signature, bytes);
      pending.add(taking);
      return await taking.finally(() => pending.delete(taking));
    },
    send: (address, message) => sendTo({ graph, templates }, address, message),
    fetch: (ref) => fetchFile(graph, settings, ref),
    async stop() {
      running = undefined;
      // What was being received goes on to its end; what is posted from now on is to come again.
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}
