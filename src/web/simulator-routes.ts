import type { FastifyInstance } from 'fastify';
import { addressOf, wrongAddress } from './simulator-address.ts';
import { addEventsRoute } from './simulator-events.ts';
import { addFileRoutes } from './simulator-files.ts';
import { simulatorRefusal } from './simulator-guard.ts';
import { addMessageRoute } from './simulator-messages.ts';
import type { SimulatorOptions } from './simulator-options.ts';
import { simulatorPage } from './simulator-page.ts';
import { addSessionRoutes } from './simulator-session.ts';

/**
 * The simulator's page and what it asks for. `server` must be a scope of its own: every route in it is refused
 * from anywhere but this computer.
 *
 * @param pilot where the QR of a pilot's telephone is, which the page then leads to: both answer to the same computer alone
 */
export function addSimulatorRoutes(server: FastifyInstance, options: SimulatorOptions, pilot?: string): void {
  const { channel, people, programme, spokenAs } = options;
  server.addHook('onRequest', async (request, reply) => {
    const error = simulatorRefusal(request);
    if (error !== undefined) await reply.code(403).send({ error });
  });
  // Whatever shows or says something of one telephone, a route of tomorrow too.
  server.addHook('preHandler', async (request) => {
    const address = addressOf(request);
    if (address !== undefined) await spokenAs(address);
  });

  server.get('/', (_request, reply) => reply.redirect('/simulator'));
  for (const { path, contentType, content } of simulatorPage(programme, pilot)) {
    server.get(path, (_request, reply) => reply.header('content-type', contentType).send(content));
  }
  server.get('/simulator/people', async () => await people());
  server.get('/simulator/:address/history', async (request, reply) => {
    const address = addressOf(request);
    return address === undefined ? reply.code(400).send(wrongAddress) : channel.history(address);
  });
  addMessageRoute(server, channel);
  addFileRoutes(server, channel);
  addEventsRoute(server, channel);
  addSessionRoutes(server, options);
}
