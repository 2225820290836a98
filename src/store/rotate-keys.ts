// Seals anew, under the generation in use, whatever is sealed under an older one. A page is a transaction, so that it may be
// killed at any moment and begun again; a value that somebody else changes meanwhile is left to them, who seal it anew.

import { setTimeout } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';
import { inTransaction } from './in-transaction.ts';
import { emptyCells } from './let-go.ts';
import { addressesAsked, askedPlace, countSealed, ROOT_SEALED, type RootSealed } from './root-sealed.ts';
import { generationOf, SealBroken } from './seal.ts';
import type { Secrets } from './secrets.ts';
import { splitAsked } from './session-json.ts';

/** Programs that run meanwhile may have sealed a little under the older one, until they met the newer. */
const PASSES_MAX = 10;
const PAUSE_MS = 500;
/** Shorter than what makes PostgreSQL look for a deadlock: it is always this that gives way. */
const LOCK_WAIT = '300ms';
/** PostgreSQL's codes for a lock that was not to be had, and a deadlock. */
const BUSY = ['55P03', '40P01'];

/** Questions that wait, of an address: those beside its messages, too. */
const ASKED = 'address.asked';

export type Rotating = {
  readonly pool: Pool;
  readonly secrets: Secrets;
  /** Values sealed anew in one transaction. */
  readonly page: number;
  /** Lets go of what opens under no key that is here. */
  readonly leaveBroken?: boolean;
  /** Told after each page how many there were, and where. */
  readonly onPage: (what: string, values: number) => void;
};

/** A value that opens under no key that is here: it was damaged, or sealed under a generation that was retired. */
export type Broken = { readonly column: string; readonly row: string };

export type Rotated = {
  /** Values still under an older generation: in use by somebody all the time, or damaged. Begin again for the first. */
  readonly left: number;
  readonly broken: readonly Broken[];
};

/** Goes through everything until nothing is left under an older generation than the one in use. */
export const rotate = async (rotating: Rotating): Promise<Rotated> => {
  const letGoOf: Broken[] = [];
  for (let pass = 1; ; pass += 1) {
    const broken: Broken[] = [];
    for (const column of ROOT_SEALED) broken.push(...(await columnAnew(rotating, column)));
    broken.push(...(await questionsAnew(rotating)));
    if (rotating.leaveBroken) {
      await letGo(rotating, broken);
      letGoOf.push(...broken);
    }
    const left = (await countSealed(rotating.pool))
      .filter(({ generation }) => generation < rotating.secrets.generation())
      .reduce((all, { values }) => all + values, 0);
    const named = rotating.leaveBroken ? letGoOf : broken;
    if (left === 0 || pass === PASSES_MAX || broken.length === left) return { left, broken: named };
    await setTimeout(PAUSE_MS);
  }
};

type SealedRow = { readonly at: string; readonly place: string; readonly sealed: Buffer };

const columnAnew = async (rotating: Rotating, sealedColumn: RootSealed): Promise<Broken[]> => {
  const { table, column, place, guard } = sealedColumn;
  const { pool, secrets, page } = rotating;
  const broken: Broken[] = [];
  for (let after = '(0,0)'; ; ) {
    const { rows } = await pool.query<SealedRow>(
      `select ctid::text as at, ${place ?? 'id::text'} as place, ${column} as sealed from ${table}
        where length(${column}) > 1 and get_byte(${column}, 1) < $1 and ctid > $2::tid order by ctid limit $3`,
      [secrets.generation(), after, page],
    );
    const anew = rows.flatMap((row) => {
      const fresh = resealed(() =>
        place === undefined ? secrets.rewrap(row.sealed) : secrets.outboxReseal(row.place, row.sealed),
      );
      if (!fresh) broken.push({ column: `${table}.${column}`, row: row.place });
      return fresh ? [{ ...row, fresh }] : [];
    });
    if (anew.length > 0)
      await unlessBusy(pool, async (session) => {
        if (guard !== undefined) await session.query(`alter table ${table} disable trigger ${guard}`);
        await session.query(
          `update ${table} t set ${column} = n.fresh from unnest($1::text[], $2::bytea[], $3::bytea[]) n(at, sealed, fresh)
          where t.ctid = n.at::tid and t.${column} = n.sealed`,
          [anew.map(({ at }) => at), anew.map(({ sealed }) => sealed), anew.map(({ fresh }) => fresh)],
        );
        if (guard !== undefined) await session.query(`alter table ${table} enable trigger ${guard}`);
      });
    if (anew.length > 0) rotating.onPage(`${table}.${column}`, anew.length);
    after = rows.at(-1)?.at ?? after;
    if (rows.length < page) return broken;
  }
};

