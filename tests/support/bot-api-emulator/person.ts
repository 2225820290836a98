import { setTimeout as wait } from 'node:timers/promises';
import type { UploadedFile } from './read-call.ts';
import type { Updates } from './updates.ts';

export type Button = { readonly label: string; readonly payload: string };
/** A message of the bot as its reader sees it now. */
export type Read = {
  readonly messageId: number;
  readonly kind: 'text' | FileKind;
  /** The file, when the bot uploaded one. */
  readonly file?: UploadedFile;
  /** Seconds since 1970; a test may set it back. */
  sentAt: number;
  text: string;
  buttons: readonly Button[];
  edited: boolean;
};

export type FileKind = 'photo' | 'voice' | 'audio' | 'video' | 'document';

export type PersonSettings = {
  readonly language?: string;
  readonly firstName?: string;
  /** How her chat stands from the beginning; unless told, she never wrote. */
  readonly state?: Chat['state'];
};

/** Somebody with Telegram on her phone. What she does returns the update's number, or undefined if nobody asked for it. */
export type Person = {
  readonly id: number;
  says(text: string): number | undefined;
  /** Presses a button of the latest message that has it, found by its label or its payload. */
  presses(labelOrPayload: string): number | undefined;
  /** Edits her latest message. */
  edits(text: string): number | undefined;
  /** Sends any message: `{ voice: … }`, `{ sticker: … }`, `{ text, forward_origin }`. */
  sends(content: Readonly<Record<string, unknown>>): number | undefined;
  sendsPhoto(caption?: string): number | undefined;
  /** Sends a file that the bot may fetch. */
  sendsFile(
    kind: FileKind,
    file: UploadedFile & { readonly mime: string },
    caption?: string,
    /** What else stands in the message: where it was passed on from. */
    more?: Readonly<Record<string, unknown>>,
  ): number | undefined;
  /** Shares a number: her own, or of somebody in her telephone; a `vcard` alone holds no Telegram id. */
  sharesContact(contact: {
    readonly phone: string;
    readonly userId?: number;
    readonly forwarded?: boolean;
  }): number | undefined;
  sharesLocation(): number | undefined;
  /** Answers a message of the bot, or of hers. */
  repliesTo(messageId: number, text: string, more?: { readonly toHerOwn?: boolean }): number | undefined;
  saysInGroup(groupId: number, text: string, more?: { readonly replyToBot?: boolean }): number | undefined;
  blocks(): number | undefined;
  unblocks(): number | undefined;
  /** Her account is gone. */
  leavesTelegram(): void;
  /** The bot's messages in her chat, oldest first, without those it deleted. */
  inbox(): readonly Read[];
  /** The first message that fits (its text holds the words, or the predicate says so), now or within `limitMs`. */
  waitFor(wanted: string | RegExp | ((message: Read) => boolean), limitMs?: number): Promise<Read>;
};

export type World = {
  readonly updates: Updates;
  readonly bot: { readonly id: number; readonly username: string };
  nextMessageId(): number;
  /** Registers a press, so that it can be answered once. */
  newPress(): string;
  /** Keeps a file for the bot to fetch; returns its id. */
  keepFile(file: UploadedFile): string;
};

/** What the server knows of her chat; the methods of the bot change it. */
export type Chat = {
  readonly person: Person;
  readonly messages: Read[];
  state: 'open' | 'never-wrote' | 'blocked' | 'gone';
};

const POLL_MS = 5;
const WAIT_MS = 5_000;

