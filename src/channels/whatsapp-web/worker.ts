// A process of its own, which alone loads whatsapp-web.js and a browser. It knows no database, no key and no token, and
// keeps nothing: it tells the program what happens and does what the program orders.

import { eraseMessages, fetchFile, sendPart } from './calls.ts';
import { type LinkedPhone, linkPhone, reasonOf } from './linked-phone.ts';
import { type Note, type Order, order } from './protocol.ts';

type Call = Extract<Order, { call: number }>;

let phone: LinkedPhone | undefined;
let closing = false;
/** One bubble at a time, as a hand types them. */
let sending: Promise<unknown> = Promise.resolve();

const tell = (note: Note): void => {
  if (process.connected) process.send?.(note);
  if (note.type === 'lost') void close();
};

process.on('message', (received: unknown) => {
  const reading = order.safeParse(received);
  if (!reading.success) return tell({ type: 'trouble', reason: 'an order that cannot be read' });
  obey(reading.data);
});
// The program is gone, however it ended.
process.on('disconnect', () => void close());
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void close());
process.on('uncaughtException', (error) => tell({ type: 'lost', reason: reasonOf(error), logout: false }));
process.on('unhandledRejection', (error) => {
  // The library leaves promises alone: only these two say that its page will never work.
  if (error === 'auth timeout' || error === 'ready timeout')
    tell({ type: 'lost', reason: error, logout: false });
  else tell({ type: 'trouble', reason: reasonOf(error) });
});

function obey(given: Order): void {
  switch (given.type) {
    case 'open':
      void open(given);
      return;
    case 'safe':
      phone?.safe(given.id);
      return;
    case 'close':
      void close();
      return;
    case 'send':
      sending = sending.then(() => answer(given));
      return;
    case 'fetch':
    case 'erase':
      void answer(given);
  }
}

async function open({ browser, beatMs }: Extract<Order, { type: 'open' }>): Promise<void> {
  const { default: library } = await import('whatsapp-web.js');
  phone = linkPhone(library, browser, tell);
  setInterval(() => void beat(), beatMs);
}

/** A page that hangs gives no beat, and so ends this worker. */
async function beat(): Promise<void> {
  const isLinked = await phone?.isLinked().catch(() => undefined);
  if (isLinked !== undefined) tell({ type: 'beat', isLinked });
}

async function answer(given: Call): Promise<void> {
  tell({ type: 'answer', call: given.call, answer: await answerTo(given) });
}

function answerTo(given: Call): Promise<unknown> {
  const line = phone?.line;
  if (line === undefined) return Promise.resolve({ outcome: 'unavailable' });
  switch (given.type) {
    case 'send':
      return sendPart(line, given.to, given.part);
    case 'fetch':
      return fetchFile(line, given.ref);
    case 'erase':
      return eraseMessages(line, given.to, given.ids);
  }
}

async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  await phone?.close();
  process.exit(0);
}
