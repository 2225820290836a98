import type { Pool } from 'pg';

/** The number of the programme's own pilot telephone: on its invitations, so it is no secret and nobody's of the book. */
const NAME = 'whatsapp-web/phone';

/** The running program has found out which telephone is linked. */
export const keepLinkedPhone = async (pool: Pool, phone: string): Promise<void> => {
  await pool.query(
    'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
    [NAME, phone],
  );
};

/** The telephone that was linked last, in digits; undefined when none has been yet. */
export const linkedPhone = async (pool: Pool): Promise<string | undefined> => {
  const { rows } = await pool.query<{ value: string }>('select value from setting where name = $1', [NAME]);
  return rows[0]?.value;
};
