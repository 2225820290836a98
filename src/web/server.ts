import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { answerErrorsInWords } from './errors.ts';
import { addOperatingRoutes, type OperatingOptions } from './operating-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import { addSimulatorRoutes } from './simulator-routes.ts';
import { addTelegramWebhook, type TelegramWebhookOptions } from './telegram-webhook.ts';
import { addWhatsAppWebPage, type WhatsAppWebPageOptions } from './whatsapp-web-page.ts';
import { addWhatsAppWebhook, type WhatsAppWebhookOptions } from './whatsapp-webhook.ts';

const REQUEST_TIMEOUT_MS = 30_000; // to receive a whole request; answers that stay open are not counted

export type ServerOptions = OperatingOptions & {
  /** Receives no body, no header and no path of any request: some paths and headers are secrets. */
  readonly log: FastifyBaseLogger;
  readonly simulator?: SimulatorOptions;
  readonly telegramWebhook?: TelegramWebhookOptions;
  readonly whatsAppWebhook?: WhatsAppWebhookOptions;
  readonly whatsAppWeb?: WhatsAppWebPageOptions;
};

/**
 * The web server, not yet listening: state of the program always, the simulator and the webhook when asked for.
 * `close()` also ends the event streams that pages hold open.
 */
export function buildServer(options: ServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
  });
  server.removeContentTypeParser('text/plain'); // only JSON comes in
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(securityHeaders);
  });
  answerErrorsInWords(server);
  addOperatingRoutes(server, options);

  const { simulator, telegramWebhook, whatsAppWebhook, whatsAppWeb } = options;
  if (simulator) server.register(async (scope) => addSimulatorRoutes(scope, simulator));
  if (telegramWebhook) addTelegramWebhook(server, telegramWebhook);
  if (whatsAppWebhook) addWhatsAppWebhook(server, whatsAppWebhook);
  if (whatsAppWeb) server.register(async (scope) => addWhatsAppWebPage(scope, whatsAppWeb));
  return server;
}
