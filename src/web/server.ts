import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { PinDoor } from '../app/pin-door.ts';
import { answerErrorsInWords } from './errors.ts';
import { guardRoutes, routesFor } from './gate.ts';
import { addOperatingRoutes, type OperatingOptions } from './operating-routes.ts';
import { addPinPage } from './pin-page.ts';
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
  /** Takes what was typed on a PIN's page; without it there is no such page. */
  readonly takePin?: PinDoor;
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
  guardRoutes(server);
  answerErrorsInWords(server);
  routesFor(server, 'see-health', (scope) => addOperatingRoutes(scope, options));

  const { simulator, takePin, telegramWebhook, whatsAppWebhook, whatsAppWeb } = options;
  if (simulator)
    routesFor(server, 'use-simulator', (scope) => addSimulatorRoutes(scope, simulator, whatsAppWeb?.path));
  if (takePin) routesFor(server, 'use-page', (scope) => addPinPage(scope, takePin));
  if (telegramWebhook)
    routesFor(server, 'offer-message', (scope) => addTelegramWebhook(scope, telegramWebhook));
  if (whatsAppWebhook)
    routesFor(server, 'offer-message', (scope) => addWhatsAppWebhook(scope, whatsAppWebhook));
  if (whatsAppWeb) routesFor(server, 'use-simulator', (scope) => addWhatsAppWebPage(scope, whatsAppWeb));
  return server;
}
