import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { GroupFacts } from '../conversation/group-facts.ts';
import type { MemberFacts } from '../conversation/member-facts.ts';
import type { Movement } from '../conversation/payment-facts.ts';
import type { Pot } from '../domain/ledger/account.ts';
import { isOwing } from '../domain/loan/standing.ts';
import { boxesOf } from '../domain/meeting.ts';
import { type Money, money } from '../domain/money.ts';
import { openExpenseWords } from './expense-words.ts';
import { movementFacts } from './extra-facts.ts';
import { groupFacts } from './group-facts.ts';
import { bytes, date, digits, id } from './json-fields.ts';
import { memberFacts } from './member-facts.ts';
import { memberJson } from './member-json.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import { groupJson, movementJson } from './snapshot-json.ts';

/** What the group paid for on a day, and for what where that was said. */
type Expense = {
  readonly on: Temporal.PlainDate;
  readonly amount: Money;
  readonly words: string | undefined;
};

type Access = { readonly pool: Pool; readonly secrets: Secrets };

/** A group as operators name it. */
export type ListedGroup = { readonly id: string; readonly name: string; readonly programme: string };

/** Every group, the oldest first. */
export const listGroups = async ({ pool, secrets }: Access): Promise<ListedGroup[]> => {
  const { rows } = await pool.query<{ id: string; name: Buffer; key: Buffer; programme: string }>(
    `select g.id, g.name, k.wrapped as key, p.name as programme
       from savings_group g join data_key k on k.id = g.id join programme p on p.id = g.programme_id
      order by g.created_at, g.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    name: openName(secrets, 'savings_group', row),
    programme: row.programme,
  }));
};

const factsSchema = z.object({
  group: groupJson,
  members: z.array(memberJson),
  expenses: z.array(z.object({ id, on: date, amount: digits, words: bytes.nullable() })),
});

/**
 * A group for its papers: its boxes, and everyone who sits in it or has money in its book, so that what stands below
 * the members' rows is what the book holds.
 */
export const groupPaper = async (
  { pool, secrets }: Access,
  groupId: string,
  now: Temporal.Instant,
): Promise<{
  readonly group: GroupFacts;
  readonly members: readonly MemberFacts[];
  readonly boxes: readonly { readonly pot: Pot; readonly cash: Money }[];
  readonly expenses: readonly Expense[];
  readonly now: Temporal.Instant;
}> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    `select jsonb_build_object('group', group_facts(g.id), 'members', coalesce((
        select jsonb_agg(member_facts(m, ($2::timestamptz at time zone g.time_zone)::date - 9) order by m.number) from member m
         where m.group_id = g.id and m.state <> 'pending'), '[]'), 'expenses', cycle_expenses(g.id)) as facts
       from savings_group g where g.id = $1`,
    [groupId, now.toString()],
  );
  const { group, members, expenses } = factsSchema.parse(rows[0]?.facts);
  const facts = groupFacts(secrets, group);
  return {
    group: facts,
    members: members.map((member) => memberFacts(secrets, member, group)).filter(hasPlace),
    boxes: boxesOf(facts).map(({ pot, expected }) => ({ pot, cash: expected })),
    expenses: expenses.map((expense) => ({
      on: expense.on,
      amount: money(expense.amount, group.currency),
      words: openExpenseWords(secrets, expense, group),
    })),
    now,
  };
};

const hasPlace = ({ state, saved, loans }: MemberFacts): boolean =>
  state === 'active' || state === 'invited' || saved.minor !== 0n || isOwing(loans);

/** A member's last movements, newest first, as a message of hers is answered with. */
export const memberMovements = async (
  { pool }: Access,
  member: { readonly id: string; readonly group: Pick<GroupFacts, 'id' | 'currency'> },
  now: Temporal.Instant,
): Promise<Movement[]> => {
  const { rows } = await pool.query<{ facts: unknown }>(
    `select extra_facts($1, $2, '{"movements": true}', $3) as facts`,
    [member.group.id, member.id, now.toString()],
  );
  const { movements } = z.object({ movements: z.array(movementJson) }).parse(rows[0]?.facts);
  return movements.map((movement) => movementFacts(movement, member.group.currency));
};
