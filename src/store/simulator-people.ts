import type { Pool, PoolClient } from 'pg';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** Somebody of the database whom the simulator can speak as. Her address there is her own id. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: 'member' | 'leader' | 'treasurer' | 'secretary' | 'staff';
  readonly group: string;
  readonly groupId: string | undefined;
  /** Whether she has said yes to the privacy notice; otherwise she speaks as a stranger who has an invitation. */
  readonly linked: boolean;
  /** She asked to be forgotten: nobody sees her name, and she is given no new way in. */
  readonly isErased: boolean;
};

type Access = { readonly pool: Pool | PoolClient; readonly secrets: Secrets };

type Row = {
  id: string;
  name: Buffer;
  key: Buffer | null;
  role: Person['role'];
  state: string;
  group_id: string | null;
  group_name: Buffer | null;
  group_key: Buffer | null;
};

/**
 * Everyone in the database, by group and number; staff last. For a simulator beside the data and for commands, never for a
 * channel. `isWhole`: also who is in the chat no more, or not yet, and still has a name here.
 */
export const listPeople = async ({ pool, secrets }: Access, isWhole = false): Promise<Person[]> => {
  const { rows } = await pool.query<Row>(
    `select m.id, m.number, m.name, k.wrapped as key, m.role, m.state, g.id as group_id, g.name as group_name, gk.wrapped as group_key
       from member m join data_key k on k.id = m.id join savings_group g on g.id = m.group_id join data_key gk on gk.id = g.id
      where m.state in ('active', 'invited') or ($1 and k.wrapped is not null)
      order by g.created_at, g.id, m.number`,
    [isWhole],
  );
  const staff = await pool.query<Row>(
    `select s.id, s.name, k.wrapped as key, 'staff' as role, 'active' as state, null as group_id, null as group_name, null as group_key
       from staff s join data_key k on k.id = s.id order by s.created_at, s.id`,
  );
  return [...rows, ...staff.rows].map((row) => ({
    id: row.id,
    name: openName(secrets, row.role === 'staff' ? 'staff' : 'member', row),
    role: row.role,
    group:
      row.group_id === null || row.group_name === null
        ? ''
        : openName(secrets, 'savings_group', { id: row.group_id, name: row.group_name, key: row.group_key }),
    groupId: row.group_id ?? undefined,
    linked: row.state === 'active',
    isErased: row.key === null,
  }));
};

/**
 * Gives people an address on the simulator, so that they can be spoken as and written to there. Members who have not
 * said yes to the privacy notice are left alone, unless `consent` says that they are invented (the demo).
 */
export const linkToSimulator = async (
  { pool, secrets }: Access,
  people: readonly Person[],
  how: { readonly newId: () => string; readonly consent: boolean },
): Promise<void> => {
  for (const person of people) {
    if (person.isErased || (!person.linked && !how.consent)) continue;
    const addressId = how.newId();
    const { key, wrapped } = secrets.newDataKey();
    const value = secrets.seal(key, { table: 'address', column: 'value', rowId: addressId }, person.id);
    const made = await pool.query(
      `insert into address (id, channel, value, value_index, consented_at) values ($1, 'simulator', $2, $3, now())
       on conflict (channel, value_index) do nothing`,
      [addressId, value, secrets.blindIndex('simulator', person.id)],
    );
    if (made.rowCount === 0) continue;
    await pool.query('insert into data_key (id, wrapped) values ($1, $2)', [addressId, wrapped]);
    await linkAddress(pool, addressId, person);
  }
};

const linkAddress = async (pool: Access['pool'], addressId: string, person: Person): Promise<void> => {
  if (person.role === 'staff') {
    await pool.query('insert into staff_address (address_id, staff_id) values ($1, $2)', [
      addressId,
      person.id,
    ]);
    return;
  }
  await pool.query(
    `insert into member_address (address_id, group_id, member_id) select $1, group_id, id from member where id = $2`,
    [addressId, person.id],
  );
  await pool.query(
    `update member set state = 'active', consented_at = coalesce(consented_at, now()) where id = $1 and state = 'invited'`,
    [person.id],
  );
};

/** Whose telephone this is on the simulator, as kinds and ids; none: it is nobody's yet. */
export const speakersAt = async ({ pool, secrets }: Access, address: string): Promise<string[]> => {
  const { rows } = await pool.query<{ subject: string }>(
    `select s.subject from address a
       join (select address_id, 'member/' || member_id as subject from member_address
             union all select address_id, 'staff/' || staff_id from staff_address) s on s.address_id = a.id
      where a.channel = 'simulator' and a.value_index = $1 order by 1`,
    [secrets.blindIndex('simulator', address)],
  );
  return rows.map(({ subject }) => subject);
};

/** Whether nothing has been imported yet. */
export const isEmpty = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ empty: boolean }>(
    'select not exists (select 1 from programme) as empty',
  );
  return rows[0]?.empty === true;
};