/** A damaged value is nobody's to seal anew: it is counted as left. */
const resealed = (seal: () => Buffer): Buffer | undefined => {
  try {
    return seal();
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
};

const letGo = async ({ pool, secrets }: Rotating, broken: readonly Broken[]): Promise<void> => {
  const older = (column: string): string => `get_byte(${column}, 1) < $2`;
  for (const { column: cell, row } of broken)
    await inTransaction(pool, async (session) => {
      const values = [row, secrets.generation()];
      if (cell === ASKED) {
        const hers = { table: 'address', column: 'asked', where: 'id::text = $1 and $2::int > 0', values };
        await emptyCells(session, hers);
        const beside = `address_id::text = $1 and ${older('asked')}`;
        await emptyCells(session, { table: 'outbox', column: 'asked', where: beside, values });
        return;
      }
      const of = ROOT_SEALED.find(({ table, column }) => `${table}.${column}` === cell);
      if (!of) return;
      const { table, column, place = 'id::text', guard } = of;
      if (guard !== undefined) await session.query(`alter table ${table} disable trigger ${guard}`);
      const where = `${place} = $1 and length(${column}) > 1 and ${older(column)}`;
      await emptyCells(session, { table, column, where, values });
      if (guard !== undefined) await session.query(`alter table ${table} enable trigger ${guard}`);
    });
};

/**
 * Questions that wait, an address at a time: the same bytes stand beside the message that brought one and among those that
 * she may answer, and what did not arrive is taken out by its bytes.
 */
const questionsAnew = async ({ pool, secrets, onPage }: Rotating): Promise<Broken[]> => {
  const broken: Broken[] = [];
  for (const id of await addressesAsked(pool, secrets.generation())) {
    let isWhole = true;
    await unlessBusy(pool, async (session) => {
      isWhole = await addressAnew(session, secrets, id);
    });
    if (!isWhole) broken.push({ column: ASKED, row: id });
    onPage(ASKED, 1);
  }
  return broken;
};

/** @returns whether all of them opened */
const addressAnew = async (session: ClientBase, secrets: Secrets, id: string): Promise<boolean> => {
  const sent = await session.query<{ id: string; asked: Buffer }>(
    'select id, asked from outbox where address_id = $1 and asked is not null order by id for update',
    [id],
  );
  const hers = await session.query<{ asked: Buffer }>(
    'select asked from address where id = $1 and asked is not null for no key update',
    [id],
  );
  const known = new Map<string, Buffer>();
  let isWhole = true;
  const fresh = (one: Buffer): Buffer => {
    if (generationOf(one) >= secrets.generation()) return one;
    const before = known.get(one.toString('hex'));
    if (before) return before;
    const anew = resealed(() => secrets.outboxReseal(askedPlace(id), one));
    const after = anew ?? one;
    isWhole &&= anew !== undefined;
    known.set(one.toString('hex'), after);
    return after;
  };
  for (const row of sent.rows)
    await session.query('update outbox set asked = $2 where id = $1', [row.id, fresh(row.asked)]);
  const [all] = hers.rows;
  if (!all) return isWhole;
  const parts = splitAsked(all.asked).map(fresh);
  const joined = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
  await session.query('update address set asked = $2 where id = $1', [id, joined]);
  return isWhole;
};

/** As int4send writes it. */
const lengthOf = (part: Buffer): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(part.length);
  return bytes;
};

const unlessBusy = async (pool: Pool, work: (session: ClientBase) => Promise<void>): Promise<void> => {
  try {
    await inTransaction(pool, async (session) => {
      await session.query(`set local lock_timeout = '${LOCK_WAIT}'`);
      await work(session);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!BUSY.includes(code)) throw error;
  }
};
