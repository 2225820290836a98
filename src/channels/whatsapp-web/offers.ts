import type WhatsApp from 'whatsapp-web.js';
import { chatOf, type Hearing, isGroup, isSaid, nameOf, toHeard, writerOf } from './heard.ts';
import type { Identities } from './identities.ts';
import type { Heard } from './protocol.ts';

/** What is offered again after a start, of each chat; more stays unread on the telephone. */
const UNREAD_MAX = 200;
const OFFERED_MAX = 10_000;

type Offering = {
  readonly whatsapp: WhatsApp.Client;
  readonly identities: Identities;
  /** Gives it to the program. */
  readonly offer: (heard: Heard) => void;
  readonly trouble: (error: unknown) => void;
};

export type Offers = {
  /** Something happened in a chat just now. */
  heard(event: Heard['event'], message: WhatsApp.Message): void;
  /** Somebody took another number. */
  moved(message: WhatsApp.Message, oldName: string): void;
  /** WhatsApp is connected: what is unread is offered before anything newer. */
  catchUp(): void;
  /** The program has it: its chat is marked as read as soon as nothing of it is open any more. */
  safe(id: string): void;
  /** Resolves when the page has been told all of it. */
  idle(): Promise<void>;
};

/**
 * Offers the program what people say, one after the other. A chat is marked as read only when everything of it is safe,
 * and what is unread is offered again at each start: so WhatsApp itself keeps what the program could not. What somebody
 * read on the telephone meanwhile is not offered.
 */
export function offersOf({ whatsapp, identities, offer, trouble }: Offering): Offers {
  const offered = new Set<string>();
  /** Chats by the id of a message that is not safe yet. */
  const open = new Map<string, string>();
  /** By chat: its newest message that was offered. */
  const newest = new Map<string, string>();
  const marking = new Set<Promise<unknown>>();
  let own: readonly string[] = [];
  /** Everything in order: until the first catch-up nothing is offered. */
  let connected = (): void => undefined;
  let queue = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const next = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(trouble);
  };

  const offerOne = async (hearing: Omit<Hearing, 'own'>): Promise<void> => {
    const { event, message } = hearing;
    const key = `${event} ${nameOf(message.id)}`;
    if (!isSaid(message) || (event !== 'edited' && offered.has(key))) return;
    if (offered.size >= OFFERED_MAX) offered.clear();
    offered.add(key);
    if (event === 'message' && !isGroup(chatOf(message))) {
      open.set(nameOf(message.id), chatOf(message));
      newest.set(chatOf(message), nameOf(message.id));
    }
    offer(toHeard({ ...hearing, own }, await identities.of(writerOf(message))));
  };

  const offerUnread = async (): Promise<void> => {
    own = await ownNames(whatsapp, identities);
    for (const chat of await whatsapp.getChats()) {
      if (chat.unreadCount <= 0 || chat.isGroup) continue;
      for (const message of await unreadIn(chat)) await offerOne({ event: 'message', message });
    }
  };

  return {
    heard: (event, message) => next(() => offerOne({ event, message })),
    moved: (message, oldName) =>
      next(async () => offer(toHeard({ event: 'moved', message, own }, await identities.of(oldName)))),
    catchUp() {
      // Ahead of what came in while WhatsApp was connecting.
      const caughtUp = offerUnread().catch(trouble);
      next(() => caughtUp);
      void caughtUp.then(connected);
    },
    safe(id) {
      const chat = open.get(id);
      open.delete(id);
      const last = chat === undefined ? undefined : newest.get(chat);
      if (chat === undefined || last === undefined || [...open.values()].includes(chat)) return;
      const mark = markRead(whatsapp, chat, last)
        .catch(trouble)
        .finally(() => marking.delete(mark));
      marking.add(mark);
    },
    async idle() {
      await Promise.all(marking);
    },
  };
}

/**
 * Oldest first. The library is asked for a number of messages only when the page has too few: it then sorts by whole
 * seconds, and loses the order of what was written in one.
 */
async function unreadIn(chat: WhatsApp.Chat): Promise<WhatsApp.Message[]> {
  const limit = Math.min(chat.unreadCount, UNREAD_MAX);
  const loaded = await chat.fetchMessages({ fromMe: false });
  const messages = loaded.length >= limit ? loaded : await chat.fetchMessages({ limit, fromMe: false });
  return messages.slice(-limit);
}

/**
 * In the page itself, so that no message comes in between: one that is newer than `last` is not safe yet, and leaves the
 * chat unread. As text, since what a compiler adds to a function is not there.
 */
async function markRead(whatsapp: WhatsApp.Client, chat: string, last: string): Promise<void> {
  const [quotedChat, quotedLast] = [JSON.stringify(chat), JSON.stringify(last)];
  await whatsapp.pupPage?.evaluate(`(async () => {
    const chat = await window.WWebJS.getChat(${quotedChat}, { getAsModel: false });
    const newest = chat?.lastReceivedKey?._serialized ?? ${quotedLast};
    if (newest === ${quotedLast}) await window.WWebJS.sendSeen(${quotedChat});
  })()`);
}

/** What a chat calls us: by our number, and by what hides it. */
async function ownNames(whatsapp: WhatsApp.Client, identities: Identities): Promise<string[]> {
  const { lid } = await identities.of(nameOf(whatsapp.info.wid));
  return [nameOf(whatsapp.info.wid), ...(lid === undefined ? [] : [lid])];
}
