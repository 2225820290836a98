// Invented programmes: groups of some 27 women with savings and loans, and years of payments behind them.

import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { idMaker } from '../src/app/new-id.ts';
import type { Database } from '../src/store/database.ts';
import { importProgramme } from '../src/store/import-programme.ts';
import { type GroupDocument, type MemberDocument, programmeFileSchema } from '../src/store/import-schema.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { copyGroups } from './copies.ts';
import { drawn, seeded } from './seeded.ts';

/** The moment of every measurement: an evening after a meeting. */
export const NOW = Temporal.ZonedDateTime.from('2026-11-24T19:00[America/Tijuana]').toInstant();
/** The day of the last meeting that is in the book. */
export const LAST_MEETING = '2026-11-24';
/** The channel the people write on. */
export const CHANNEL = 'telegram';

const GROUPS_PER_IMPORT = 500;
const FIRST_TELEGRAM_ID = 7_000_000_000;
const SAVED = '200.00';
const WEEKLY_MINOR = 5_000;
const LENT = '2000.00';

/** Thirty names that sound different, so that a list names nobody twice. */
const FIRST_NAMES =
  'Rosa Guadalupe Ana Petra Beatriz Carmen Dolores Elena Fernanda Gloria Hilda Irene Josefina Karla Leticia Marisol Norma Ofelia Patricia Raquel Silvia Teresa Úrsula Verónica Ximena Yolanda Zenaida Catalina Esperanza Blanca'.split(
    ' ',
  );
const LAST_NAMES =
  'Hernández Martínez Gómez Cruz Ruiz Flores Morales Ortiz Castillo Vargas Mendoza Aguilar Salazar Rojas Navarro'.split(
    ' ',
  );

export type Peopled = {
  /** The addresses on the channel of everyone who can be asked. */
  readonly addresses: readonly string[];
  /** The leader of each group. */
  readonly leaders: readonly string[];
};

export type PeopleOptions = {
  readonly groups: number;
  readonly members: number;
  /** Payments of each member that are in the book before the measurement. */
  readonly history: number;
  /** Further groups with as many people, of whom nobody can be asked: so many times the first ones. */
  readonly copies?: number;
};

/** Fills a database by the program's own import, then lays the history behind it. */
export const fillPeople = async (
  database: Database,
  secrets: Secrets,
  options: PeopleOptions,
): Promise<Peopled> => {
  const draw = seeded(1);
  const newId = idMaker();
  const addresses: string[] = [];
  const leaders: string[] = [];
  let codes = 0;
  let made = 0;
  for (let first = 0; first < options.groups; first += GROUPS_PER_IMPORT) {
    const groups: GroupDocument[] = [];
    for (let n = first; n < Math.min(options.groups, first + GROUPS_PER_IMPORT); n += 1) {
      const size = Math.round(((n + 1) * options.members) / options.groups) - made;
      leaders.push(String(FIRST_TELEGRAM_ID + made));
      groups.push(groupDocument({ n, size, firstAddress: FIRST_TELEGRAM_ID + made, draw }));
      for (let m = 0; m < size; m += 1) addresses.push(String(FIRST_TELEGRAM_ID + made + m));
      made += size;
    }
    const form = programmeFileSchema.parse({
      programme: { name: `Raíces ${first}`, language: 'es', currency: 'MXN', notices: 'open' },
      staff: [{ name: 'Marta Ruiz', role: 'staff', addresses: {} }],
      groups,
    });
    const newCode = (): string => {
      codes += 1;
      return `K${String(codes).padStart(9, '0')}`;
    };
    await importProgramme(database, secrets, { form, now: NOW, newId, newCode });
  }
  if (options.copies !== undefined) await copyGroups(database.pool, options.copies);
  await layHistory(database.pool, options.history);
  return { addresses, leaders };
};

type GroupWish = { n: number; size: number; firstAddress: number; draw: () => number };

