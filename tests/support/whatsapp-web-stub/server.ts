import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { z } from 'zod';
import { selfSigned } from './certificate.ts';

const HOST = 'web.whatsapp.com';
const PAGE = readFileSync(new URL('./page.mjs', import.meta.url));
const HTML = '<!doctype html><title>WhatsApp</title><div id="app"></div><script src="/page.js"></script>';

/** A person under the names WhatsApp has for her: "5215550100001@c.us", "7001@lid". She writes under `writesAs`. */
export type StubPerson = {
  readonly phone: string;
  readonly lid?: string;
  readonly writesAs: string;
  /** Other numbers that lead to her. */
  readonly also?: readonly string[];
};

export type StubFile = { readonly mime: string; readonly name: string; readonly bytes: Uint8Array };

/** A message to us, as far as it is not a plain one. */
export type Written = {
  readonly type?: string;
  readonly body?: string;
  readonly file?: StubFile;
  /** In this group, and to us. */
  readonly group?: string;
  readonly mentions?: boolean;
  readonly quotes?: string;
  readonly isForwarded?: boolean;
};

const out = z.object({
  id: z.string(),
  to: z.string(),
  type: z.string(),
  body: z.string().optional(),
  caption: z.string().optional(),
  mimetype: z.string().optional(),
  filename: z.string().optional(),
  directPath: z.string().optional(),
});
/** A message of ours, as WhatsApp has it. */
export type Out = z.infer<typeof out> & { readonly bytes?: Uint8Array };
type Fault = 'refuse' | 'lose-answer';
type InChat = Readonly<Record<string, unknown>> & { readonly id: string; readonly chat: string };

export type WhatsAppStub = Awaited<ReturnType<typeof startWhatsAppStub>>;

/**
 * WhatsApp, as far as a linked page sees it: who is who, what is written, what is unread. Its page is a stand-in for
 * web.whatsapp.com (page.mjs); what arrives while no page is open is unread when the next one opens.
 */
