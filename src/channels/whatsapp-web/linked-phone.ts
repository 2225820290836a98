import { once } from 'node:events';
import type WhatsApp from 'whatsapp-web.js';
import { phoneOf } from '../phone-number.ts';
import type { Line } from './calls.ts';
import { identitiesOf } from './identities.ts';
import { offersOf } from './offers.ts';
import type { BrowserSettings, Note } from './protocol.ts';

const LOOK_FOR_BROWSER_MS = 50;
const CLOSE_MS_MAX = 4_000;
/** For what is safe to be marked as read before the browser ends. */
const READ_MS_MAX = 1_500;
const ANSWER_MS_MAX = 10_000;
/** Waits for WhatsApp's page to load; then the library gives up (its authTimeoutMs). */
const LOAD_MS_MAX = 60_000;

/** Fewer doors and nothing in the background: measured with Debian's Chromium. */
const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export type LinkedPhone = {
  readonly line: Line;
  /** The program has this message. */
  safe(id: string): void;
  /** Whether the page answers and is connected to WhatsApp. Never resolves to anything while the page hangs: it rejects. */
  isLinked(): Promise<boolean>;
  /** Ends the browser in order, so that the link with the telephone is kept. */
  close(): Promise<void>;
};

/**
 * WhatsApp's page in a browser, driven by the library. What happens is told to `tell`; `lost` is told at most once, and
 * then there is nothing to do but to close.
 */
export function linkPhone(
  library: typeof WhatsApp,
  browser: BrowserSettings,
  tell: (note: Note) => void,
): LinkedPhone {
  const whatsapp = new library.Client(optionsOf(library, browser));
  const identities = identitiesOf(whatsapp);
  const trouble = (error: unknown): void => tell({ type: 'trouble', reason: reasonOf(error) });
  const offers = offersOf({
    whatsapp,
    identities,
    trouble,
    offer: (heard) => tell({ type: 'heard', heard }),
  });
  const state = { over: false, ready: false };
  const lose = (reason: string, logout = false): void => {
    if (state.over) return;
    state.over = true;
    tell({ type: 'lost', reason, logout });
  };

  whatsapp.on('qr', (qr: string) => tell({ type: 'qr', qr }));
  whatsapp.on('ready', () => {
    state.ready = true;
    offers.catchUp();
    tell({ type: 'ready', phone: ownPhone(whatsapp) });
  });
  whatsapp.on('auth_failure', () => lose('WhatsApp refused the link'));
  whatsapp.on('disconnected', (reason: string) => lose(`disconnected: ${reason}`, reason === 'LOGOUT'));
  whatsapp.on('message', (message) => offers.heard('message', message));
  whatsapp.on('message_ciphertext_failed', (message: WhatsApp.Message) =>
    offers.heard('unreadable', message),
  );
  whatsapp.on('message_edit', (message: WhatsApp.Message, _words: unknown, before: unknown) => {
    // Words that were sealed until now come as an edit of nothing.
    if (typeof before === 'string' && before !== '') offers.heard('edited', message);
  });
  whatsapp.on('message_ack', (message, ack) => {
    if (message.fromMe) tell({ type: 'acked', id: message.id.id, ack });
  });
  whatsapp.on('contact_changed', (...[message, oldId, , isContact]) => {
    if (isContact) offers.moved(message, String(oldId));
  });

  const stopLooking = tellWhenBrowserEnds(whatsapp, () => lose('the browser ended'));
  whatsapp.initialize().catch((error: unknown) => lose(reasonOf(error)));

  return {
    line: { library, whatsapp, identities },
    safe: (id) => offers.safe(id),
    async isLinked() {
      if (!state.ready) return false;
      return (await within(ANSWER_MS_MAX, whatsapp.getState())) === library.WAState.CONNECTED;
    },
    async close() {
      state.over = true;
      clearInterval(stopLooking);
      await within(READ_MS_MAX, offers.idle()).catch(trouble);
      await within(CLOSE_MS_MAX, endBrowser(whatsapp)).catch(trouble);
    },
  };
}

function optionsOf(library: typeof WhatsApp, browser: BrowserSettings): WhatsApp.ClientOptions {
  // Chromium refuses its sandbox to root, which is who runs in most containers.
  const isRoot = process.getuid?.() === 0;
  return {
    authStrategy: new library.LocalAuth({ dataPath: browser.folder }),
    authTimeoutMs: LOAD_MS_MAX,
    webVersionCache: { type: 'none' },
    puppeteer: {
      executablePath: browser.executablePath,
      headless: true,
      acceptInsecureCerts: browser.acceptInsecureCerts,
      args: [...ARGS, ...(isRoot ? ['--no-sandbox'] : []), ...browser.args],
      // With Puppeteer's own handlers a signal would end the browser and leave this process alive.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  };
}

/** The library has no event for a browser that ends: it goes quiet. */
function tellWhenBrowserEnds(whatsapp: WhatsApp.Client, tell: () => void): NodeJS.Timeout {
  const looking = setInterval(() => {
    // Its own type says "undefined"; it is null until the browser runs.
    if (!whatsapp.pupBrowser) return;
    clearInterval(looking);
    whatsapp.pupBrowser.once('disconnected', tell);
  }, LOOK_FOR_BROWSER_MS);
  return looking;
}

/**
 * Waits for the browser's own end: the library may have begun to close it already, and then answers at once; a browser
 * that is cut off forgets a link made in the last seconds.
 */
async function endBrowser(whatsapp: WhatsApp.Client): Promise<void> {
  const running = whatsapp.pupBrowser ? whatsapp.pupBrowser.process() : null;
  await whatsapp.destroy();
  if (running && running.exitCode === null && running.signalCode === null) await once(running, 'exit');
}

/** What may be told of an error: a browser's code or a kind, never its words, which may hold numbers of people. */
export function reasonOf(error: unknown): string {
  if (error === 'auth timeout' || error === 'ready timeout') return error;
  if (!(error instanceof Error)) return 'not an error';
  const code = /net::ERR_[A-Z_]+/u.exec(error.message)?.[0];
  if (code !== undefined) return code;
  if (/already running/u.test(error.message)) return 'the session folder is in use by another browser';
  if (/Failed to launch/u.test(error.message)) return 'the browser does not start';
  return error.name;
}

async function within<Result>(ms: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ms);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The number of the linked telephone in digits; undefined while WhatsApp shows only what hides it. */
function ownPhone(whatsapp: WhatsApp.Client): string | undefined {
  const own = whatsapp.info?.wid;
  return own?.server === 'c.us' ? phoneOf(own.user) : undefined;
}
