import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { expect } from 'vitest';
import { type SimulatorChannel, simulatorChannel } from '../../src/channels/simulator/simulator.ts';
import type { IncomingMessage } from '../../src/conversation/message.ts';
import { buildServer, type ServerOptions } from '../../src/web/server.ts';
import type { ClockMove, SimulatorPerson } from '../../src/web/simulator-options.ts';

export const people: readonly SimulatorPerson[] = [
  {
    address: 'rosa',
    name: 'Rosa Méndez',
    role: 'leader',
    group: 'Las Jacarandas',
    timeZone: 'America/Tijuana',
    note: 'Lleva la caja.',
    suggestions: ['Ana 100, Lupita préstamo 150 ahorro 50', 'caja'],
  },
  {
    address: 'ana',
    name: 'Ana López',
    role: 'member',
    group: 'Las Jacarandas',
    timeZone: 'America/Tijuana',
    note: '',
    suggestions: [],
  },
];

export type Served = {
  readonly server: FastifyInstance;
  readonly channel: SimulatorChannel;
  readonly received: IncomingMessage[];
  readonly logged: string[];
  /** Steps of the clock that were asked for; each moves it a week on while `clock.mayMove`. */
  readonly moves: ClockMove[];
  readonly clock: { now: string; mayMove: boolean };
  /** The telephones that somebody looked at or spoke from, once for each request. */
  readonly spokenAs: string[];
  /** From now on no row can be written. */
  failsToNote(): void;
};

const WEEK_MS = 7 * 24 * 3_600_000;

/** A server with a simulator whose app keeps what it receives, and repeats a text with two choices. */
export async function served(options: Partial<ServerOptions> = {}): Promise<Served> {
  const clock = { now: '2026-11-24T03:00:00.000Z', mayMove: true };
  const moves: ClockMove[] = [];
  const channel = simulatorChannel({ now: () => clock.now });
  const received: IncomingMessage[] = [];
  const logged: string[] = [];
  const spokenAs: string[] = [];
  let failing = false;
  await channel.start(async (message) => {
    received.push(message);
    if (message.body.type !== 'text') return;
    const choices = [
      { label: 'Sí', payload: `yes:${received.length}` },
      { label: 'No', payload: `no:${received.length}` },
    ];
    await channel.send(message.address, { text: `Dijiste:\n${message.body.text}`, choices });
  });
  const server = buildServer({
    log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    health: async () => ({ ok: true, queue: 3 }),
    ready: async () => true,
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'up 1\n' }),
    simulator: {
      channel,
      people: async () => people,
      spokenAs: async (address) => {
        if (failing) throw new Error('the record takes nothing');
        spokenAs.push(address);
      },
      programme: 'Ahorro & "Vida"',
      clock: {
        now: () => clock.now,
        mayMove: async () => clock.mayMove,
        move: async (step) => {
          if (!clock.mayMove) return false;
          moves.push(step);
          clock.now = new Date(Date.parse(clock.now) + WEEK_MS).toISOString();
          return true;
        },
      },
      transcript: async (page) => channel.story.since(page) && `${people.length} personas\n`,
    },
    ...options,
  });
  return {
    server,
    channel,
    received,
    logged,
    moves,
    clock,
    spokenAs,
    failsToNote: () => void (failing = true),
  };
}

/** Matchers as values without a type of their own, to stand inside expected objects. */
export const anyText: unknown = expect.any(String);
export const textWith = (part: string): unknown => expect.stringContaining(part);
