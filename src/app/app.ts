import { Temporal } from 'temporal-polyfill';
import { areaOf, linesFor } from '../content/help-lines.ts';
import { wordsMeant } from '../content/lessons/words.ts';
import { type Content, createContent } from '../content/render.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import type { RightsTerms } from '../conversation/rights-facts.ts';
import type { Means } from '../conversation/step.ts';
import { AUDIT_YEARS } from '../domain/rights.ts';
import { WORDS_KEPT } from '../store/housekeeping.ts';
import { drawInviteCode } from '../store/invite-code.ts';
import { sha256 } from '../store/sha256.ts';
import type { AppOptions } from './app-options.ts';
import { byAddress } from './by-address.ts';
import { closedLine } from './closed-line.ts';
import { createDelivery, type Delivery, otherwiseDelivered } from './deliver-outbox.ts';
import { fetchFile } from './fetch-file.ts';
import { leavingTogether } from './leaving-together.ts';
import { NO_CURRICULUM } from './load-lessons.ts';
import { idMaker } from './new-id.ts';
import { randomSecret } from './new-secret.ts';
import { notNow } from './not-now.ts';
import { makeFile } from './outgoing-file.ts';
import { overflowing } from './overflowing.ts';
import { PIN_PAGE, type PinDoor, pinDoor } from './pin-door.ts';
import { type Receiver, receiveMessage } from './receive-message.ts';
import { statusBook } from './report-statuses.ts';
import { createBroadcasts } from './run-broadcasts.ts';
import type { Store } from './store.ts';
import { type Ticking, tick } from './tick.ts';
import { wordsAtSending } from './words-at-sending.ts';

/** The running program without its edges: messages in, messages out, and what is due. */
export type App = {
  readonly store: Store;
  readonly content: Content;
  readonly delivery: Delivery;
  readonly newId: () => string;
  receive(message: IncomingMessage): Promise<void>;
  /** Takes what was typed on a PIN's page. */
  readonly takePin: PinDoor;
  /** Starts delivery and the channels, as far as this process is to, so that whatever is waiting goes out. */
  start(): Promise<void>;
  /** Plans the reminders that are due, and forgets strangers. Any number of processes may tick: it is done once. */
  tick(): Promise<void>;
  /** Resolves when nothing is on its way in this process, and what staff send to many has begun, or ended, as far as it is due. */
  settle(): Promise<void>;
  /** Stops listening first, then lets what was taken in and leased finish. */
  stop(): Promise<void>;
};

/** A year, and a month to look back on it. */
const KEEP_RECORDS_DAYS = 400;
/** Two groups. */
const SECOND_ABOVE = 50;
const RIGHTS_TERMS: RightsTerms = { erasureDays: 15, auditYears: AUDIT_YEARS, contact: '' };

export const createApp = (options: AppOptions): App => {
  const { store, channels } = options;
  const { receives, sends } = options.does ?? BOTH;
  const { content, newId, now, delivery, receiver, ticking, statuses, broadcasts } = partsOf(options);
  const inTurn = byAddress((message) => receiveMessage(receiver, message));
  const leave = leavingTogether(receiver);
  const queue = async (message: IncomingMessage): Promise<void> => {
    if (!(await leave(message))) await inTurn(message);
  };
  return {
    store,
    content,
    delivery,
    newId,
    receive: queue,
    takePin: pinDoor({ store, receive: queue, now }),
    start: async () => {
      await delivery.start();
      if (sends) broadcasts.start();
      if (!receives) return;
      await Promise.all(channels.map((channel) => channel.start(queue, statuses.of(channel.name))));
    },
    tick: () => tick(ticking, now()),
    settle: async () => {
      await delivery.idle();
      while (await broadcasts.look()) await delivery.idle();
    },
    stop: async () => {
      await Promise.all(channels.map((channel) => channel.stop()));
      await broadcasts.stop();
      await delivery.stop();
      await statuses.settle();
    },
  };
};

