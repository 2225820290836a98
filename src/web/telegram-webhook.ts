import type { FastifyInstance } from 'fastify';

const WEBHOOK_BYTES_MAX = 1_048_576;

/** `unavailable`: we could not keep it; the platform sends it again later. */
export type WebhookOutcome = 'accepted' | 'malformed' | 'forbidden' | 'unavailable';

export type TelegramWebhookOptions = {
  /** Begins with "/". It may itself be a secret: it is never logged. */
  readonly path: string;
  /** Resolves once the update is safe in the database. `body` is any JSON. Throwing means `unavailable`. */
  readonly receive: (secret: string | undefined, body: unknown) => Promise<WebhookOutcome>;
};

const answers = {
  accepted: { status: 200, body: { ok: true } },
  malformed: {
    status: 400,
    body: { error: 'this is not a Telegram update; send one update as a JSON object' },
  },
  forbidden: {
    status: 403,
    body: { error: 'the header x-telegram-bot-api-secret-token is missing or wrong; set the webhook again' },
  },
  unavailable: { status: 503, body: { error: 'the update could not be kept; send it again later' } },
} as const;

/** The route Telegram posts updates to. Only 200 stops Telegram from sending the same update again. */
export function addTelegramWebhook(server: FastifyInstance, { path, receive }: TelegramWebhookOptions): void {
  server.post(path, { bodyLimit: WEBHOOK_BYTES_MAX }, async (request, reply) => {
    const header = request.headers['x-telegram-bot-api-secret-token'];
    const secret = typeof header === 'string' ? header : undefined;
    const outcome = await receive(secret, request.body).catch((error: unknown): WebhookOutcome => {
      request.log.error(
        { name: error instanceof Error ? error.name : typeof error },
        'an update was not kept',
      );
      return 'unavailable';
    });
    const { status, body } = answers[outcome];
    return reply.code(status).send(body);
  });
}
