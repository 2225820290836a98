import { expect, test } from 'vitest';
import { routesFor } from '../../src/web/gate.ts';
import { served } from './served.ts';

test('a route of which nobody has said what it is for is closed, and one that is for what only staff may', async () => {
  const { server } = await served();
  server.get('/forgotten', () => 'what nobody was to see');
  routesFor(server, 'broadcast', (scope) => scope.get('/for-staff', () => 'what nobody was to see'));
  for (const url of ['/forgotten', '/for-staff']) {
    const answer = await server.inject({ url });
    expect([answer.statusCode, answer.body.includes('nobody was to see')]).toEqual([403, false]);
  }
  expect((await server.inject({ url: '/healthz' })).statusCode).toBe(200);
});
