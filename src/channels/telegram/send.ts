import type { Api } from 'grammy';
import type { Choice } from '../../conversation/message.ts';
import type { OutgoingFile, SendResult, ToSend } from '../channel.ts';
import { type PartResult, sendInOrder } from '../send-parts.ts';
import { splitText } from '../split-text.ts';
import { toSendFailure } from './failures.ts';
import { sendFile, UPLOAD_BYTES_MAX } from './send-file.ts';
import { timeLimit } from './signal.ts';

// core.telegram.org/bots/api#sendmessage, #sendphoto and #inlinekeyboardbutton, Bot API 10.1 of 2026-06-11
export const TEXT_UTF16_UNITS_MAX = 4_096;
const CAPTION_UTF16_UNITS_MAX = 1_024;
const PAYLOAD_BYTES_MAX = 64;

export const SEND_TIMEOUT_MS = 15_000;

type Sender = {
  readonly api: Api;
  /** Whether Telegram may take Stars for messages above what is free. */
  readonly paid: boolean;
};

/** One message of Telegram's. */
type Part = {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly columns?: number | undefined;
  readonly file?: OutgoingFile;
};

/**
 * Sends plain text: no parse mode and no entities, so nothing in a name can become formatting, and no link is unfolded.
 * What is over a limit goes out in order as several messages, the buttons (one to a row, numbered) under the last.
 *
 * Nothing is sent with `protect_content`: a receipt or a passbook is hers, to keep and to show to whom she likes, and it
 * would keep her from having a long one read to her by somebody else's telephone.
 */
export async function sendTo(sender: Sender, address: string, message: ToSend): Promise<SendResult> {
  const mistake = mistakeIn(address, message);
  if (mistake !== undefined) return { ok: false, failure: { type: 'our-bug', detail: mistake } };
  return await sendInOrder(partsOf(message), message, (part) => sendPart(sender, address, part));
}

/** Words that do not fit under a file follow it as messages of their own. */
function partsOf({ text, choices, file, columns }: ToSend): Part[] {
  const words = text.trim();
  if (file !== undefined && words.length <= CAPTION_UTF16_UNITS_MAX) return [{ file, text: words, choices }];
  const parts: Part[] = splitText(words, TEXT_UTF16_UNITS_MAX).map((part) => ({ text: part, choices: [] }));
  if (file !== undefined) parts.unshift({ file, text: '', choices: [] });
  return parts.map((part, at) => (at === parts.length - 1 ? { ...part, choices, columns } : part));
}

async function sendPart(
  { api, paid }: Sender,
  address: string,
  { text, choices, columns, file }: Part,
): Promise<PartResult> {
  const chatId = Number(address);
  const also = { ...keyboard(choices, columns), ...(paid && { allow_paid_broadcast: true }) };
  try {
    if (file !== undefined) {
      const more = { ...(text !== '' && { caption: text }), ...also };
      const { message, fileId } = await sendFile(api, chatId, { file, more });
      return { ok: true, sentId: String(message.message_id), ...(fileId !== undefined && { fileId }) };
    }
    const sent = await api.sendMessage(
      chatId,
      text,
      { link_preview_options: { is_disabled: true }, ...also },
      timeLimit(SEND_TIMEOUT_MS),
    );
    return { ok: true, sentId: String(sent.message_id) };
  } catch (error) {
    return { ok: false, failure: toSendFailure(error) };
  }
}

/** Each button shows its number, so that she sees that a number answers, too; but for keys, which stand side by side. */
export function keyboard(choices: readonly Choice[], columns?: number) {
  if (choices.length === 0) return {};
  if (columns !== undefined) return { reply_markup: { inline_keyboard: keyRows(choices, columns) } };
  const rows = choices.map(({ label, payload }, index) => [
    { text: `${index + 1}. ${label}`, callback_data: payload },
  ]);
  return { reply_markup: { inline_keyboard: rows } };
}

const keyRows = (choices: readonly Choice[], columns: number) =>
  Array.from({ length: Math.ceil(choices.length / columns) }, (_, row) =>
    choices
      .slice(row * columns, (row + 1) * columns)
      .map(({ label, payload }) => ({ text: label, callback_data: payload })),
  );

/** What is wrong with our own message, found before Telegram does, and said without its words. */
export function mistakeIn(address: string, { text, choices, file, template }: ToSend): string | undefined {
  // A private chat has its person's id, which is positive and below 2^52. "@name" would go to a public channel.
  if (!/^[1-9]\d{0,15}$/u.test(address)) return 'the address is not a Telegram id';
  if (template !== undefined) return 'Telegram has no prepared words';
  if (text.trim() === '' && file === undefined) return 'the text is empty';
  if (file !== undefined && (file.bytes.length === 0 || file.bytes.length > UPLOAD_BYTES_MAX)) {
    return `a file has ${file.bytes.length} bytes; 1 to ${UPLOAD_BYTES_MAX} are allowed`;
  }
  for (const { label, payload } of choices) {
    const bytes = Buffer.byteLength(payload);
    if (bytes < 1 || bytes > PAYLOAD_BYTES_MAX) return `a payload has ${bytes} bytes; 1 to 64 are allowed`;
    if (label.trim() === '') return 'a label is empty';
  }
  return undefined;
}