export function newChat(world: World, id: number, settings: PersonSettings): Chat {
  const { updates } = world;
  const from = {
    id,
    is_bot: false,
    first_name: settings.firstName ?? `Persona ${id}`,
    ...(settings.language === undefined ? {} : { language_code: settings.language }),
  };
  const chat = { id, type: 'private', first_name: from.first_name };
  let latest: Readonly<Record<string, unknown>> | undefined;

  const send = (content: Readonly<Record<string, unknown>>, place: object = chat): number | undefined => {
    own.state = 'open';
    latest = { message_id: world.nextMessageId(), from, chat: place, date: seconds(), ...content };
    return updates.add('message', latest);
  };
  const member = (status: string): number | undefined => {
    const bot = { id: world.bot.id, is_bot: true, first_name: 'Comadre', username: world.bot.username };
    const was = status === 'member' ? 'kicked' : 'member';
    return updates.add('my_chat_member', {
      chat,
      from,
      date: seconds(),
      old_chat_member: { user: bot, status: was },
      new_chat_member: { user: bot, status, ...(status === 'kicked' ? { until_date: 0 } : {}) },
    });
  };

  const person: Person = {
    id,
    says: (text) => send({ text, ...entitiesOf(text) }),
    presses(wanted) {
      const fits = ({ label, payload }: Button): boolean => label === wanted || payload === wanted;
      const message = own.messages.findLast(({ buttons }) => buttons.some(fits));
      const button = message?.buttons.find(fits);
      if (message === undefined || button === undefined) throw new Error(`no button "${wanted}" for ${id}`);
      return updates.add('callback_query', {
        id: world.newPress(),
        from,
        chat_instance: String(id),
        message: { message_id: message.messageId, chat, date: seconds(), text: message.text },
        data: button.payload,
      });
    },
    edits(text) {
      if (latest === undefined) throw new Error(`${id} has written nothing yet`);
      latest = { ...latest, edit_date: seconds(), text };
      return updates.add('edited_message', latest);
    },
    sends: (content) => send(content),
    sendsPhoto(caption) {
      const photo = [
        { file_id: `photo-${id}`, file_unique_id: `p${id}`, width: 90, height: 90, file_size: 1_200 },
      ];
      return send({ photo, ...(caption === undefined ? {} : { caption }) });
    },
    sendsFile(kind, { name, bytes, mime }, caption, more = {}) {
      const id = world.keepFile({ name, bytes });
      const given = { file_id: id, file_unique_id: id, file_size: bytes.length };
      const named = { ...given, mime_type: mime, ...(kind === 'voice' ? {} : { file_name: name }) };
      const content = kind === 'photo' ? [{ ...given, width: 90, height: 90 }] : named;
      return send({ [kind]: content, ...(caption === undefined ? {} : { caption }), ...more });
    },
    sharesContact({ phone, userId, forwarded = false }) {
      const whose = userId === undefined ? {} : { user_id: userId };
      const before = { forward_origin: { type: 'user', sender_user: from, date: 1_700_000_000 } };
      return send({
        contact: { phone_number: phone, first_name: 'Persona', ...whose },
        ...(forwarded && before),
      });
    },
    sharesLocation: () => send({ location: { latitude: 32.5, longitude: -117 } }),
    repliesTo(messageId, text, more) {
      const bot = { id: world.bot.id, is_bot: true, first_name: 'Comadre', username: world.bot.username };
      const answered = { message_id: messageId, chat, date: 0, from: more?.toHerOwn === true ? from : bot };
      return send({ text, reply_to_message: answered });
    },
    saysInGroup(groupId, text, more) {
      const group = { id: groupId, type: 'supergroup', title: 'Grupo' };
      const reply =
        more?.replyToBot === true
          ? {
              reply_to_message: { message_id: 1, chat: group, date: 0, from: { ...world.bot, is_bot: true } },
            }
          : {};
      return send({ text, ...entitiesOf(text), ...reply }, group);
    },
    blocks() {
      own.state = 'blocked';
      return member('kicked');
    },
    unblocks() {
      own.state = 'open';
      return member('member');
    },
    leavesTelegram() {
      own.state = 'gone';
    },
    inbox: () => own.messages,
    async waitFor(wanted, limitMs = WAIT_MS) {
      const end = Date.now() + limitMs;
      for (;;) {
        const found = own.messages.find((message) => fitsWords(wanted, message));
        if (found !== undefined) return found;
        if (Date.now() > end) {
          const got = own.messages.map(({ text }) => text).join('\n---\n');
          throw new Error(`${id} did not get ${String(wanted)} within ${limitMs} ms. She got:\n${got}`);
        }
        await wait(POLL_MS);
      }
    },
  };
  const own: Chat = { person, messages: [], state: settings.state ?? 'never-wrote' };
  return own;
}

export const seconds = (): number => Math.floor(Date.now() / 1_000);

function fitsWords(wanted: string | RegExp | ((message: Read) => boolean), message: Read): boolean {
  if (typeof wanted === 'string') return message.text.includes(wanted);
  return wanted instanceof RegExp ? wanted.test(message.text) : wanted(message);
}

function entitiesOf(text: string): object {
  const command = /^\/\w+(?:@\w+)?/u.exec(text)?.[0];
  if (command === undefined) return {};
  return { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
}
