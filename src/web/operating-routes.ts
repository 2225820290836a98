import type { FastifyInstance } from 'fastify';

/** What the server asks the program about its own state. */
export type OperatingOptions = {
  /** `ok` is false when the program should be restarted. The other fields are shown as they are. */
  readonly health: () => Promise<{ readonly ok: boolean; readonly [field: string]: unknown }>;
  /** Whether messages can be taken now. */
  readonly ready: () => Promise<boolean>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
};

/** GET /healthz, /readyz and /metrics, for the machines that watch the program. A question that fails is a "no". */
export function addOperatingRoutes(
  server: FastifyInstance,
  { health, ready, metrics }: OperatingOptions,
): void {
  server.get('/healthz', async (_request, reply) => {
    const answer = await health().catch(() => ({ ok: false, error: 'the health check itself failed' }));
    return reply.code(answer.ok ? 200 : 503).send(answer);
  });

  server.get('/readyz', async (_request, reply) => {
    const isReady = await ready().catch(() => false);
    return reply.code(isReady ? 200 : 503).send({ ready: isReady });
  });

  server.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await metrics();
    return reply.header('content-type', contentType).send(body);
  });
}
