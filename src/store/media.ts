import type { Pool } from 'pg';

/** A file that is kept. `hash` is the SHA-256 of its bytes, in hex. */
export type KeptMedia = { readonly hash: string; readonly mime: string; readonly bytes: Uint8Array };

/** What nobody came to use is forgotten after so long: a recording that was never confirmed. */
const UNUSED_DAYS = 2;

/** Keeps a file; the same bytes are kept once. */
export const keepMedia = async (pool: Pool, { hash, mime, bytes }: KeptMedia): Promise<void> => {
  await pool.query(
    `insert into media (hash, mime, bytes) values (decode($1, 'hex'), $2, $3) on conflict do nothing`,
    [hash, mime, Buffer.from(bytes)],
  );
};

/** A kept file, and the id by which a channel's platform knows it; undefined when it was forgotten. */
export const keptMedia = async (
  pool: Pool,
  of: { readonly hash: string; readonly channel: string; readonly fileIdDays: number | undefined },
): Promise<(KeptMedia & { readonly knownId: string | undefined }) | undefined> => {
  const { rows } = await pool.query<{ mime: string; bytes: Buffer; file_id: string | null }>(
    `select m.mime, m.bytes, s.file_id
       from media m left join media_sent s on s.hash = m.hash and s.channel = $2
            and ($3::int is null or s.sent_at > now() - make_interval(days => $3::int))
      where m.hash = decode($1, 'hex')`,
    [of.hash, of.channel, of.fileIdDays ?? null],
  );
  const [row] = rows;
  return row && { hash: of.hash, mime: row.mime, bytes: row.bytes, knownId: row.file_id ?? undefined };
};

/** A platform gave a kept file an id: from now on it is sent by that. */
export const knowMedia = async (
  pool: Pool,
  of: { readonly hash: string; readonly channel: string; readonly fileId: string },
): Promise<void> => {
  await pool.query(
    `insert into media_sent (channel, hash, file_id) select $2, hash, $3 from media where hash = decode($1, 'hex')
       on conflict (channel, hash) do update set file_id = excluded.file_id, sent_at = now()`,
    [of.hash, of.channel, of.fileId],
  );
};

/**
 * Forgets files that no lesson, conversation or message to many uses and that did not come just now.
 *
 * @param used hashes of files that are kept all the same: those beside the lessons
 */
export const forgetUnusedMedia = async (pool: Pool, used: readonly string[] = []): Promise<void> => {
  await pool.query(
    `delete from media m where m.created_at < now() - make_interval(days => $1) and encode(m.hash, 'hex') <> all ($2::text[])
        and not exists (select from lesson_audio a where a.hash = m.hash)
        and not exists (select from talk_line l where l.file = m.hash)
        and not exists (select from broadcast b where b.media_hash = m.hash)`,
    [UNUSED_DAYS, used],
  );
};
