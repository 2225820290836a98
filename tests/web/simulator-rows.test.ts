// Whoever looks at a telephone of the simulator, or speaks from it, has left a row in the record of who did what: on its page, or
// from a terminal beside the running program, which goes by the same routes.

import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulatorOptions } from '../../src/start-simulator.ts';
import { auditRows } from '../../src/store/audit.ts';
import { buildServer } from '../../src/web/server.ts';
import { JACARANDAS } from '../support/scene.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';
import { served } from './served.ts';

let world: World;
let server: FastifyInstance;
const rows = async () =>
  (await auditRows(world.store)).map(({ actor, action, subject }) => [actor, action, subject]);

beforeAll(async () => {
  world = await openWorld(programmeOf(JACARANDAS.trim().split('\n')));
  const clock = { now: () => world.now, mayMove: async () => false, moveTo: async () => false };
  const opened = { database: world.database, store: world.store, applied: [], keyCreated: false };
  const simulator = simulatorOptions({ opened, app: world.app, codes: [], clock }, world.channel);
  server = buildServer({
    log: pino({ level: 'silent' }),
    health: async () => ({ ok: true }),
    ready: async () => true,
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    ...(simulator && { simulator }),
  });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const say = (address: string, text: string) =>
  server.inject({ method: 'POST', url: `/simulator/${address}/messages`, payload: { text } });

test('a row for each whose telephone it is, once for an hour, and none for a stranger', async () => {
  const [ana, marta] = [world.person('Ana').id, world.person('Marta').id];
  const before = await rows();
  expect((await server.inject({ url: `/simulator/${ana}/history` })).statusCode).toBe(200);
  expect(await rows()).toEqual([...before, ['operator', 'spoken-as', `member/${ana}`]]);
  expect((await say(ana, 'hola')).statusCode).toBe(202);
  await server.inject({ url: `/simulator/${ana}/history` });
  expect((await say(marta, 'hola')).statusCode).toBe(202);
  expect((await say('nueva-luz', 'hola')).statusCode).toBe(202);
  expect(await rows()).toEqual([
    ...before,
    ['operator', 'spoken-as', `member/${ana}`],
    ['operator', 'spoken-as', `staff/${marta}`],
  ]);
});

test('every route of one telephone asks for the row first, and without it shows nothing', async () => {
  const simulated = await served();
  for (const [method, url] of [
    ['GET', '/simulator/ana/history'],
    ['POST', '/simulator/ana/messages'],
    ['POST', '/simulator/ana/files'],
    ['GET', '/simulator/ana/files/1'],
  ] as const) {
    simulated.spokenAs.length = 0;
    await simulated.server.inject({ method, url, payload: { text: 'hola' } });
    expect(simulated.spokenAs, url).toEqual(['ana']);
  }
  const failing = await served();
  failing.failsToNote();
  const answer = await failing.server.inject({ url: '/simulator/ana/history' });
  expect(answer.statusCode).toBe(500);
  await simulated.server.close();
  await failing.server.close();
});
