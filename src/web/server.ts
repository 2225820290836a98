import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { answerErrorsInWords } from './errors.ts';
import { addOperatingRoutes, type OperatingOptions } from './operating-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { addSimulatorRoutes, type SimulatorOptions } from './simulator-routes.ts';
import { addTelegramWebhook, type TelegramWebhookOptions } from './telegram-webhook.ts';

const REQUEST_TIMEOUT_MS = 30_000; // to receive a whole request; answers that stay open are not counted

export type ServerOptions = OperatingOptions & {
  /** Receives no body, no header and no path of any request: some paths and headers are secrets. */
  readonly log: FastifyBaseLogger;
  readonly simulator?: SimulatorOptions;
  readonly telegramWebhook?: TelegramWebhookOptions;
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

  const { simulator, telegramWebhook } = options;
  if (simulator) server.register(async (scope) => addSimulatorRoutes(scope, simulator));
  if (telegramWebhook) addTelegramWebhook(server, telegramWebhook);
  return server;
}
