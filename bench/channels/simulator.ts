import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Emulator } from './emulator.ts';

const people = z.array(z.object({ address: z.string() }));
const history = z.array(z.object({ id: z.string(), from: z.string(), text: z.string() }));
const ACCEPTED = 202;

/** The simulator needs no platform: its page's own routes are what people have in their hands. */
export const startSimulator = async (): Promise<Emulator> => {
  let base = '';
  let addresses: readonly string[] = [];
  const pathOf = (n: number): string => `${base}/simulator/${addresses[n]}`;
  const post = async (n: number, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${pathOf(n)}/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (answer.status !== ACCEPTED) throw new Error(`the simulator answered ${answer.status}`);
  };
  return {
    label: 'simulator',
    channel: 'simulator',
    settings: { SIMULATOR: 'on' },
    meet: async (url) => {
      base = url;
      addresses = people
        .parse(await (await fetch(`${url}/simulator/people`)).json())
        .map(({ address }) => address);
    },
    phone: (n) => ({
      says: async (text) => {
        const body = { text, messageId: randomUUID() };
        await post(n, body);
        return () => post(n, body);
      },
      heard: async () =>
        history
          .parse(await (await fetch(`${pathOf(n)}/history`)).json())
          .filter(({ from }) => from === 'bot'),
    }),
    open: () => 0,
    violations: () => [],
    stop: async () => undefined,
  };
};
