import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isAddress } from './simulator-address.ts';
import type { SimulatorOptions } from './simulator-options.ts';

const pageSchema = z.object({ page: z.uuid() });
const moveSchema = z.strictObject({
  to: z.enum(['tomorrow', 'week', 'reminder']),
  address: z.string().refine(isAddress),
});

/** A page's own time: when it began, what the clock says, moving it on, and all that happened as a test. */
export function addSessionRoutes(
  server: FastifyInstance,
  { channel, clock, transcript }: SimulatorOptions,
): void {
  const { story } = channel;

  const sessionOf = async (query: unknown) => {
    const before = pageSchema.safeParse(query).data?.page;
    const isKnown = before !== undefined && story.since(before) !== undefined;
    const now = clock.now();
    return { page: isKnown ? before : story.begin(now), now, mayMove: await clock.mayMove() };
  };
  server.get('/simulator/session', (request) => sessionOf(request.query));

  server.post('/simulator/clock', async (request, reply) => {
    const move = moveSchema.safeParse(request.body);
    if (!move.success) {
      return reply.code(400).send({ error: 'send {"to": "tomorrow", "week" or "reminder", "address": "…"}' });
    }
    if (await clock.move(move.data)) return { now: clock.now() };
    return reply.code(409).send({
      error:
        'the clock of these books does not move; it does on the demo, or with SIMULATOR=on and no real channel',
    });
  });

  server.get('/simulator/transcript', async (request, reply) => {
    const page = pageSchema.safeParse(request.query).data?.page;
    const text = page === undefined ? undefined : await transcript(page);
    if (text === undefined) {
      return reply.code(404).send({ error: 'the beginning of this page is forgotten; load the page again' });
    }
    return reply
      .headers({
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': 'attachment; filename="simulador.txt"',
      })
      .send(text);
  });
}
