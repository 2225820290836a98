import type { Pool } from 'pg';

/** The lessons that a member finished, or, without a member, that were read aloud in her group's meetings. By id. */
export const lessonsHad = async (
  pool: Pool,
  of: { readonly groupId: string; readonly memberId: string | undefined },
): Promise<string[]> => {
  const { rows } = await pool.query<{ lesson_id: string }>(
    of.memberId === undefined
      ? { text: 'select lesson_id from lesson_reading where group_id = $1', values: [of.groupId] }
      : {
          text: `select lesson_id from lesson_progress
                  where group_id = $1 and member_id = $2 and finished_at is not null`,
          values: [of.groupId, of.memberId],
        },
  );
  return rows.map((row) => row.lesson_id);
};