const groupDocument = ({ n, size, firstAddress, draw }: GroupWish): GroupDocument => {
  const members = Array.from({ length: size }, (_, index): MemberDocument => {
    const lastName = drawn(LAST_NAMES, draw);
    return {
      number: index + 1,
      name: `${FIRST_NAMES[index] ?? `Socia${index}`} ${lastName}`,
      role: index === 0 ? 'leader' : index === 1 ? 'treasurer' : 'member',
      addresses: { telegram: String(firstAddress + index) },
      consented: '2026-09-01',
      opening: {
        savings: SAVED,
        ...(index % 3 === 2 && { loan: { principal: LENT, disbursed: '2026-10-06' } }),
      },
    };
  });
  return {
    name: `Las Jacarandas ${n}`,
    timeZone: 'America/Tijuana',
    language: 'es',
    meeting: { weekday: 'tuesday', time: '17:00', place: 'casa de Rosa' },
    constitution: {
      product: 'solidarity-credit',
      savings: { kind: 'free', weekly: '50.00' },
      loans: {
        interest: 'flat',
        ratePct: '4',
        ratePer: '4 weeks',
        every: '1 week',
        n: 16,
        source: 'outside',
      },
      cashUnit: '0.50',
      closing: 'lots',
    },
    cycle: { starts: '2026-09-01', ends: '2027-08-31' },
    members,
    countedBox: {
      loanFund: null,
      savingsPot: `${size * 200}.00`,
      socialFund: '0.00',
      signedBy: [1, 2],
      signed: 'paper',
    },
  };
};

/**
 * Past payments as rows in bulk: real in size, keys and balances, with the triggers off and hashes that are only as
 * long as real ones. Nothing that is measured reads a hash of the past.
 */
const layHistory = async (pool: Pool, history: number): Promise<void> => {
  const session = await pool.connect();
  try {
    await session.query('set statement_timeout = 0');
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    await session.query(PAST, [history, WEEKLY_MINOR, LAST_MEETING]);
    for (const statement of BOOKED) await session.query(statement);
    await session.query('commit');
    await session.query('vacuum analyze');
    await session.query('checkpoint');
    await session.query('reset statement_timeout');
  } finally {
    session.release();
  }
};

/** An id that rises with the week, as UUIDs of version 7 rise with time: an index of them grows at its end. */
const risingId = (kind: string, n: string): string =>
  `(lpad(to_hex(1780000000000 - week * 604800000::bigint + ${n}), 12, '0') || '7' || substr(md5('${kind}' || group_id || week || ${n}), 1, 19))::uuid`;

const PAST = `create temporary table past on commit drop as
  select group_id, member_id, leader_id, seq, $3::date - 7 * (week - 1) as meeting_on, $2::bigint as amount,
         ${risingId('entry', 'number')} as entry_id, ${risingId('payment', 'number')} as payment_id, ${risingId('batch', '0')} as batch
    from (select m.group_id, m.id as member_id, m.number, leader.id as leader_id, week,
                 g.seq + row_number() over (partition by m.group_id order by week desc, m.number) as seq
            from savings_group g join member m on m.group_id = g.id
            join member leader on leader.group_id = g.id and leader.role = 'leader'
           cross join generate_series(1, $1::int) week) weekly`;

const BOOKED = [
  `insert into journal_entry (group_id, id, seq, kind, idempotency_key, batch, author_id, occurred_on, rules_version, posting_count, prev_hash, hash, created_at)
     select group_id, entry_id, seq, 'payment', batch || '/' || member_id, batch, leader_id, meeting_on, 1, 1,
            sha256(entry_id::text::bytea), sha256(payment_id::text::bytea), meeting_on from past order by group_id, seq`,
  `insert into posting (group_id, entry_id, n, debit, credit, amount_minor)
     select group_id, entry_id, 0, 'cash/savings-pot', 'savings/' || member_id, amount from past order by group_id, seq`,
  `insert into payment (group_id, id, member_id, savings_minor, state, meeting_on, batch, reported_by, decided_by, entry_id, created_at, decided_at)
     select group_id, payment_id, member_id, amount, 'confirmed', meeting_on, batch, leader_id, leader_id, entry_id, meeting_on, meeting_on
       from past order by group_id, seq`,
  `update account a set balance_minor = a.balance_minor - p.saved
     from (select group_id, 'savings/' || member_id as name, sum(amount) as saved from past group by group_id, member_id) p
    where a.group_id = p.group_id and a.name = p.name`,
  `update account a set balance_minor = a.balance_minor + p.saved
     from (select group_id, sum(amount) as saved from past group by group_id) p
    where a.group_id = p.group_id and a.name = 'cash/savings-pot'`,
  `update savings_group g set seq = e.seq, head = e.hash
     from (select distinct on (group_id) group_id, seq, hash from journal_entry order by group_id, seq desc) e where g.id = e.group_id`,
];
