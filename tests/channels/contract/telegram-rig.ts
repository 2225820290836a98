import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { type TelegramChannel, telegramChannel } from '../../../src/channels/telegram/telegram.ts';
import type { WebhookOutcome } from '../../../src/channels/telegram/webhook.ts';
import type { MediaKind } from '../../../src/conversation/message.ts';
import { startBotApi } from '../../support/bot-api-emulator/bot-api.ts';
import type { Person as Account, FileKind, Read } from '../../support/bot-api-emulator/person.ts';
import { expectNoSecrets, SECRET, TOKEN } from '../telegram/setup.ts';
import type { Arrival, ChannelFacts, Person, StartRig } from './rig.ts';

export const TELEGRAM: ChannelFacts = {
  name: 'telegram',
  textCharsMax: 4_096,
  captionCharsMax: 1_024,
  buttonsMax: 100,
  numbersOnButtons: true,
  edits: 'unread',
  groups: 'group-chat',
  blocked: { when: 'send', failure: 'blocked' },
  tellsBlock: true,
  tooMany: 'exact-seconds',
  faults: true,
  notKept: 'again',
  contacts: 'tells-own',
  locations: true,
  forwards: true,
  replies: true,
  filesIn: ['voice', 'image', 'video', 'document'],
  filesOut: ['voice', 'image', 'video', 'document'],
  fileIds: 'for-ever',
  statuses: [],
  erases: true,
  editsOurs: true,
  windowHours: undefined,
};

const KINDS: Readonly<Record<FileKind, MediaKind>> = {
  photo: 'image',
  voice: 'voice',
  audio: 'voice',
  video: 'video',
  document: 'document',
};
const SENT_AS: Readonly<Record<MediaKind, FileKind>> = {
  image: 'photo',
  voice: 'voice',
  video: 'video',
  document: 'document',
};

/** The real Telegram channel at the emulator of the Bot API: it fetches updates, or they are posted to it. */
export const startTelegram =
  (mode: 'polling' | 'webhook'): StartRig =>
  async (app) => {
    const api = await startBotApi({ token: TOKEN });
    const logged: unknown[] = [];
    const write = (...line: unknown[]): void => void logged.push(line);
    let running: TelegramChannel | undefined;
    let latest = 0;
    const hook = await startHook((secret, body) => running?.receiveWebhook(secret, body));
    const start = async (): Promise<TelegramChannel> => {
      const made = telegramChannel({
        token: TOKEN,
        apiRoot: api.url,
        mode,
        webhookUrl: hook.url,
        webhookSecret: SECRET,
        log: { warn: write, info: write },
      });
      running = made;
      await made.start(app.receive);
      return made;
    };
    const stop = async (): Promise<void> => {
      await running?.stop();
      running = undefined;
    };
    const did = async (update: number | undefined): Promise<void> => {
      if (update !== undefined) latest = update;
    };
    let channel = await start();

    return {
      channel: () => channel,
      person: (number) => personOf(api.person(5_550_000 + number), did),
      platform: {
        tooMany: (seconds) => api.fault.next({ method: 'sendMessage', status: 429, retryAfter: seconds }),
        serverError: (after = 0) => api.fault.next({ method: 'sendMessage', after, status: 502 }),
        loseAnswer: () => api.fault.next({ method: 'sendMessage', drop: 'after-delivery' }),
        deliverAgain: async () => void api.redeliver(latest),
      },
      async restart() {
        await stop();
        channel = await start();
      },
      stop,
      async finish() {
        await stop();
        await api.stop();
        await hook.stop();
        expect(api.violations).toEqual([]);
        expectNoSecrets(logged);
      },
    };
  };

type Posted = (secret: unknown, body: unknown) => Promise<WebhookOutcome> | undefined;

/** A web server as the program's own: 200 for what was taken, 401 for a wrong secret, 503 for what is to come again. */
async function startHook(posted: Posted): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const outcome = await posted(request.headers['x-telegram-bot-api-secret-token'], body);
    const status = { accepted: 200, malformed: 200, forbidden: 401, unavailable: 503 }[
      outcome ?? 'unavailable'
    ];
    response.writeHead(status).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/telegram`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** By somebody who hides her account, as Telegram tells it. */
const PASSED_ON = { forward_origin: { type: 'hidden_user', sender_user_name: 'Luz', date: 1_700_000_000 } };

function personOf(account: Account, did: (update: number | undefined) => Promise<void>): Person {
  return {
    address: String(account.id),
    says: (text) => did(account.says(text)),
    presses: (button) => did(account.presses(button)),
    sends: ({ kind, name, mime, bytes, caption }) =>
      did(account.sendsFile(SENT_AS[kind], { name, mime, bytes: Buffer.from(bytes) }, caption)),
    sharesContact: ({ own, forwarded }) =>
      did(account.sharesContact({ phone: '5215550100001', userId: own ? account.id : 5_559_999, forwarded })),
    sharesLocation: () => did(account.sharesLocation()),
    forwards: (what) =>
      did(
        typeof what === 'string'
          ? account.sends({ text: what, ...PASSED_ON })
          : account.sendsFile(
              SENT_AS[what.kind],
              { name: what.name, mime: what.mime, bytes: Buffer.from(what.bytes) },
              what.caption,
              PASSED_ON,
            ),
      ),
    repliesTo: (sentId, text) => did(account.repliesTo(Number(sentId), text)),
    edits: (text) => did(account.edits(text)),
    saysInGroup: (text) => did(account.saysInGroup(-100_200, `@comadre_bot ${text}`)),
    blocks: () => did(account.blocks()),
    unblocks: () => did(account.unblocks()),
    reads: async () => undefined,
    inbox: async () => account.inbox().map(arrivalOf),
  };
}

const arrivalOf = ({ text, buttons, kind, file }: Read): Arrival => ({
  text,
  buttons: buttons.map(({ label }) => label),
  ...(kind !== 'text' && file && { file: { kind: KINDS[kind], bytes: file.bytes } }),
});
