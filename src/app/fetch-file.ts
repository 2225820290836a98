import { createHash } from 'node:crypto';
import type { Channel, Fetched } from '../channels/channel.ts';
import { readMedia } from '../content/media/read-media.ts';
import { shorn } from '../content/media/shorn.ts';
import type { SentFile } from '../conversation/staff-facts.ts';
import { keepMedia } from '../store/media.ts';
import type { Store } from './store.ts';

/** Fetches a file that somebody sent by a channel, looks at what it is, and keeps it by what is in it. */
export type FetchFile = (channel: string, ref: string) => Promise<SentFile>;

export const fetchFile =
  (store: Store, channels: readonly Channel[]): FetchFile =>
  async (channel, ref) => {
    const fetched = await fetchedFrom(
      channels.find(({ name }) => name === channel),
      ref,
    );
    if (!fetched.ok) return fetched;
    const read = readMedia(fetched.bytes);
    if (!read.ok) return read;
    // Where a photo was taken may tell a violent man where she is: it is never kept.
    const bytes = shorn(read.mime, fetched.bytes);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await keepMedia(store.pool, { hash, mime: read.mime, bytes });
    return { ok: true, kind: read.kind, hash, seconds: read.kind === 'voice' ? read.seconds : undefined };
  };

/** A process that does not run the channel cannot fetch from it; neither can one whose channel takes no files. */
const fetchedFrom = async (channel: Channel | undefined, ref: string): Promise<Fetched> => {
  try {
    return (await channel?.fetch?.(ref)) ?? { ok: false, reason: 'unavailable' };
  } catch {
    return { ok: false, reason: 'unavailable' };
  }
};
