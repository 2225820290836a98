import type { ClientBase } from 'pg';
import { z } from 'zod';
import { instant } from './json-fields.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** Something that was done or looked at, by whom. `holds`: whether its hash and the one before it are right. */
export type AuditRow = {
  readonly seq: bigint;
  readonly at: string; // ISO instant
  /** The name of somebody of the staff, or who else acts. */
  readonly actor: string;
  readonly action: string;
  readonly subject: string | undefined;
  readonly holds: boolean;
};

const row = z.object({
  seq: z.string().transform(BigInt),
  at: instant,
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  holds: z.boolean(),
  staff: z.string().nullable(),
  name: z.instanceof(Buffer).nullable(),
  key: z.instanceof(Buffer).nullable(),
});

/** Whether the last row is the one that was written last: where rows were cut off at the end, the others hold all the same. */
export const auditEnds = async (asked: { readonly query: ClientBase['query'] }): Promise<boolean> => {
  const { rows } = await asked.query<{ ends: boolean }>(
    `select (select (seq, hash) from audit_head) is not distinct from (select (seq, hash) from audit order by seq desc limit 1) as ends`,
  );
  return rows[0]?.ends === true;
};

/** All that was written down, the oldest first: a row that was taken away leaves the next one without its hold. */
export const auditRows = async ({
  pool,
  secrets,
}: {
  /** A pool, or one session of it. */
  readonly pool: { readonly query: ClientBase['query'] };
  readonly secrets: Secrets;
}): Promise<AuditRow[]> => {
  const { rows } = await pool.query(
    `select a.seq::text, a.at, a.actor, a.action, a.subject, s.id as staff, s.name, k.wrapped as key,
            a.hash = audit_hash(a.prev, a.seq, a.at, a.actor, a.action, a.subject)
              and a.prev = coalesce(lag(a.hash) over (order by a.seq), '\\x00') and a.seq = row_number() over (order by a.seq) as holds
       from audit a left join staff s on a.actor = 'staff/' || s.id left join data_key k on k.id = s.id order by a.seq`,
  );
  return z
    .array(row)
    .parse(rows)
    .map(({ seq, at, actor, action, subject, holds, staff, name, key }) => ({
      seq,
      at: at.toString(),
      actor: staff !== null && name !== null ? openName(secrets, 'staff', { id: staff, name, key }) : actor,
      action,
      subject: subject ?? undefined,
      holds,
    }));
};
