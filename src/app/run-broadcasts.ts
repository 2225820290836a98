import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import { broadcastReply } from '../conversation/broadcast-message.ts';
import { againOffers, reportLines } from '../conversation/broadcast-report.ts';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import { type Reply, reply, type Say, say } from '../conversation/say.ts';
import { isPersonal, roughly } from '../domain/broadcast/audience.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import {
  type BroadcastWord,
  expandBroadcast,
  type OpenBroadcast,
  openBroadcasts,
  skipCancelled,
  type ToldWord,
  tellBroadcast,
} from '../store/broadcasts.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';
import { ANNOUNCEMENT } from './message-way.ts';
import { noticeRows } from './outcome-words.ts';
import type { Store } from './store.ts';

/** How often a process looks whether one is due, or has come to its end. */
const LOOK_MS = 1_000;
/** Seconds between two words of how far it is: a platform takes about one a second in a chat. */
const AGAIN_SECONDS = 3;

export type Broadcasting = {
  readonly store: Store;
  readonly content: Content;
  readonly lessons: Catalogue;
  readonly newId: () => string;
  readonly now: () => Temporal.Instant;
  /** Something was put into the outbox. */
  readonly wake: () => void;
  /** Channels whose platform lets us change what we wrote. */
  readonly edits: ReadonlySet<string>;
};

/** Messages to many on their way. */
export type Broadcasts = {
  start(): void;
  stop(): Promise<void>;
  /** Looks now; resolves to whether there was anything to do. */
  look(): Promise<boolean>;
};

export const createBroadcasts = (broadcasting: Broadcasting): Broadcasts => {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<boolean> = Promise.resolve(false);
  const look = (): Promise<boolean> => {
    looking = looking.catch(() => false).then(() => lookOnce(broadcasting));
    return looking;
  };
  const again = (): void => {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) =>
          broadcasting.store.log.warn({ error }, 'broadcasts cannot be read; they are tried again'),
        )
        .finally(() => timer && again());
    }, LOOK_MS);
  };
  return {
    start: again,
    look,
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await looking.catch(() => undefined);
    },
  };
};

/** Of those that something is to be done for, one that fails keeps none of the others back. */
const lookOnce = async (broadcasting: Broadcasting): Promise<boolean> => {
  const { store, now } = broadcasting;
  let did = false;
  for (const open of await openBroadcasts(store, now())) {
    const moved = await moveOn(broadcasting, open).catch((error: unknown) => {
      store.log.warn({ broadcast: open.id, error }, 'a broadcast waits; it is tried again');
      return false;
    });
    did ||= moved;
  }
  return did;
};

/** Resolves to whether there was anything to do. */
const moveOn = async (broadcasting: Broadcasting, open: OpenBroadcast): Promise<boolean> => {
  const { store, now, wake } = broadcasting;
  const expands = !open.stopped && !open.expanded;
  if (open.stopped) await skipCancelled(store.pool, open.id);
  if (expands) {
    await expandBroadcast(store, open, { messages: messagesOf(broadcasting, open), now: now() });
    wake();
  }
  const of = { id: open.id, againSeconds: AGAIN_SECONDS, now: now() };
  const told = await tellBroadcast(store, of, (word) => wordsOf(broadcasting, word));
  if (told) wake();
  return expands || told;
};

/** The message in each language, as it goes out. */
const messagesOf = (
  { content, lessons }: Broadcasting,
  open: OpenBroadcast,
): Readonly<Record<Language, OutgoingMessage>> => {
  const inWords = (language: Language): OutgoingMessage => ({
    ...content.render(broadcastReply(open.content, { sender: open.sender, language, lessons }), language),
    template: { key: ANNOUNCEMENT, language, values: [] },
  });
  return { es: inWords('es'), en: inWords('en') };
};

/** What its author is told: the count goes on in one message that changes; the end is a message of its own. */
const wordsOf = (broadcasting: Broadcasting, word: BroadcastWord): ToldWord => {
  const isOver = word.counts.waiting === 0;
  const progress = progressRow(broadcasting, word, isOver);
  return {
    outbox: [...progress, ...(isOver ? noticeRows(broadcasting, reportOf(word)) : [])],
    progressId: word.progressId === undefined ? progress[0]?.id : undefined,
  };
};

const progressRow = (
  { content, newId, edits }: Broadcasting,
  { number, stopped, counts, audience, progressId, author }: BroadcastWord,
  isOver: boolean,
): OutboxMessage[] => {
  const [to] = author.reach;
  if (!to || !edits.has(to.channel) || (isOver && progressId === undefined)) return [];
  const shown = isPersonal(audience) ? roughly : (count: number): number => count;
  const said = isOver
    ? overSaid(number, stopped)
    : say('send.progress', { number, done: shown(counts.all - counts.waiting), all: shown(counts.all) });
  return [
    {
      id: newId(),
      addressId: to.addressId,
      channel: to.channel,
      memberId: undefined,
      kind: 'progress',
      lane: 0,
      unsolicited: false,
      message: {
        ...content.render(reply([said]), author.language),
        ...(progressId !== undefined && { edits: progressId }),
      },
      delaySeconds: 0,
    },
  ];
};

const overSaid = (number: number, stopped: boolean): Say =>
  say(stopped ? 'send.progress-stopped' : 'send.progress-over', { number });

const reportOf = ({ number, stopped, counts, audience, author }: BroadcastWord) => {
  const said: Reply = reply(
    [overSaid(number, stopped), ...reportLines(counts, audience)],
    againOffers({ number, state: stopped ? 'cancelled' : 'done', counts, audience }),
  );
  return { to: author, kind: 'broadcast-report', reply: said } as const;
};
