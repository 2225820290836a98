import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCall } from '../bot-api-emulator/read-call.ts';
import { accountEdge, type CloudAccount } from './account.ts';
import { type MessageCall, messageCall } from './calls.ts';
import { type Fault, type Faults, faultsInLine } from './faults.ts';
import { type Hooks, hooksOf } from './hooks.ts';
import {
  arrivalOf,
  type CloudFile,
  type CloudPerson,
  type CloudPersonSettings,
  newPerson,
  type Person,
} from './person.ts';
import { findSpecification, type Specification } from './specification.ts';

export type CloudApiSettings = {
  readonly token: string;
  readonly phoneNumberId: string;
  readonly appSecret: string;
  /** Templates that Meta has approved, by "name/language": how many places each has. */
  readonly templates?: Readonly<Record<string, number>>;
  /** What the business account tells of itself; without it there is none to ask. */
  readonly account?: CloudAccount;
  /** Changes posted at once, at most. */
  readonly batchMax?: number;
};

export type CloudCall = {
  readonly path: string;
  readonly body: unknown;
  readonly at: number; // ms since 1970
  /** Set when it was refused by an injected fault: with this status. */
  readonly refused?: number;
};

/** A server on this machine that speaks WhatsApp's Cloud API, with people to play. */
export type CloudApi = {
  /** What to give the channel as its API root. */
  readonly url: string;
  /** The person with this number; the same one each time. `settings` count the first time. */
  person(phone: string, settings?: CloudPersonSettings): CloudPerson;
  readonly hooks: Hooks;
  readonly fault: Faults;
  /** Moves the platform's clock: 24 hours after somebody wrote, only templates go to her. */
  forward(hours: number): void;
  readonly calls: readonly CloudCall[];
  /** What was wrong with the calls. A test ends with this empty. */
  readonly violations: readonly string[];
  stop(): Promise<void>;
};

const VERSION = 'v26.0';
const WINDOW_MS = 24 * 60 * 60 * 1_000;
const ACCOUNT = '102290129340398';
const DISPLAY_NUMBER = '525550100000';
const FILE_BYTES: Readonly<Record<string, number>> = { image: 5, audio: 16, video: 16 };

/** What the platform answers when it says no. */
class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type World = {
  readonly settings: CloudApiSettings;
  readonly people: Person[];
  readonly files: Map<string, CloudFile>;
  readonly hooks: Hooks;
  readonly calls: CloudCall[];
  readonly violations: string[];
  url: string;
  now(): number;
  nextId(): number;
};

