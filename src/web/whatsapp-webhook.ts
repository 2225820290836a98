import type { FastifyInstance } from 'fastify';
import type { WebhookOutcome } from './telegram-webhook.ts';

/** Where Meta posts to: told to Meta once, so it is no setting. */
const WHATSAPP_WEBHOOK_PATH = '/webhooks/whatsapp';

/** Meta, webhooks: payloads of up to 3 MB. */
const WEBHOOK_BYTES_MAX = 3 * 1024 * 1024;

export type WhatsAppWebhookOptions = {
  /** What to answer to Meta's question whether the address is ours; undefined: nothing. */
  readonly challenge: (query: Readonly<Record<string, unknown>>) => string | undefined;
  /** Resolves once the whole batch is safe. `bytes` are the body as it came. Throwing means `unavailable`. */
  readonly receive: (signature: string | undefined, bytes: Uint8Array) => Promise<WebhookOutcome>;
};

const answers = {
  accepted: { status: 200, body: { ok: true } },
  malformed: { status: 400, body: { error: 'this is not a payload of the WhatsApp Cloud API' } },
  forbidden: {
    status: 403,
    body: { error: 'the header x-hub-signature-256 is missing or wrong; check the app secret' },
  },
  unavailable: { status: 503, body: { error: 'the batch could not be kept; send it again later' } },
} as const;

/**
 * The route Meta posts to. The body stays the bytes that were signed: whatever its type, no parser touches it. Only 200
 * stops Meta from sending the same batch again.
 */
export function addWhatsAppWebhook(
  server: FastifyInstance,
  { challenge, receive }: WhatsAppWebhookOptions,
): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.get<{ Querystring: Record<string, unknown> }>(WHATSAPP_WEBHOOK_PATH, async (request, reply) => {
      const answer = challenge(request.query);
      if (answer === undefined)
        return reply.code(403).send({ error: 'the verify token is missing or wrong' });
      return reply.type('text/plain; charset=utf-8').send(answer);
    });
    scope.post(WHATSAPP_WEBHOOK_PATH, { bodyLimit: WEBHOOK_BYTES_MAX }, async (request, reply) => {
      const header = request.headers['x-hub-signature-256'];
      const signature = typeof header === 'string' ? header : undefined;
      const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const outcome = await receive(signature, bytes).catch((error: unknown): WebhookOutcome => {
        request.log.error(
          { name: error instanceof Error ? error.name : typeof error },
          'a batch was not kept',
        );
        return 'unavailable';
      });
      const { status, body } = answers[outcome];
      return reply.code(status).send(body);
    });
  });
}
