import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, type Faults, faultsInLine } from './faults.ts';
import { type Limits, limiterOf } from './limits.ts';
import { carryOut, Refusal, type Server } from './methods.ts';
import { type Chat, newChat, type Person, type PersonSettings } from './person.ts';
import { type Call, readCall, type UploadedFile } from './read-call.ts';
import { faultsOf, findSpecification } from './specification.ts';
import { isMethod, METHODS } from './table.ts';
import { updatesInLine } from './updates.ts';

type BotApiSettings = {
  readonly token: string;
  /** The bot's name without "@". */
  readonly username?: string;
  /** Number of the first update. */
  readonly firstUpdateId?: number;
  /** 0, a free one, unless told. */
  readonly port?: number;
  /** What is allowed of messages; anything, unless told. */
  readonly limits?: Limits;
};

/** One call of the bot, as it came. */
type BotCall = {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly at: number; // ms since 1970
  /** Set when it was refused by an injected fault, or as too many: with this status. */
  readonly refused?: number;
  /** Seconds that it was told to wait. */
  readonly retryAfter?: number;
};

/** A server on this machine that speaks the Telegram Bot API over HTTP, with people to play. */
export type BotApi = {
  /** What to give the bot as its API root. */
  readonly url: string;
  /** The person with this Telegram id; the same one each time. `settings` count the first time. */
  person(id: number, settings?: PersonSettings): Person;
  /** Puts an update (or anything) in line; its `update_id` is chosen here and returned. */
  deliver(update: Readonly<Record<string, unknown>>): number;
  /**
   * Delivers an update once more, as after a lost confirmation; with `newId` under a number of its own, as Telegram does
   * with a press when a phone connects again.
   */
  redeliver(updateId: number, more?: { readonly newId?: boolean }): number;
  /** Numbers of the updates the bot has not confirmed. */
  unconfirmed(): readonly number[];
  /** Ends a waiting poll with nothing, as when its time is up. */
  endPoll(): void;
  /** The next update gets this number: after a quiet week Telegram may begin anywhere. */
  renumber(from: number): void;
  /** The next getFile names this path, whatever it was asked for, and no size. */
  nextFilePath(path: string): void;
  readonly fault: Faults;
  readonly calls: readonly BotCall[];
  /** What was wrong with the bot's calls. A test ends with this empty. */
  readonly violations: readonly string[];
  /** Whether calls were also checked against a description of the whole Bot API. */
  readonly specified: boolean;
  stop(): Promise<void>;
};

const BOT_ID = 7_000_000_001;

