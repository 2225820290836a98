import { expect } from 'vitest';
import type { SendResult } from '../../../src/channels/channel.ts';
import {
  type Arrival,
  type Person,
  type Rig,
  type ScriptedApp,
  type StartRig,
  scriptedApp,
  until,
} from './rig.ts';

// What the cases of the contract share: one channel at a time, and Ana, who has just said "hola".
export let app: ScriptedApp;
export let rig: Rig;
export let ana: Person;

/** Most platforms let nobody write first to a person, so she says a word before everything else. */
export async function begin(start: StartRig): Promise<void> {
  app = scriptedApp();
  rig = await start(app);
  ana = rig.person(1);
  await ana.says('hola');
  await heard('hola');
}

export const offer = (labels: readonly string[]) =>
  labels.map((label, at) => ({ label, payload: `payload:${at + 1}` }));

export const say = (text: string, labels: readonly string[] = []): Promise<SendResult> =>
  rig.channel().send(ana.address, { text, choices: offer(labels) });

export function idOf(result: SendResult): string {
  if (!result.ok) throw new Error(`did not go out: ${JSON.stringify(result.failure)}`);
  expect(result.sentId).not.toBe('');
  return result.sentId;
}

export const inbox = (): Promise<readonly Arrival[]> => ana.inbox();

/** All that can be read in a message. */
export const seen = (of: Arrival | undefined): string => [of?.text, ...(of?.buttons ?? [])].join('\n');

export const filesIn = (arrivals: readonly Arrival[]) =>
  arrivals.flatMap(({ file }) => (file ? [{ kind: file.kind, bytes: Buffer.from(file.bytes) }] : []));

/** A message's words without the numbered lines of its choices. */
export const withoutMenu =
  (labels: readonly string[]) =>
  ({ text }: Arrival): string => {
    const lines = text.split('\n');
    return lines
      .filter((line) => !labels.some((label, at) => line === `${at + 1}. ${label}`))
      .join('\n')
      .trim();
  };

/** Chooses as her telephone lets her: by the button where there is one, else by its number. */
export async function answer(arrival: Arrival | undefined, at: number): Promise<void> {
  const button = arrival?.buttons[at];
  await (button === undefined ? ana.says(String(at + 1)) : ana.presses(button));
}

/** Her platform has no such thing: the rig says so. */
export const missing = (act: Promise<void>): Promise<void> => expect(act).rejects.toThrow();

/** What arrived after her first word: the next message, or the nth. */
export async function next(nth = 1) {
  await until(`message ${nth} of hers`, () => app.received.length > nth);
  const message = app.received[nth];
  if (!message) throw new Error('unreachable');
  expect(message.address).toBe(ana.address);
  return message;
}

export const heard = (text: string): Promise<void> =>
  until(`"${text}"`, () => app.received.some(({ body }) => body.type === 'text' && body.text === text));

/** All that was received, without ids and hours. */
export const said = (): string => JSON.stringify(app.received.map(({ body }) => body));

/**
 * What the program has of hers: it keeps what has one id once. A channel may give it again with the same id, as when a
 * telephone had no time to mark it as read; another id would be seen here.
 */
export const textsFrom = (address: string): string[] => {
  const kept = new Map(app.received.map((message) => [message.messageId, message]));
  return [...kept.values()].flatMap((message) =>
    message.address === address && message.body.type === 'text' ? [message.body.text] : [],
  );
};
