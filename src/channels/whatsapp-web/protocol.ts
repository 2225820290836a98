import { z } from 'zod';
import { PHONE } from '../phone-number.ts';

/**
 * What the program and the process beside it say to each other: `Order`s go to the worker, `Note`s come from it. Each
 * side reads the other with these schemas and trusts nothing else, though both are ours: only the worker runs a
 * stranger's library and a browser.
 */

const ID_CHARS_MAX = 256;
const TEXT_CHARS_MAX = 70_000; // WhatsApp's own limit is 65,536
const CALLS_MAX = Number.MAX_SAFE_INTEGER;

const id = z.string().min(1).max(ID_CHARS_MAX);
const call = z.int().positive().max(CALLS_MAX);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** One bubble: words, or a file with words under it. */
const part = z.object({
  text: z.string().max(TEXT_CHARS_MAX),
  file: z
    .object({
      kind: z.enum(['voice', 'image', 'video', 'document']),
      name: z.string(),
      mime: z.string(),
      bytes,
    })
    .optional(),
});
export type Part = z.infer<typeof part>;

const browser = z.object({
  executablePath: z.string(),
  /** Where the link with the telephone is kept. */
  folder: z.string(),
  /** Beside those the channel always gives. */
  args: z.array(z.string()),
  acceptInsecureCerts: z.boolean(),
});
export type BrowserSettings = z.infer<typeof browser>;

/** Names under which WhatsApp may know a person, the likeliest first: "525550100123@c.us", "1234@lid". */
const to = z.array(id).min(1).max(4);

export const order = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), browser, beatMs: z.int().positive() }),
  /** The message is in the database: it need not be offered again. */
  z.object({ type: z.literal('safe'), id }),
  z.object({ type: z.literal('send'), call, to, part }),
  z.object({ type: z.literal('fetch'), call, ref: z.string() }),
  z.object({ type: z.literal('erase'), call, to, ids: z.array(id) }),
  z.object({ type: z.literal('close') }),
]);
export type Order = z.infer<typeof order>;

/** Something that happened in a chat, in WhatsApp's words; `receive.ts` makes a message of it. */
export const heard = z.object({
  event: z.enum(['message', 'edited', 'unreadable', 'moved']),
  /** WhatsApp's own name of the message, chat included. */
  id,
  /** Of an edit: which one it is. */
  edit: z.string().max(ID_CHARS_MAX).optional(),
  /** Seconds since 1970. */
  at: z.number(),
  type: z.string().max(64),
  body: z.string().max(TEXT_CHARS_MAX),
  /** Who wrote it: her phone's digits and her `@lid`, as far as WhatsApp tells. */
  phone: z.string().max(32).optional(),
  lid: z.string().max(64).optional(),
  isGroup: z.boolean(),
  /** In a group: it names us, or answers us. */
  isToUs: z.boolean(),
  isForwarded: z.boolean(),
  /** WhatsApp's short id of our message that she answers. */
  repliesTo: z.string().max(ID_CHARS_MAX).optional(),
  file: z
    .object({
      mime: z.string().max(128).optional(),
      size: z.number().nonnegative().optional(),
      name: z.string().max(255).optional(),
    })
    .optional(),
  vCards: z.array(z.string().max(TEXT_CHARS_MAX)).max(100),
});
export type Heard = z.infer<typeof heard>;

export const note = z.discriminatedUnion('type', [
  z.object({ type: z.literal('qr'), qr: z.string().min(1).max(2_000) }),
  /** `phone`: the number of the linked telephone, in digits, where it is known. */
  z.object({ type: z.literal('ready'), phone: z.string().regex(PHONE).optional().catch(undefined) }),
  z.object({ type: z.literal('heard'), heard }),
  /** What WhatsApp says of a message of ours: -1 failed, 1 taken, 2 on her telephone, 3 read, 4 played. */
  z.object({ type: z.literal('acked'), id, ack: z.int() }),
  z.object({ type: z.literal('answer'), call, answer: z.unknown() }),
  /** The worker and the page in its browser are alive; `isLinked`: the page is connected to WhatsApp. */
  z.object({ type: z.literal('beat'), isLinked: z.boolean() }),
  /** Something failed that ends nothing. */
  z.object({ type: z.literal('trouble'), reason: z.string().max(200) }),
  /** It is over for this worker, which ends. `logout`: the telephone was unlinked. */
  z.object({ type: z.literal('lost'), reason: z.string().max(200), logout: z.boolean() }),
]);
export type Note = z.infer<typeof note>;

export const sendAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('sent'), id }),
  z.object({ outcome: z.enum(['no-such-number', 'unknown']) }),
]);
export type SendAnswer = z.infer<typeof sendAnswer>;

export const fetchAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('fetched'), mime: z.string(), bytes }),
  z.object({ outcome: z.enum(['gone', 'too-large', 'unavailable']) }),
]);
export type FetchAnswer = z.infer<typeof fetchAnswer>;

/** The ids that are gone from her chat. */
export const eraseAnswer = z.array(id);
