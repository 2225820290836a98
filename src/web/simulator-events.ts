import type { FastifyInstance } from 'fastify';
import type { SimulatorChange, SimulatorMessage } from '../channels/simulator/history.ts';
import type { SimulatorChannel } from '../channels/simulator/simulator.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import { addressOf, wrongAddress } from './simulator-address.ts';

const STREAMS_MAX = 64; // open pages with up to four phones each

/**
 * Replays what follows Last-Event-ID (everything, when it is absent or forgotten), says "ready" with what there is, so
 * that a page that was away drops what was taken back and shows what was edited, then stays open.
 */
export function addEventsRoute(server: FastifyInstance, channel: SimulatorChannel): void {
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
    const send = (change: SimulatorChange): void => {
      if (change.type === 'message') stream.send({ id: change.message.id, body: change.message });
      else if (change.type === 'edited') stream.send({ event: 'edited', body: change.message });
      else stream.send({ event: change.type, body: { id: change.id } });
    };
    const stopListening = channel.watch(address, send);
    streams.add(stream);
    const history = channel.history(address);
    for (const message of after(request.headers['last-event-id'], history))
      send({ type: 'message', message });
    // Those that a page has seen before they were edited are not sent again as messages.
    for (const message of history) if (message.edited) send({ type: 'edited', id: message.id, message });
    const filesGone = history.filter(({ file }) => file?.kept === false).map(({ id }) => id);
    stream.send({ event: 'ready', body: { kept: history.map(({ id }) => id), filesGone } });
    return reply.header('content-type', 'text/event-stream; charset=utf-8').send(stream.readable);
  });
}

function after(id: string | string[] | undefined, history: SimulatorMessage[]): SimulatorMessage[] {
  const last = history.findIndex((message) => message.id === id);
  return history.slice(last + 1);
}
