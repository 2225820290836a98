import { z } from 'zod';
import type { SimulatorPost } from '../channels/simulator/simulator.ts';

const TEXT_CHARS_MAX = 4_096; // as on Telegram; the conversation's own limit is smaller and answers in words
const PAYLOAD_BYTES_MAX = 64; // Telegram's callback_data
const START = /^\/start(?: +([\w-]{1,64}))?$/; // a deep link's word, by Telegram's rule

const fitsInButton = (payload: string): boolean => Buffer.byteLength(payload) <= PAYLOAD_BYTES_MAX;

const bodySchema = z.strictObject(
  {
    text: z
      .string('is not a text')
      .trim()
      .min(1, 'is empty; write at least one character')
      .max(TEXT_CHARS_MAX, `is too long; send at most ${TEXT_CHARS_MAX} characters`)
      .optional(),
    payload: z
      .string('is not a text')
      .min(1, 'is empty; send the payload of a button')
      .refine(fitsInButton, `is too long; a button holds at most ${PAYLOAD_BYTES_MAX} bytes`)
      .optional(),
    start: z.literal(true, 'can only be true').optional(),
    code: z
      .string('is not a text')
      .regex(/^[\w-]{1,64}$/, 'is not the word of a link; send 1 to 64 letters, digits, "_" or "-"')
      .optional(),
    /** The telephone looks as one with WhatsApp. */
    onPage: z.literal(true, 'can only be true').optional(),
    messageId: z
      .string('is not a text')
      .regex(/^[\w-]{8,64}$/, 'is not an id; send 8 to 64 letters, digits, "_" or "-"')
      .optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'is not a JSON object') },
);

type Read =
  | { readonly ok: true; readonly post: Omit<SimulatorPost, 'address'> }
  | { readonly ok: false; readonly error: string };

/** What the page sent, as the channel takes it, or what is wrong with it. A typed "/start CODE" is a start, as on Telegram. */
export function readSimulatorBody(body: unknown): Read {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { ok: false, error: inWords(parsed.error) };
  const { text, payload, start, code, messageId, onPage } = parsed.data;
  const id = { ...(messageId !== undefined && { messageId }), ...(onPage && { onPage }) };
  const given = [text, payload, start].filter((field) => field !== undefined).length;
  if (given !== 1 || (code !== undefined && start === undefined)) {
    return { ok: false, error: `the body: ${EXPECTED}` };
  }
  if (payload !== undefined) return { ok: true, post: { body: { type: 'button', payload }, ...id } };
  if (text === undefined) return { ok: true, post: { body: startWith(code), ...id } };
  const typedStart = START.exec(text);
  return { ok: true, post: { body: typedStart ? startWith(typedStart[1]) : { type: 'text', text }, ...id } };
}

const EXPECTED =
  'send exactly one of {"text": "…"}, {"payload": "…"}, {"start": true} or {"start": true, "code": "…"}';

const startWith = (code: string | undefined): SimulatorPost['body'] =>
  code === undefined ? { type: 'start' } : { type: 'start', code };

/** Names of fields and rules only: what the person wrote is not repeated. */
const inWords = (error: z.ZodError): string =>
  error.issues
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `the body has a field nobody reads: ${EXPECTED}`
        : `${issue.path.length > 0 ? `"${issue.path.join('.')}" in ` : ''}the body ${issue.message}`,
    )
    .join('; ');
