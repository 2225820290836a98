import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorMessage } from '../channels/simulator/history.ts';
import type { SimulatorChannel } from '../channels/simulator/simulator.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import { readSimulatorBody } from './simulator-body.ts';
import { simulatorRefusal } from './simulator-guard.ts';
import { simulatorPage } from './simulator-page.ts';

const MESSAGE_BYTES_MAX = 65_536;
const STREAMS_MAX = 64; // open pages with two phones each

/** Someone whose phone the page can be. `group` is the group's name, empty when she has none. */
export type SimulatorPerson = {
  readonly address: string;
  readonly name: string;
  readonly role: 'member' | 'leader' | 'treasurer' | 'secretary';
  readonly group: string;
  /** One line for whoever tries it out, in the language of the page; may be empty. */
  readonly note: string;
  /** Texts she could send, offered above the keyboard. Empty: the page offers its own for her role. */
  readonly suggestions: readonly string[];
};

export type SimulatorOptions = {
  readonly channel: SimulatorChannel;
  readonly people: () => Promise<readonly SimulatorPerson[]>;
  /** The programme's name, shown in the heading of the page. */
  readonly programme: string;
};

/**
 * The simulator's page and what it asks for. `server` must be a scope of its own: every route in it is refused
 * from anywhere but this computer.
 */
export function addSimulatorRoutes(
  server: FastifyInstance,
  { channel, people, programme }: SimulatorOptions,
): void {
  server.addHook('onRequest', async (request, reply) => {
    const error = simulatorRefusal(request);
    if (error !== undefined) await reply.code(403).send({ error });
  });

  server.get('/', (_request, reply) => reply.redirect('/simulator'));
  for (const { path, contentType, content } of simulatorPage(programme)) {
    server.get(path, (_request, reply) => reply.header('content-type', contentType).send(content));
  }
  server.get('/simulator/people', async () => await people());
  server.get('/simulator/:address/history', async (request, reply) => {
    const address = addressOf(request);
    return address === undefined ? reply.code(400).send(wrongAddress) : channel.history(address);
  });
  addMessageRoute(server, channel);
  addEventsRoute(server, channel);
}

/** 202: the app has the message safe. The answer comes as an event. */
function addMessageRoute(server: FastifyInstance, channel: SimulatorChannel): void {
  server.post('/simulator/:address/messages', { bodyLimit: MESSAGE_BYTES_MAX }, async (request, reply) => {
    const address = addressOf(request);
    if (address === undefined) return reply.code(400).send(wrongAddress);
    const read = readSimulatorBody(request.body);
    if (!read.ok) return reply.code(400).send({ error: read.error });
    try {
      await channel.post({ address, ...read.post });
    } catch (error) {
      request.log.error(
        { name: error instanceof Error ? error.name : typeof error },
        'a message was not kept',
      );
      return reply
        .code(503)
        .send({ error: 'the message could not be kept; send it again with the same messageId' });
    }
    return reply.code(202).send({ ok: true });
  });
}

/** Replays what follows Last-Event-ID (everything, when it is absent or forgotten), says "ready", then stays open. */
function addEventsRoute(server: FastifyInstance, channel: SimulatorChannel): void {
  const streams = new Set<EventStream>();
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
  });

  const options = { exposeHeadRoute: false, logLevel: 'silent' } as const; // a page that leaves is no event of ours
  server.get('/simulator/:address/events', options, async (request, reply) => {
    const address = addressOf(request);
    if (address === undefined) return reply.code(400).send(wrongAddress);
    if (streams.size >= STREAMS_MAX) {
      return reply.code(503).send({ error: 'too many open pages of the simulator; close some tabs' });
    }
    const stream = eventStream(() => {
      stopListening();
      streams.delete(stream);
    });
    const send = (message: SimulatorMessage): void => stream.send({ id: message.id, body: message });
    const stopListening = channel.subscribe(address, send);
    streams.add(stream);
    for (const message of after(request.headers['last-event-id'], channel.history(address))) send(message);
    stream.send({ event: 'ready', body: {} });
    return reply.header('content-type', 'text/event-stream; charset=utf-8').send(stream.readable);
  });
}

function after(id: string | string[] | undefined, history: SimulatorMessage[]): SimulatorMessage[] {
  const last = history.findIndex((message) => message.id === id);
  return history.slice(last + 1);
}

// Letters, digits and the signs of phone numbers, ids and e-mail addresses.
const addressSchema = z.object({ address: z.string().regex(/^[\p{L}\p{N}@._:+-]{1,64}$/u) });
const wrongAddress = {
  error: 'the address in the path is not one; use 1 to 64 letters, digits or any of @ . _ : + -',
} as const;

const addressOf = (request: FastifyRequest): string | undefined =>
  addressSchema.safeParse(request.params).data?.address;
