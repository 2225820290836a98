import { type Api, GrammyError } from 'grammy';
import { type Fetched, FILE_BYTES_MAX } from '../channel.ts';
import { download } from '../download.ts';
import { timeLimit } from './signal.ts';

const LOOK_TIMEOUT_MS = 15_000;

/** Telegram states no type with a download, only the end of the file's name. */
const TYPES: Readonly<Record<string, string>> = {
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
};

/** Where files lie: `root` is the Bot API server without the "/bot…" part. */
type Shelf = { readonly api: Api; readonly root: string; readonly token: string };

/** The bytes of a file, asked for by its id. Its address holds the token, so it is never passed on. */
export async function fetchFile(shelf: Shelf, ref: string): Promise<Fetched> {
  const found = await look(shelf.api, ref);
  if (!found.ok) return found;
  const bytes = await download(`${shelf.root}/file/bot${shelf.token}/${found.path}`);
  if (typeof bytes === 'string') return { ok: false, reason: bytes };
  const ending = /\.(?<ending>\w+)$/u.exec(found.path)?.groups?.['ending']?.toLowerCase() ?? '';
  return { ok: true, mime: TYPES[ending] ?? 'application/octet-stream', bytes };
}

type Found = { readonly ok: true; readonly path: string };
type NotFetched = Extract<Fetched, { ok: false }>;

async function look(api: Api, ref: string): Promise<Found | NotFetched> {
  try {
    const { file_path: path, file_size: size } = await api.getFile(ref, timeLimit(LOOK_TIMEOUT_MS));
    if (size !== undefined && size > FILE_BYTES_MAX) return { ok: false, reason: 'too-large' };
    // Else it is a path of the Bot API server's own disk, or something that leads elsewhere.
    const plain = path !== undefined && /^[\w-]+(?:\/[\w-]+)*(?:\.\w+)?$/u.test(path);
    return plain ? { ok: true, path } : { ok: false, reason: 'unavailable' };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** The Bot API documents no list; these are its own words. Above 20 MB it says "file is too big". */
function reasonOf(error: unknown): NotFetched['reason'] {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return 'unavailable';
  if (/too big/iu.test(error.description)) return 'too-large';
  return /temporarily/iu.test(error.description) ? 'unavailable' : 'gone';
}
