import { z } from 'zod';
import type { OutgoingFile, SendFailure, SendResult, ToSend } from '../channel.ts';
import { type PartResult, sendInOrder } from '../send-parts.ts';
import { splitText } from '../split-text.ts';
import { recipientOf } from './address.ts';
import type { Graph } from './graph.ts';
import { type Shown, shownChoices } from './interactive.ts';
import { isVoiceNote, mistakeInFile, upload } from './media.ts';
import { type PreparedTemplates, templateMessage } from './templates.ts';

// Meta, text and interactive messages; captions as third parties have measured them
const TEXT_UTF16_UNITS_MAX = 4_096;
const BODY_UTF16_UNITS_MAX = 1_024;
const CAPTION_UTF16_UNITS_MAX = 1_024;

/** One message as Meta takes it, but for whom it is for. */
type Part = Readonly<Record<string, unknown>>;

type Sending = { readonly graph: Graph; readonly templates: PreparedTemplates };

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1).max(512) })).min(1) });

/**
 * Sends words, choices and a file in as few messages as they fit into, since each one costs money, and in order; or, in
 * their place, prepared words.
 */
export async function sendTo(
  { graph, templates }: Sending,
  address: string,
  message: ToSend,
): Promise<SendResult> {
  const recipient = recipientOf(address);
  if (recipient === undefined) return failed(bug('the address is not one of WhatsApp'));
  const envelope = { messaging_product: 'whatsapp', recipient_type: 'individual', ...recipient };
  const send = (part: Part): Promise<PartResult> => sendPart(graph, { ...envelope, ...part });
  if (message.template !== undefined) {
    const made = templateMessage(templates, message.template);
    return made.ok ? await send(made.body) : made;
  }
  const mistake = mistakeIn(message);
  if (mistake !== undefined) return failed(bug(mistake));
  const { text, choices, file } = message;
  const shown = shownChoices(choices);
  if (file === undefined) return await sendInOrder(wordParts(text, shown), message, send);
  const parts = (id: string): Part[] => partsWithFile(text, shown, { ...file, id });
  let went: Pick<ToSend, 'sentParts'> = message;
  if (file.knownId !== undefined) {
    const sent = await sendInOrder(parts(file.knownId), went, send);
    // Meta may have forgotten it: then it goes on with the bytes.
    if (sent.ok || sent.failure.type !== 'our-bug') return sent;
    went = sent;
  }
  const kept = await upload(graph, file);
  if (!kept.ok) return { ...kept, ...(went.sentParts && { sentParts: went.sentParts }) };
  const sent = await sendInOrder(parts(kept.id), went, send);
  return sent.ok ? { ...sent, fileId: kept.id } : sent;
}

/** Text first and long, what can be pressed last: there the words above it may be a quarter as long. */
function wordParts(text: string, { lines, action }: Shown, header?: Part): Part[] {
  const menu = lines.join('\n');
  if (action === undefined) {
    return splitText([text.trim(), menu].filter(Boolean).join('\n'), TEXT_UTF16_UNITS_MAX).map(textPart);
  }
  const room = BODY_UTF16_UNITS_MAX - (menu === '' ? 0 : menu.length + 1);
  const parts = splitText(text, TEXT_UTF16_UNITS_MAX);
  const last = parts.pop() ?? '';
  const end = splitText(last, room).at(-1) ?? '';
  const before = last.slice(0, last.length - end.length).trimEnd();
  const body = { text: [end, menu].filter(Boolean).join('\n') };
  const interactive = { type: action.type, ...(header && { header }), body, action: action.action };
  return [...[...parts, before].filter(Boolean).map(textPart), { type: 'interactive', interactive }];
}

type KeptFile = OutgoingFile & { readonly id: string };

/** A picture stands above the buttons or has the words under it; a voice note, and what fits nowhere, goes before them. */
function partsWithFile(text: string, shown: Shown, file: KeptFile): Part[] {
  const words = text.trim();
  const type = file.kind === 'voice' ? 'audio' : file.kind;
  const named = { id: file.id, ...(file.kind === 'document' && { filename: file.name }) };
  if (type !== 'audio' && shown.action?.type === 'button' && words !== '') {
    return wordParts(words, shown, { type, [type]: named });
  }
  const caption = [words, ...shown.lines].filter(Boolean).join('\n');
  if (type !== 'audio' && shown.action === undefined && caption.length <= CAPTION_UTF16_UNITS_MAX) {
    return [{ type, [type]: caption === '' ? named : { ...named, caption } }];
  }
  const voice = isVoiceNote(file) ? { ...named, voice: true } : named;
  const alone = { type, [type]: type === 'audio' ? voice : named };
  return words === '' ? [alone] : [alone, ...wordParts(words, shown)];
}

const textPart = (body: string): Part => ({ type: 'text', text: { body, preview_url: false } });

async function sendPart(graph: Graph, part: Part): Promise<PartResult> {
  const answer = await graph.post('messages', part);
  if (!answer.ok) return failed(answer.failure);
  const { data: taken } = accepted.safeParse(answer.body);
  const id = taken?.messages[0]?.id;
  // An answer without an id may be a proxy's: nobody knows whether she has it.
  return id === undefined ? failed({ type: 'unavailable' }) : { ok: true, sentId: id };
}

/** What is wrong with our own message, found before Meta does, and said without its words. */
function mistakeIn({ text, choices, file }: ToSend): string | undefined {
  if (text.trim() === '' && (file === undefined || choices.length > 0)) return 'the text is empty';
  if (choices.some(({ label }) => label.trim() === '')) return 'a label is empty';
  return file && mistakeInFile(file);
}

const bug = (detail: string): SendFailure => ({ type: 'our-bug', detail });
const failed = (failure: SendFailure): SendResult => ({ ok: false, failure });