export async function startWhatsAppStub() {
  const people: StubPerson[] = [];
  const chats = new Map<string, { unread: number; messages: InChat[] }>();
  const sent: Out[] = [];
  const files = new Map<string, Uint8Array>();
  const blocked = new Set<string>();
  const faults: (Fault | undefined)[] = [];
  const uploads: Uint8Array[] = [];
  const state = { link: '', latest: undefined as InChat | undefined, pages: 0 };
  let page: ServerResponse | undefined;

  const tell = (type: string, given: unknown = {}): boolean =>
    page?.write(`data: ${JSON.stringify({ type, given })}\n\n`) ?? false;
  const shownPeople = () =>
    people.map(({ phone, lid, also = [] }) => ({
      phone,
      lid,
      names: [phone, ...(lid ? [lid] : []), ...also],
    }));
  const everything = () => ({
    people: shownPeople(),
    chats: [...chats].map(([id, chat]) => ({ id, ...chat })),
  });
  const keepFile = (bytes: Uint8Array): string => {
    const path = `/file/${randomBytes(8).toString('hex')}`;
    files.set(path, bytes);
    return path;
  };

  const take = (given: z.infer<typeof out>): { fault?: Fault } => {
    const fault = faults.shift();
    if (fault === 'refuse') return { fault };
    const { directPath } = given;
    const bytes = directPath === undefined ? undefined : files.get(directPath);
    const person = people.find(({ phone, lid }) => phone === given.to || lid === given.to);
    if (person && !blocked.has(person.phone)) {
      sent.push({ ...given, ...(bytes && { bytes }) });
      setTimeout(() => tell('ack', { id: given.id, ack: 2 }), 5);
    }
    return fault ? { fault } : {};
  };

  const posted = (what: string, body: Buffer): unknown => {
    if (what === 'upload') {
      uploads.push(body);
      return { path: keepFile(body) };
    }
    const given: unknown = JSON.parse(body.toString());
    if (what === 'out') return take(out.parse(given));
    if (what === 'seen') {
      const seen = z.object({ chat: z.string(), last: z.string() }).parse(given);
      const chat = chats.get(seen.chat);
      // What the page does not have yet is not read.
      if (chat)
        chat.unread = chat.messages.length - 1 - chat.messages.findIndex(({ id }) => id === seen.last);
    }
    if (what === 'revoke') {
      const { id } = z.object({ id: z.string() }).parse(given);
      sent.splice(0, sent.length, ...sent.filter((each) => each.id !== id));
    }
    return {};
  };

  const open = (link: string, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    page = response;
    state.pages += 1;
    response.on('close', () => {
      if (page === response) page = undefined;
    });
    if (state.link !== '' && link === state.link) tell('linked', everything());
    else tell('unlinked');
  };

  const server = createServer(selfSigned(HOST), (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `https://${HOST}`);
    if (pathname === '/page/events') return open(searchParams.get('link') ?? '', response);
    if (pathname === '/page.js') return answer(response, 200, 'text/javascript', PAGE);
    if (pathname === '/') return answer(response, 200, 'text/html', HTML);
    const file = files.get(pathname);
    if (file) return answer(response, 200, 'application/octet-stream', file);
    if (request.method !== 'POST') return answer(response, 404, 'text/plain', '');
    void bodyOf(request).then((body) => {
      const given = posted(pathname.replace('/page/', ''), body);
      answer(response, 200, 'application/json', JSON.stringify(given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  return {
    /** What the browser needs to find this in place of WhatsApp, and nothing else of the world. */
    browserArgs: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1:${port}, MAP * ~NOTFOUND`],
    /** How often a page was opened, and whether one is. */
    pages: () => state.pages,
    isOpen: () => page !== undefined,
    /** The telephone scans the QR that is shown. */
    scan() {
      state.link = randomBytes(8).toString('hex');
      tell('scan', { link: state.link, ...everything() });
    },
    /** The telephone's owner unlinks us. */
    unlink() {
      state.link = '';
      tell('unlink');
    },
    /** The page says that the connection is in this state: CONFLICT, TIMEOUT … */
    connection: (name: string) => tell('state', name),
    hang: () => tell('hang'),
    add(person: StubPerson) {
      people.push(person);
      tell('people', shownPeople());
    },
    /** @returns WhatsApp's short id of the message */
    write(person: StubPerson, written: Written): string {
      const { file, group, ...rest } = written;
      const chat = group ?? person.writesAs;
      const message: InChat = {
        id: randomBytes(10).toString('hex').toUpperCase(),
        chat,
        from: person.writesAs,
        type: 'chat',
        body: '',
        t: Math.floor(Date.now() / 1_000),
        ...rest,
        ...(file && {
          caption: rest.body,
          file: { mime: file.mime, name: file.name, size: file.bytes.length, path: keepFile(file.bytes) },
        }),
      };
      const kept = chats.get(chat) ?? { unread: 0, messages: [] };
      chats.set(chat, { unread: kept.unread + 1, messages: [...kept.messages, message] });
      state.latest = message;
      tell('in', message);
      return message.id;
    },
    /** Tells the page of a message once more: of the latest one unless told. */
    again: (id = state.latest?.id) =>
      tell(
        'in',
        [...chats.values()].flatMap(({ messages }) => messages).find((message) => message.id === id),
      ),
    edit(person: StubPerson, id: string, body: string) {
      tell('edit', { chat: person.writesAs, id, body, at: Date.now() });
    },
    /** She took another number. */
    move(person: StubPerson, to: string) {
      tell('moved', { id: randomBytes(10).toString('hex'), chat: to, from: person.phone, to });
    },
    block: (person: StubPerson) => blocked.add(person.phone),
    unblock: (person: StubPerson) => blocked.delete(person.phone),
    /** She opens her chat. */
    read(person: StubPerson) {
      for (const { id } of toPerson(sent, person)) {
        tell('ack', { id, ack: 2 });
        tell('ack', { id, ack: 3 });
      }
    },
    unread: (person: StubPerson) => chats.get(person.writesAs)?.unread ?? 0,
    /** By persons; a group's chatter is nobody's to read. */
    allUnread: () =>
      [...chats].reduce((sum, [id, { unread }]) => sum + (id.endsWith('@g.us') ? 0 : unread), 0),
    /** What stands in her chat from us. */
    outTo: (person: StubPerson) => toPerson(sent, person),
    /** Hits the next message of ours, or the one after so many that go well. */
    fail: (fault: Fault, after = 0) => void faults.push(...Array<undefined>(after).fill(undefined), fault),
    forgetFiles: () => files.clear(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const toPerson = (sent: readonly Out[], { phone, lid }: StubPerson): Out[] =>
  sent.filter(({ to }) => to === phone || to === lid);

const answer = (response: ServerResponse, status: number, type: string, body: string | Uint8Array): void => {
  response.writeHead(status, { 'content-type': type }).end(body);
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
