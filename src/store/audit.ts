import type { ClientBase, Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
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

const before = z.object({ seq: z.string().transform(BigInt), at: instant, said: z.boolean() });

/** Whether the last row is the one that was written last: where rows were cut off at the end, the others hold all the same. */
export const auditEnds = async (asked: { readonly query: ClientBase['query'] }): Promise<boolean> => {
  const { rows } = await asked.query<{ ends: boolean }>(
    `select (select (seq, hash) from audit_head) is not distinct from (select (seq, hash) from audit order by seq desc limit 1) as ends`,
  );
  return rows[0]?.ends === true;
};

/** What of the record is over and gone: up to which row, and when that was. */
export type AuditBefore = {
  readonly seq: bigint;
  readonly at: string;
  /** The record itself says that it was shortened there. */
  readonly isSaid: boolean;
};

/** Where the record was shortened last; undefined: it is whole. */
export const auditBefore = async (asked: {
  readonly query: ClientBase['query'];
}): Promise<AuditBefore | undefined> => {
  const { rows } = await asked.query(
    `select h.before_seq::text as seq, h.before_at as at, exists (select from audit a where a.actor = 'job' and a.action = 'audit-shortened'
              and a.subject = 'audit/' || h.before_seq || '/' || encode(h.before_hash, 'hex')) as said
       from audit_head h where h.before_seq is not null`,
  );
  const [found] = z.array(before).parse(rows);
  return found && { seq: found.seq, at: found.at.toString(), isSaid: found.said };
};

/** Deletes what is older than so many years; `broken`: it does not hold, so all of it stays to be looked at. */
export const forgetAudit = async (
  pool: Pool,
  { years, now }: { readonly years: number; readonly now: Temporal.Instant },
): Promise<'done' | 'broken'> => {
  const { rows } = await pool.query<{ gone: number }>('select forget_audit($1, $2) as gone', [
    years,
    now.toString(),
  ]);
  return rows[0]?.gone === -1 ? 'broken' : 'done';
};

/** Writes down what an operator does, before it is done. `subject`: a kind and an id, never a name. */
export const noteOperator = async (
  pool: Pool,
  {
    action,
    subject,
    now,
  }: {
    readonly action: string;
    readonly subject: string | undefined;
    readonly now: Temporal.Instant;
  },
): Promise<void> => {
  await pool.query(`select write_audit('operator', $1, $2, $3)`, [action, subject ?? null, now.toString()]);
};

/**
 * Writes down that everything was copied. @returns false where that cannot be: a backup is taken of any database, one of an
 * older program, or a server that only follows another one
 */
export const noteBackup = async (pool: Pool, now: Temporal.Instant): Promise<boolean> => {
  const { rows } = await pool.query<{ can: boolean }>(
    `select to_regprocedure('write_audit(text,text,text,timestamptz)') is not null and not pg_is_in_recovery() as can`,
  );
  if (rows[0]?.can !== true) return false;
  await noteOperator(pool, { action: 'backup-begun', subject: undefined, now });
  return true;
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
    `select a.seq::text, a.at, a.actor, a.action, a.subject, s.id as staff, s.name, k.wrapped as key, h.holds
       from audit a join audit_holds(null) h on h.seq = a.seq left join staff s on a.actor = 'staff/' || s.id left join data_key k on k.id = s.id order by a.seq`,
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
