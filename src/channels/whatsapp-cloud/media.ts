import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Fetched, FILE_BYTES_MAX, type OutgoingFile, type SendFailure } from '../channel.ts';
import { download } from '../download.ts';
import type { Graph, GraphSettings } from './graph.ts';

const MB = 1024 * 1024;
/** Meta, media, supported media types (2026-06-16). Voice notes are Opus with one channel in Ogg. */
const TAKEN: Readonly<Record<OutgoingFile['kind'], { readonly mime: RegExp; readonly bytesMax: number }>> = {
  image: { mime: /^image\/(?:jpeg|png)$/u, bytesMax: 5 * MB },
  voice: { mime: /^audio\/(?:ogg|aac|amr|mpeg|mp4)$/u, bytesMax: 16 * MB },
  video: { mime: /^video\/(?:mp4|3gpp)$/u, bytesMax: 16 * MB },
  document: { mime: /^[a-z]+\/[\w.+-]+$/u, bytesMax: 100 * MB },
};
/** Where Meta keeps files beside the API itself: the token goes nowhere else. */
const FILE_HOST = /(?:^|\.)(?:fbsbx\.com|whatsapp\.net)$/u;
const MEDIA_ID = /^[\w-]{1,128}$/u;

const uploaded = z.object({ id: z.string().regex(MEDIA_ID) });
const described = z.object({
  url: z.string(),
  mime_type: z.string().max(128).optional().catch(undefined),
  sha256: z.string().optional().catch(undefined),
  file_size: z.coerce.number().nonnegative().optional().catch(undefined),
});

/** What is wrong with a file before Meta says it; undefined when nothing is. */
export function mistakeInFile({ kind, mime, bytes }: OutgoingFile): string | undefined {
  const { mime: taken, bytesMax } = TAKEN[kind];
  if (!taken.test(plain(mime))) return `WhatsApp takes no ${kind} of this type`;
  if (bytes.byteLength === 0) return `the ${kind} is empty`;
  if (bytes.byteLength > bytesMax)
    return `the ${kind} has ${bytes.byteLength} bytes; ${bytesMax} are allowed`;
  return undefined;
}

/** Ogg is shown as a voice note, any other sound as a file with sound. */
export const isVoiceNote = (file: OutgoingFile): boolean => plain(file.mime) === 'audio/ogg';

/** Gives a file to Meta, which keeps it for 30 days. Resolves to its id there. */
export async function upload(
  graph: Graph,
  file: OutgoingFile,
): Promise<
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly failure: SendFailure }
> {
  const form = new FormData();
  const mime = plain(file.mime);
  form.set('messaging_product', 'whatsapp');
  form.set('type', mime);
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: mime }), file.name);
  const answer = await graph.post('media', form);
  if (!answer.ok) return { ok: false, failure: answer.failure };
  const { data: made } = uploaded.safeParse(answer.body);
  return made === undefined ? { ok: false, failure: { type: 'unavailable' } } : { ok: true, id: made.id };
}

/** The bytes of a file she sent; Meta keeps it for seven days, and its address for five minutes. */
export async function fetchFile(graph: Graph, settings: GraphSettings, ref: string): Promise<Fetched> {
  if (!MEDIA_ID.test(ref)) return { ok: false, reason: 'gone' };
  const answer = await graph.get(`${ref}?phone_number_id=${settings.phoneNumberId}`);
  if (!answer.ok) {
    // 100: no such object, or none that our number may see.
    return { ok: false, reason: answer.code === 100 || answer.status === 404 ? 'gone' : 'unavailable' };
  }
  const { data: file } = described.safeParse(answer.body);
  if (file === undefined || !isMetas(file.url, settings.apiRoot)) return { ok: false, reason: 'unavailable' };
  if ((file.file_size ?? 0) > FILE_BYTES_MAX) return { ok: false, reason: 'too-large' };
  const bytes = await download(file.url, {
    authorization: `Bearer ${settings.token}`,
    'user-agent': 'comadre',
  });
  if (!(bytes instanceof Uint8Array)) return { ok: false, reason: bytes };
  if (file.sha256 !== undefined && !isDigestOf(file.sha256, bytes))
    return { ok: false, reason: 'unavailable' };
  return { ok: true, mime: file.mime_type ?? 'application/octet-stream', bytes };
}

/** Whether an address is the API's own or one of Meta's file servers: anywhere else the token is not shown. */
export function isMetas(address: string, apiRoot: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === new URL(apiRoot).origin) return true;
  return url.protocol === 'https:' && url.port === '' && FILE_HOST.test(url.hostname);
}

/** Meta writes it in hex here and in base64 in webhooks. */
function isDigestOf(written: string, bytes: Uint8Array): boolean {
  const digest = createHash('sha256').update(bytes).digest();
  const given = Buffer.from(written, /^[0-9a-f]{64}$/iu.test(written) ? 'hex' : 'base64');
  return given.length === digest.length && timingSafeEqual(given, digest);
}

/** Without parameters such as "; codecs=opus". */
const plain = (mime: string): string => mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