export async function startCloudApi(settings: CloudApiSettings): Promise<CloudApi> {
  const faults = faultsInLine();
  const { appSecret: secret, batchMax = 50 } = settings;
  let shiftMs = 0;
  let ids = 0;
  const world: World = {
    settings,
    people: [],
    files: new Map(),
    hooks: hooksOf({ secret, accountId: ACCOUNT, batchMax }),
    calls: [],
    violations: [],
    url: '',
    now: () => Date.now() + shiftMs,
    nextId: () => (ids += 1),
  };
  const http = createServer((request, response) => {
    answer(world, faults, { request, response }).catch((error: unknown) => {
      world.violations.push(`the emulator failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  world.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url: world.url,
    person: (phone, of = {}) => personOf(world, phone, of),
    hooks: world.hooks,
    fault: faults,
    forward: (hours) => void (shiftMs += hours * 60 * 60 * 1_000),
    calls: world.calls,
    violations: world.violations,
    async stop() {
      await world.hooks.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function personOf(world: World, phone: string, settings: CloudPersonSettings): Person {
  const known = world.people.find((each) => each.phone === phone);
  if (known !== undefined) return known;
  const person = newPerson(
    {
      hear: (of, message) => hear(world, of, message),
      keep: (file) => keep(world, file),
      status: (of, id, status) => tellStatus(world, of, { id, status }),
    },
    phone,
    settings,
  );
  world.people.push(person);
  return person;
}

const metadata = ({ settings }: World) => ({
  display_phone_number: DISPLAY_NUMBER,
  phone_number_id: settings.phoneNumberId,
});

const seconds = (world: World): string => String(Math.floor(world.now() / 1_000));

function hear(world: World, person: Person, message: Readonly<Record<string, unknown>>): string {
  person.lastWroteAt = world.now();
  const id = `wamid.IN${String(world.nextId()).padStart(12, '0')}`;
  const { phone, scopedId, hidesNumber } = person;
  const from = {
    ...(!hidesNumber && { from: phone }),
    ...(scopedId !== undefined && { from_user_id: scopedId }),
  };
  const contact = {
    profile: { name: 'Persona' },
    ...(!hidesNumber && { wa_id: phone }),
    ...(scopedId !== undefined && { user_id: scopedId }),
  };
  world.hooks.add({
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: metadata(world),
      contacts: [contact],
      messages: [{ ...from, id, timestamp: seconds(world), ...message }],
    },
  });
  return id;
}

type Told = { readonly id: string; readonly status: string; readonly code?: number };

function tellStatus(world: World, person: Person | undefined, { id, status, code }: Told): void {
  const errors = code === undefined ? {} : { errors: [{ code, title: 'Message undeliverable' }] };
  const told = { id, status, timestamp: seconds(world), recipient_id: person?.phone ?? '', ...errors };
  world.hooks.add({
    field: 'messages',
    value: { messaging_product: 'whatsapp', metadata: metadata(world), statuses: [told] },
  });
}

function keep(world: World, file: CloudFile): string {
  const id = String(900_000_000_000_000 + world.nextId());
  world.files.set(id, file);
  return id;
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

async function answer(
  world: World,
  faults: ReturnType<typeof faultsInLine>,
  { request, response }: Exchange,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const call = await readCall(request, url.searchParams);
  const fault = faults.take(url.pathname);
  const refused = fault !== undefined && 'status' in fault ? { refused: fault.status } : {};
  const path = `${request.method} ${url.pathname}`;
  world.calls.push({ path, body: call.params, at: Date.now(), ...refused });
  if (fault !== undefined && 'status' in fault) return refuse(response, fault);
  if (fault !== undefined && fault.drop === 'before') return void response.socket?.destroy();
  try {
    const bytes = downloadOf(world, request, url.pathname);
    const result = bytes ?? (await carryOut(world, request, { url, ...call }));
    if (fault !== undefined) return void response.socket?.destroy();
    if (result instanceof Uint8Array) return void response.end(result);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(response, { status: error.status, code: error.code, message: error.message });
  }
}

function downloadOf(world: World, request: IncomingMessage, path: string): Uint8Array | undefined {
  const id = /^\/file\/(\d+)$/u.exec(path)?.[1];
  if (id === undefined) return undefined;
  authorise(world, request);
  const file = world.files.get(id);
  if (file === undefined) throw new Refusal(404, 100, 'no such file');
  return file.bytes;
}

function authorise({ settings }: World, { headers }: IncomingMessage): void {
  if (headers.authorization !== `Bearer ${settings.token}`) {
    throw new Refusal(401, 190, 'Invalid OAuth access token - Cannot parse access token');
  }
}

type Asked = Awaited<ReturnType<typeof readCall>> & { readonly url: URL };

async function carryOut(
  world: World,
  request: IncomingMessage,
  { url, params, files }: Asked,
): Promise<unknown> {
  const [version, id = '', edge] = url.pathname.split('/').slice(1);
  const { account } = world.settings;
  if (account !== undefined && version === VERSION) {
    const told = accountEdge(account, world.settings, { request, url });
    if (told === 'not-allowed') throw new Refusal(403, 200, 'Permissions error');
    if (told !== undefined) return told;
  }
  authorise(world, request);
  if (version !== VERSION) throw new Refusal(400, 2635, 'the version is not offered here');
  if (id !== world.settings.phoneNumberId) return describeFile(world, id);
  if (edge === undefined) {
    return {
      id,
      verified_name: 'Comadre',
      quality_rating: 'GREEN',
      display_phone_number: '+52 1 55 5010 0000',
    };
  }
  if (edge === 'messages') return take(world, params);
  if (edge !== 'media') throw new Refusal(400, 100, 'no such edge');
  const file = files.get('file');
  const mime = String(params['type']);
  const bytesMax = (FILE_BYTES[mime.split('/')[0] ?? ''] ?? 100) * 1024 * 1024;
  if (params['messaging_product'] !== 'whatsapp' || file === undefined || file.bytes.length > bytesMax) {
    world.violations.push(`media: ${mime}, ${file?.bytes.length ?? 'no'} bytes`);
    throw new Refusal(400, 131_053, 'Media upload error');
  }
  return { id: keep(world, { mime, name: file.name, bytes: file.bytes }) };
}

function describeFile(world: World, id: string): unknown {
  const file = world.files.get(id);
  if (file === undefined)
    throw new Refusal(400, 100, `Unsupported get request. Object with ID '${id}' does not exist`);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return {
    messaging_product: 'whatsapp',
    url: `${world.url}/file/${id}`,
    mime_type: file.mime,
    sha256,
    file_size: String(file.bytes.length),
    id,
  };
}

function take(world: World, params: Readonly<Record<string, unknown>>): unknown {
  const checked = messageCall.safeParse(params);
  if (!checked.success) {
    const issues = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    world.violations.push(...issues);
    throw new Refusal(400, 100, '(#100) Invalid parameter');
  }
  world.violations.push(...(specification()?.(params) ?? []));
  const call = checked.data;
  checkTemplate(world, call);
  const person = world.people.find(({ phone, scopedId }) =>
    call.to === undefined ? scopedId === call.recipient : numberOf(phone) === call.to,
  );
  const isOpen = person?.lastWroteAt !== undefined && world.now() - person.lastWroteAt < WINDOW_MS;
  if (person !== undefined && call.type !== 'template' && !isOpen) {
    throw new Refusal(400, 131_047, 'Re-engagement message');
  }
  const id = `wamid.OUT${String(world.nextId()).padStart(12, '0')}`;
  tellStatus(world, person, { id, status: 'sent' });
  if (person === undefined) tellStatus(world, person, { id, status: 'failed', code: 131_026 });
  else if (!person.isBlocked) {
    const arrival = arrivalOf(id, call, (mediaId) => {
      const file = world.files.get(mediaId);
      if (file === undefined) throw new Refusal(400, 131_052, 'Media download error');
      return file;
    });
    person.arrived.push(arrival);
    person.unread.push(id);
    tellStatus(world, person, { id, status: 'delivered' });
  }
  const names = call.to === undefined ? { user_id: call.recipient } : { wa_id: person?.phone ?? call.to };
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input: call.to ?? call.recipient, ...names }],
    messages: [{ id }],
  };
}

/** Read once: it is a megabyte. */
const specification = (): Specification | undefined => {
  found ??= { of: findSpecification() };
  return found.of;
};
let found: { readonly of: Specification | undefined } | undefined;

/** Meta receives at 52 and ten digits whoever it names 521. */
const numberOf = (phone: string): string => phone.replace(/^521(\d{10})$/u, '52$1');

function checkTemplate({ settings, violations }: World, call: MessageCall): void {
  if (call.type !== 'template') return;
  const { name, language, components } = call.template;
  const places = settings.templates?.[`${name}/${language.code}`];
  if (places === undefined)
    throw new Refusal(404, 132_001, 'Template name does not exist in the translation');
  const given = components[0]?.parameters.length ?? 0;
  if (given === places) return;
  violations.push(`template ${name}: ${given} values for ${places} places`);
  throw new Refusal(400, 132_000, 'Number of parameters does not match the expected number of params');
}

function refuse(response: ServerResponse, fault: Extract<Fault, { status: number }>): void {
  const { status, code = status >= 500 ? 131_000 : 100, retryAfter, message = 'Error', html } = fault;
  const type = html === true ? 'text/html' : 'application/json';
  response.writeHead(status, {
    'content-type': type,
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  });
  const error = {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    fbtrace_id: 'AinventedTrace',
  };
  response.end(html === true ? '<html><body>Bad Gateway</body></html>' : JSON.stringify({ error }));
}
