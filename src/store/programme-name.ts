import type { Pool } from 'pg';

/** What the programme of a group is called. */
export const programmeName = async (pool: Pool, groupId: string): Promise<string> => {
  const { rows } = await pool.query<{ name: string }>(
    'select p.name from savings_group g join programme p on p.id = g.programme_id where g.id = $1',
    [groupId],
  );
  return rows[0]?.name ?? '';
};