const BOTH = { receives: true, sends: true };

/** What the program is put together from; nothing of it runs yet. */
const partsOf = (options: AppOptions) => {
  const { store, locales, channels } = options;
  const { lessons, files } = options.curriculum ?? NO_CURRICULUM;
  const now = options.now ?? (() => Temporal.Now.instant());
  const newId = options.newId ?? idMaker();
  const content = createContent(locales.texts);
  const { sends } = options.does ?? BOTH;
  const wordsOf = wordsAtSending({ store, content, lessons, now });
  const delivering = {
    wordsAtSending: wordsOf,
    now,
    newId,
    closedLine: closedLine(content),
    makeFile: makeFile({
      store,
      content,
      catalogue: lessons,
      files,
      rights: options.rights ?? RIGHTS_TERMS,
      now,
    }),
    listen: options.listen,
    dailyMax: options.unaskedDailyMax,
  };
  const delivery = sends ? createDelivery(store, channels, delivering) : otherwiseDelivered(store);
  const wake = () => delivery.wake();
  const running = new Set(sends ? channels.map((channel) => channel.name) : []);
  const means = meansOf(options, newId);
  const receiver: Receiver = {
    store,
    content,
    means,
    delivery,
    now,
    fetchFile: fetchFile(store, channels),
    runs: (channel) => running.has(channel),
    isWindowed: means.isWindowed,
    isNotNow: notNow(store),
    limits: options.limits,
    overflowing: overflowing(),
  };
  const keepRecordsDays = options.keepRecordsDays ?? KEEP_RECORDS_DAYS;
  const { wordsKept = WORDS_KEPT, rights = RIGHTS_TERMS } = options;
  const { auditYears } = rights;
  const ticking: Ticking = { store, content, newId, lessons, wake, keepRecordsDays, wordsKept, auditYears };
  const statuses = statusBook({ store, newId, wordsAtSending: wordsOf, wake });
  const edits = new Set(channels.filter((c) => c.edit !== undefined).map((c) => c.name));
  const broadcasts = createBroadcasts({ store, content, lessons, newId, now, wake, edits });
  return { content, newId, now, delivery, receiver, ticking, statuses, broadcasts };
};

/** What a step may use besides the facts. */
const meansOf = (
  {
    locales,
    channels,
    curriculum = NO_CURRICULUM,
    newSecret = randomSecret,
    newCode = drawInviteCode,
    secondAbove = SECOND_ABOVE,
    rights = RIGHTS_TERMS,
    publicUrl,
    simulatorUrl,
  }: AppOptions,
  newId: () => string,
): Means => {
  const windowed = new Set(channels.filter((c) => c.windowHours !== undefined).map((c) => c.name));
  // What a keypad showed can be taken back; what was typed stands in no message.
  const keypads = new Set(
    channels.filter((c) => c.edit !== undefined && c.erase !== undefined).map((c) => c.name),
  );
  const erasing = new Set(channels.filter((c) => c.erase !== undefined).map((c) => c.name));
  const pageUrl = (channel: string) => publicUrl ?? (channel === 'simulator' ? simulatorUrl : undefined);
  return {
    lexicons: locales.lexicons,
    newId,
    newSecret,
    newCode,
    canErase: (channel) => erasing.has(channel),
    pinWay: (channel, onPage) =>
      !onPage && keypads.has(channel) ? 'keypad' : pageUrl(channel) === undefined ? 'none' : 'link',
    pinLink: (channel, token) => `${pageUrl(channel) ?? ''}${PIN_PAGE}${token}`,
    lessons: curriculum.lessons,
    spoken: curriculum.spoken,
    helpLines: ({ state }) => linesFor(curriculum.helpLines, areaOf(state)),
    sha256,
    sensitiveWords: (text) => wordsMeant(text, curriculum.sensitive),
    isWindowed: (channel) => windowed.has(channel),
    secondAbove,
    rights,
  };
};