export async function startBotApi(settings: BotApiSettings): Promise<BotApi> {
  const bot = { id: BOT_ID, username: settings.username ?? 'comadre_bot' };
  const updates = updatesInLine(settings.firstUpdateId ?? 1_000);
  const chats = new Map<number, Chat>();
  const presses = new Set<string>();
  const faults = faultsInLine();
  const calls: BotCall[] = [];
  const violations: string[] = [];
  const specification = findSpecification();
  const limiter = settings.limits && limiterOf(settings.limits);
  let messages = 0;
  let pressed = 0;
  const nextMessageId = (): number => {
    messages += 1;
    return messages;
  };
  const newPress = (): string => {
    pressed += 1;
    const id = `48${String(pressed).padStart(16, '0')}`;
    presses.add(id);
    return id;
  };
  const files = new Map<string, UploadedFile>();
  const keepFile = (file: UploadedFile): string => {
    const id = `file-${files.size + 1}`;
    files.set(id, file);
    return id;
  };
  const filePaths: string[] = [];
  const server: Server = { bot, updates, chats, presses, files, filePaths, keepFile, nextMessageId };

  const check = (method: string, params: Readonly<Record<string, unknown>>): Refusal | undefined => {
    if (specification !== undefined) violations.push(...faultsOf(specification, method, params));
    if (!isMethod(method)) {
      violations.push(`${method} is not offered here`);
      return new Refusal(404, 'Not Found: method not found');
    }
    const checked = METHODS[method].safeParse(params);
    if (checked.success) return undefined;
    const issues = checked.error.issues.map(({ path, message }) => `${method}.${path.join('.')}: ${message}`);
    violations.push(...issues);
    return new Refusal(400, `Bad Request: ${wordsFor(JSON.stringify(checked.error.issues))}`);
  };

  /** What Telegram counts are messages: who asks for updates or answers a press is not limited. */
  const tooMany = (method: string, params: Readonly<Record<string, unknown>>): Fault | undefined => {
    if (!method.startsWith('send')) return undefined;
    const retryAfter = limiter?.take(String(params['chat_id']), performance.now());
    return retryAfter === undefined ? undefined : { status: 429, retryAfter };
  };

  /** A file's bytes, at the path that getFile gave. Faults aim at it by the name "download". */
  const download = (response: ServerResponse, path: string): void => {
    const [, token, id] = /^\/file\/bot([^/]+)\/files\/([\w-]+)\.\w+$/u.exec(path) ?? [];
    const file = token === settings.token ? files.get(id ?? '') : undefined;
    const fault = faults.take('download');
    if (fault !== undefined && 'status' in fault) return refuseAs(response, fault);
    if (file === undefined) return refuse(response, new Refusal(404, 'Not Found'));
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    if (fault === undefined) return void response.end(file.bytes);
    response.write(file.bytes.subarray(0, file.bytes.length / 2), () => response.socket?.destroy());
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith('/file/')) return download(response, url.pathname);
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(url.pathname) ?? [];
    const call = await readCall(request, url.searchParams);
    if (token !== settings.token) {
      const wellFormed = token !== undefined && /^\d+:[\w-]+$/u.test(token);
      return refuse(response, wellFormed ? new Refusal(401, 'Unauthorized') : new Refusal(404, 'Not Found'));
    }
    const wrong = check(method, call.params);
    const injected = faults.take(method);
    const fault = injected ?? tooMany(method, call.params);
    const refusal = fault !== undefined && 'status' in fault ? fault : undefined;
    const { retryAfter } = refusal ?? {};
    const waits = retryAfter === undefined ? {} : { retryAfter };
    if (injected !== undefined && retryAfter !== undefined) limiter?.hold(retryAfter, performance.now());
    const refused = refusal === undefined ? {} : { refused: refusal.status, ...waits };
    calls.push({ method, params: call.params, at: Date.now(), ...refused });
    if (fault !== undefined && 'status' in fault) return refuseAs(response, fault);
    if (fault !== undefined && fault.drop === 'before-delivery') return void response.socket?.destroy();
    if (wrong !== undefined) return refuse(response, wrong);
    const result = await attempt(server, { method, call, response });
    if (fault !== undefined) return void response.socket?.destroy();
    if (result instanceof Refusal) return refuse(response, result);
    respond(response, 200, { ok: true, result });
  };

  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      violations.push(`the emulator failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => http.listen(settings.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    person(id, of = {}) {
      const chat = chats.get(id) ?? newChat({ updates, bot, nextMessageId, newPress, keepFile }, id, of);
      chats.set(id, chat);
      return chat.person;
    },
    deliver: (update) => updates.addRaw(update),
    redeliver: (updateId, more) => updates.redeliver(updateId, more?.newId ?? false),
    unconfirmed: () => updates.open(),
    endPoll: () => updates.endPoll(),
    renumber: (from) => updates.renumber(from),
    nextFilePath: (path) => void filePaths.push(path),
    fault: faults,
    calls,
    violations,
    specified: specification !== undefined,
    async stop() {
      updates.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

type Attempt = { readonly method: string; readonly call: Call; readonly response: ServerResponse };

async function attempt(server: Server, { method, call, response }: Attempt): Promise<unknown> {
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  try {
    if (!isMethod(method)) throw new Refusal(404, 'Not Found: method not found');
    return await carryOut(server, { method, ...call, closed: hungUp.signal });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  respond(response, status, { ok: false, error_code: status, description: message });
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

function refuseAs(response: ServerResponse, fault: Extract<Fault, { status: number }>): void {
  const { status, retryAfter, html } = fault;
  if (html === true) {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html><body>Bad Gateway</body></html>');
    return;
  }
  const usual =
    retryAfter === undefined ? STATUS_WORDS[status] : `Too Many Requests: retry after ${retryAfter}`;
  respond(response, status, {
    ok: false,
    error_code: status,
    description: fault.description ?? usual ?? 'Error',
    ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
  });
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Telegram's own words for the mistakes it has words for. */
function wordsFor(issues: string): string {
  if (issues.includes('"callback_data"')) return 'BUTTON_DATA_INVALID';
  if (issues.includes('too_big') && issues.includes('"text"')) return 'message is too long';
  if (issues.includes('"text"')) return 'message text is empty';
  return 'wrong parameters';
}
