import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorChannel } from '../channels/simulator/simulator.ts';
import { addressOf, wrongAddress } from './simulator-address.ts';
import { readSimulatorBody } from './simulator-body.ts';

const MESSAGE_BYTES_MAX = 65_536;

export function addMessageRoute(server: FastifyInstance, channel: SimulatorChannel): void {
  server.post('/simulator/:address/messages', { bodyLimit: MESSAGE_BYTES_MAX }, async (request, reply) => {
    const address = addressOf(request);
    if (address === undefined) return reply.code(400).send(wrongAddress);
    const read = readSimulatorBody(request.body);
    if (!read.ok) return reply.code(400).send({ error: read.error });
    return postOrSay(request, reply, () => channel.post({ address, ...read.post }));
  });
}

/** 202: the app has it safe, and its answer comes as an event. 503: it could not be kept. */
export async function postOrSay(
  request: FastifyRequest,
  reply: FastifyReply,
  post: () => Promise<void>,
): Promise<FastifyReply> {
  try {
    await post();
  } catch (error) {
    request.log.error({ name: error instanceof Error ? error.name : typeof error }, 'a message was not kept');
    return reply
      .code(503)
      .send({ error: 'the message could not be kept; send it again with the same messageId' });
  }
  return reply.code(202).send({ ok: true });
}
