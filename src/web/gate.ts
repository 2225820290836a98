import type { FastifyInstance } from 'fastify';
import type { Action } from '../domain/access/actions.ts';
import { authorize } from '../domain/access/authorize.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What whoever asks for this route does; a route without one nobody may ask for. */
    action?: Action;
  }
}

/** Every request goes by the table of permissions: a route of which nobody has said what it is for is closed. */
export const guardRoutes = (server: FastifyInstance): void => {
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    if (authorize({ type: 'nobody' }, request.routeOptions.config.action) === 'allowed') return;
    await reply.code(403).send({ error: 'nobody may ask for this from here' });
  });
};

/** Adds routes that are all for one action, in a scope of their own. */
export const routesFor = (
  server: FastifyInstance,
  action: Action,
  add: (scope: FastifyInstance) => void,
): void => {
  server.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, action };
    });
    add(scope);
  });
};
