// One person's phone: it sends as a channel does (again with the same id until the message is accepted) and shows
// what the bot said, over every restart of the program.

import http from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { SimulatorMessage } from '../../../src/channels/simulator/history.ts';
import { type Heard, understood } from './heard.ts';
import type { Program } from './program.ts';

/** Before a message that was not accepted is sent again. */
const AGAIN_MS = 20;
const LOOK_MS = 5;

export type Person = {
  /** Her address on the simulator, which is her id in the book. */
  readonly address: string;
  readonly name: string;
  readonly role: string;
  readonly group: string;
};

export type Body = { readonly text: string } | { readonly payload: string };

export type Phone = {
  readonly person: Person;
  /** Everything the bot said to her, in the order it came. */
  readonly heard: readonly Heard[];
  /** How many messages came with the very words of one before, although each has a number or an amount of its own. */
  readonly repeated: () => number;
  /** Ids of the messages that were accepted with 202. */
  readonly accepted: ReadonlySet<string>;
  /** Times a message was sent and it is not known whether it arrived. */
  readonly doubts: () => number;
  /**
   * Sends, again with the same id after each failure, until it is accepted; or until `giveUp` says so after a failure.
   */
  send(body: Body, giveUp?: () => boolean): Promise<'accepted' | 'in-doubt'>;
  /** The newest message since `from` (a length of `heard`) that is what she waits for; undefined when patience ends. */
  hear<Wanted extends Heard>(
    from: number,
    wanted: (heard: Heard) => heard is Wanted,
    patienceMs: number,
  ): Promise<Wanted | undefined>;
  /** Looks at the program that has just started. */
  connect(url: string): Promise<void>;
};

export const phoneOf = (
  program: Program,
  person: Person,
  onHeard: (person: Person, heard: Heard) => void,
): Phone => {
  const heard: Heard[] = [];
  const told = new Set<string>();
  const accepted = new Set<string>();
  let repeated = 0;
  let sent = 0;
  let doubts = 0;

  const show = (message: SimulatorMessage): void => {
    if (message.from !== 'bot') return;
    const understoodNow = understood(message);
    if (isOneOfAKind(understoodNow)) {
      if (told.has(message.text)) repeated += 1;
      told.add(message.text);
    }
    heard.push(understoodNow);
    onHeard(person, understoodNow);
  };

  return {
    person,
    heard,
    accepted,
    repeated: () => repeated,
    doubts: () => doubts,
    connect: (url) => readEvents(`${url}/simulator/${person.address}/events`, show),
    send: async (body, giveUp = () => false) => {
      sent += 1;
      const messageId = `${person.address}-${sent}`;
      for (;;) {
        const place = `${await program.url()}/simulator/${person.address}/messages`;
        if (await isAccepted(place, { ...body, messageId })) {
          accepted.add(messageId);
          return 'accepted';
        }
        doubts += 1;
        if (giveUp()) return 'in-doubt';
        await setTimeout(AGAIN_MS);
      }
    },
    hear: async (from, wanted, patienceMs) => {
      const until = performance.now() + patienceMs;
      for (;;) {
        const found = heard.slice(from).findLast((h) => wanted(h));
        if (found && wanted(found)) return found;
        if (performance.now() > until) return undefined;
        await setTimeout(LOOK_MS);
      }
    },
  };
};

/** Each of these holds a receipt's number or an amount that is used once. */
const isOneOfAKind = ({ type }: Heard): boolean =>
  type === 'recorded' || type === 'confirmed' || type === 'receipt' || type === 'asked';

/** False when it is not known whether it arrived. @throws when the program refuses what we send: our own mistake */
const isAccepted = async (place: string, body: object): Promise<boolean> => {
  let response: Response;
  try {
    response = await fetch(place, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response.text();
  } catch {
    return false;
  }
  if (response.status === 202) return true;
  if (response.status === 503) return false;
  throw new Error(`the simulator answered ${response.status}`);
};

/** Resolves when what was said before is shown; goes on until the program is gone. */
const readEvents = async (place: string, show: (message: SimulatorMessage) => void): Promise<void> =>
  new Promise((resolve) => {
    const request = http.get(place, { agent: false }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) {
          if (event.startsWith('event: ready')) resolve();
          else if (event.startsWith('id: ')) show(messageOf(event));
        }
      });
      response.on('error', () => resolve());
      response.on('close', () => resolve());
    });
    request.on('error', () => resolve()); // killed; the next start connects again
  });

const messageOf = (event: string): SimulatorMessage =>
  JSON.parse(event.slice(event.indexOf('\ndata: ') + 7)) as SimulatorMessage;
