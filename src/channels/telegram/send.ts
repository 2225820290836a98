import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Choice, OutgoingMessage } from '../../conversation/message.ts';
import type { SendResult } from '../channel.ts';
import { toSendFailure } from './failures.ts';
import { timeLimit } from './signal.ts';

// core.telegram.org/bots/api#sendmessage and #inlinekeyboardbutton, Bot API 10.1 of 2026-06-11
const TEXT_UTF16_UNITS_MAX = 4_096;
const PAYLOAD_BYTES_MAX = 64;

/** A part is cut no earlier than here, so that a full stop in the first line does not make a part of one line. */
const CUT_UTF16_UNITS_MIN = TEXT_UTF16_UNITS_MAX / 2;
const SEND_TIMEOUT_MS = 15_000;
/** Once a first part is out, a short "too many" is waited for here: giving up would send her that part again. */
const PART_WAIT_SECONDS_MAX = 5;
const PART_WAITS_MAX = 3;

/**
 * Sends plain text: no parse mode, so nothing in a name can become formatting or a link. Text over the limit goes out
 * in order as several messages, the buttons (one to a row, numbered) under the last; `sentId` is the id of the last.
 */
export async function sendTo(api: Api, address: string, message: OutgoingMessage): Promise<SendResult> {
  const mistake = mistakeIn(address, message);
  if (mistake !== undefined) return { ok: false, failure: { type: 'our-bug', detail: mistake } };
  const parts = splitText(message.text);
  let result: SendResult = { ok: false, failure: { type: 'our-bug', detail: 'no text' } };
  for (const [index, text] of parts.entries()) {
    const choices = index === parts.length - 1 ? message.choices : [];
    const send = index === 0 ? sendPart : sendPartPatiently;
    result = await send(api, address, { text, choices });
    if (!result.ok) return result;
  }
  return result;
}

/**
 * Cuts text into parts of at most 4096 UTF-16 units, each at the last line end, else the last sentence end, else the
 * last space of its second half; a wall without any is cut between two characters as people see them. White space at a
 * cut is dropped; nothing else is.
 */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > TEXT_UTF16_UNITS_MAX) {
    const end = cutIn(rest);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** Sends a part after the first. */
async function sendPartPatiently(api: Api, address: string, part: OutgoingMessage): Promise<SendResult> {
  for (let waits = 0; ; waits += 1) {
    const result = await sendPart(api, address, part);
    if (result.ok || result.failure.type !== 'retry-after' || waits === PART_WAITS_MAX) return result;
    if (result.failure.seconds > PART_WAIT_SECONDS_MAX) return result;
    await pause(result.failure.seconds * 1_000);
  }
}

async function sendPart(api: Api, address: string, part: OutgoingMessage): Promise<SendResult> {
  try {
    const sent = await api.sendMessage(
      Number(address),
      part.text,
      { link_preview_options: { is_disabled: true }, ...keyboard(part.choices) },
      timeLimit(SEND_TIMEOUT_MS),
    );
    return { ok: true, sentId: String(sent.message_id) };
  } catch (error) {
    return { ok: false, failure: toSendFailure(error) };
  }
}

/** Each button shows its number, so that she sees that a number answers, too. */
function keyboard(choices: readonly Choice[]) {
  if (choices.length === 0) return {};
  const rows = choices.map(({ label, payload }, index) => [
    { text: `${index + 1}. ${label}`, callback_data: payload },
  ]);
  return { reply_markup: { inline_keyboard: rows } };
}

/** What is wrong with our own message, found before Telegram does, and said without its words. */
function mistakeIn(address: string, { text, choices }: OutgoingMessage): string | undefined {
  // A private chat has its person's id, which is positive and below 2^52. "@name" would go to a public channel.
  if (!/^[1-9]\d{0,15}$/u.test(address)) return 'the address is not a Telegram id';
  if (text.trim() === '') return 'the text is empty';
  for (const { label, payload } of choices) {
    const bytes = Buffer.byteLength(payload);
    if (bytes < 1 || bytes > PAYLOAD_BYTES_MAX) return `a payload has ${bytes} bytes; 1 to 64 are allowed`;
    if (label.trim() === '') return 'a label is empty';
  }
  return undefined;
}

/** Where to cut: an index in (0, 4096]. */
function cutIn(text: string): number {
  const head = text.slice(0, TEXT_UTF16_UNITS_MAX + 1);
  for (const border of [/\n/gu, /[.!?…]["»”)]?\s/gu, /\s/gu]) {
    const at = lastMatch(head, border);
    if (at >= CUT_UTF16_UNITS_MIN) return at;
  }
  const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  const start = characters.containing(TEXT_UTF16_UNITS_MAX)?.index ?? 0;
  if (start >= CUT_UTF16_UNITS_MIN) return start;
  // One "character" of thousands of joined signs: at least no surrogate pair is torn.
  return /[\uD800-\uDBFF]/u.test(text.charAt(TEXT_UTF16_UNITS_MAX - 1))
    ? TEXT_UTF16_UNITS_MAX - 1
    : TEXT_UTF16_UNITS_MAX;
}

/** Index of the white space that ends the last match, or -1. */
function lastMatch(text: string, border: RegExp): number {
  let at = -1;
  for (const found of text.matchAll(border)) at = found.index + found[0].length - 1;
  return at;
}
