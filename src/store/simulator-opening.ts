import type { Pool } from 'pg';
import { z } from 'zod';
import { toDecimal } from '../domain/money.ts';
import { type Constitution, constitutionSchema } from './constitution.ts';
import { loanTermsSchema } from './loan-terms.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** A member as she stood in the book at a moment. Amounts are decimal. */
export type OpeningMember = {
  readonly number: number;
  readonly name: string;
  readonly role: 'member' | 'leader' | 'treasurer' | 'secretary';
  readonly saved: string;
  /** Her loans that were not repaid. `repaid`: something of it had come back, so it is not a new one. */
  readonly loans: readonly {
    readonly principal: string;
    readonly disbursed: string;
    readonly repaid: boolean;
  }[];
  /** Whether she had come to the chat. */
  readonly arrived: boolean;
};

export type OpeningGroup = {
  readonly name: string;
  readonly timeZone: string;
  readonly weekday: string;
  readonly time: string;
  readonly constitution: Constitution;
  /** What lay in the box for loans. */
  readonly loanFund: string;
  readonly members: readonly OpeningMember[];
};

type GroupRow = {
  id: string;
  name: Buffer;
  key: Buffer | null;
  time_zone: string;
  meeting_weekday: string;
  meeting_time: string;
  constitution: unknown;
  fund: string;
};

type MemberRow = {
  id: string;
  number: number;
  name: Buffer;
  key: Buffer | null;
  role: OpeningMember['role'];
  arrived: boolean;
  saved: string;
  loans: unknown;
};

/** What an account held at a moment: debits less credits. */
const balanceAt = (account: string): string =>
  `coalesce((select sum(case when p.debit = ${account} then p.amount_minor else -p.amount_minor end)
               from posting p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
              where p.group_id = m.group_id and ${account} in (p.debit, p.credit) and e.created_at <= $2), 0)`;

const GROUPS = `
  select m.group_id as id, m.name, k.wrapped as key, m.time_zone, m.meeting_weekday, m.meeting_time::text, r.constitution,
         ${balanceAt(`'cash/loan-fund'`)} as fund
    from (select id as group_id, * from savings_group) m
    join data_key k on k.id = m.group_id
    join group_rules r on r.group_id = m.group_id and r.version = m.rules_version
   where m.group_id = any($1::uuid[]) and $2::timestamptz is not null
   order by m.created_at, m.group_id`;

const MEMBERS = `
  select m.id, m.number, m.name, k.wrapped as key, m.role,
         (m.consented_at is not null and m.consented_at <= $2) as arrived,
         -${balanceAt(`'savings/' || m.id`)} as saved,
         (select coalesce(json_agg(json_build_object('terms', m_loan.terms, 'owed', m_loan.owed::text) order by m_loan.id), '[]')
            from (select l.id, l.terms, ${balanceAt(`'loan/' || l.id`)} as owed
                    from loan l where l.group_id = m.group_id and l.member_id = m.id and l.created_at <= $2) m_loan
           where m_loan.owed > 0) as loans
    from member m join data_key k on k.id = m.id
   where m.group_id = $1 and m.state <> 'left' and m.created_at <= $2
   order by m.number`;

const loansJson = z.array(z.object({ terms: loanTermsSchema, owed: z.string() }));

/**
 * These groups as they were at a moment, as far as a transcript's header can say it. For a simulator beside the books.
 *
 * @param at ISO instant, by the database's clock
 */
export const openingOf = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  groupIds: readonly string[],
  at: string,
): Promise<OpeningGroup[]> => {
  const { rows } = await pool.query<GroupRow>(GROUPS, [groupIds, at]);
  const groups: OpeningGroup[] = [];
  for (const row of rows) {
    const members = await pool.query<MemberRow>(MEMBERS, [row.id, at]);
    groups.push({
      name: openName(secrets, 'savings_group', row),
      timeZone: row.time_zone,
      weekday: row.meeting_weekday,
      time: row.meeting_time.slice(0, 5),
      constitution: constitutionSchema.parse(row.constitution),
      loanFund: toDecimal(BigInt(row.fund)),
      members: members.rows.map((member) => memberOf(secrets, member)),
    });
  }
  return groups;
};

const memberOf = (secrets: Secrets, row: MemberRow): OpeningMember => ({
  number: row.number,
  name: openName(secrets, 'member', row),
  role: row.role,
  saved: toDecimal(BigInt(row.saved)),
  arrived: row.arrived,
  loans: loansJson.parse(row.loans).map(({ terms, owed }) => ({
    principal: terms.principal,
    disbursed: terms.disbursed,
    repaid: toDecimal(BigInt(owed)) !== terms.principal,
  })),
});
